/**
 * The scenarios of lab 0: three visitors click at the same moment.
 *
 * A scenario does what a person with a terminal could do, through SDK clients, and says what it saw. It judges nothing
 * and knows nothing of schedules. Three is the smallest number at which a single retry is not enough.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { exhaustive } from '../kit/plans.ts';
import type { LabScenario } from '../kit/scenario.ts';
import type { ScenarioContext } from '../lab.ts';

/** What one visitor got: a number, or an error in its place. */
export type Answer =
  | { readonly visitor: number; readonly count: number }
  | { readonly visitor: number; readonly error: string };

/** What the checks of this lab see. */
export interface Bumps {
  readonly answers: readonly Answer[];
  /** The counter's `bumps` when no event was left. */
  readonly counter: number;
}

/** The key of the counter that all visitors bump. */
export const COUNTER = 'notify-me';

export const threeAtOnce: LabScenario<Bumps> = {
  name: 'three-at-once',
  title: 'three invocations at once',
  // One short handler: twice the usual number of schedules takes less time here than elsewhere.
  plan: exhaustive({ maxSchedules: 60_000, samples: 2_000 }),
  async run(context) {
    context.note('Three visitors click «Notify me» at the same moment.');
    const answers = await context.together([1, 2, 3].map((visitor) => (lane) => click(lane, visitor)));
    return { answers, counter: await readCounter(context) };
  },
};

async function click(context: ScenarioContext, visitor: number): Promise<Answer> {
  const payload = new TextEncoder().encode(JSON.stringify({ counter: COUNTER, visitor }));
  try {
    const response = await context.clients.lambda.send(
      new InvokeCommand({ FunctionName: context.outputs.FunctionName, Payload: payload }),
    );
    return readAnswer(visitor, response.FunctionError !== undefined, new TextDecoder().decode(response.Payload));
  } catch (error) {
    return { visitor, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** A function error is HTTP 200 with an error as its payload (LS-27): only `FunctionError` distinguishes it from an answer. */
function readAnswer(visitor: number, isFunctionError: boolean, json: string): Answer {
  const payload: unknown = json === '' ? null : JSON.parse(json);
  if (isFunctionError) {
    const { errorType, errorMessage } = payload as { readonly errorType?: string; readonly errorMessage?: string };
    return { visitor, error: `${errorType ?? 'Error'}: ${errorMessage ?? 'no message'}` };
  }
  const count = payload === null || typeof payload !== 'object' ? undefined : Reflect.get(payload, 'count');
  if (typeof count !== 'number') return { visitor, error: `no count: the function answered ${shorten(json)}` };
  return { visitor, count };
}

function shorten(json: string): string {
  if (json === '') return 'nothing';
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}

async function readCounter(context: ScenarioContext): Promise<number> {
  const response = await context.clients.documents.send(
    new GetCommand({ TableName: context.outputs.TableName, Key: { id: COUNTER }, ConsistentRead: true }),
  );
  const bumps: unknown = response.Item?.bumps;
  return typeof bumps === 'number' ? bumps : 0;
}
