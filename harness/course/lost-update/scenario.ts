/**
 * The scenario of lab 0: visitors click at the same moment.
 *
 * A scenario does what a person with a terminal could do, through SDK clients, and says what it saw. It judges nothing
 * and knows nothing of schedules. Three is the smallest number at which a single retry is not enough.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { CLIENT_ATTEMPTS } from '../kit/client-attempts.ts';
import { exhaustive } from '../kit/plans.ts';
import type { LabScenario } from '../kit/scenario.ts';
import type { ScenarioContext } from '../lab.ts';
import { CLICKS, type Click, type Clicks, COUNTER, counterOfClick } from './situations.ts';

/** What one visitor got: a number, or an error in its place. Visitors are numbered as they are listed. */
export type Answer =
  | { readonly visitor: number; readonly count: number }
  | { readonly visitor: number; readonly error: string };

/** What became of one counter. */
export interface CounterRun {
  readonly counter: string;
  /** Its `bumps` before the visitors clicked, and when no event was left. */
  readonly before: number;
  readonly after: number;
  /** What those got who clicked on it at the same moment. */
  readonly answers: readonly Answer[];
}

/** What the checks of this lab see: every counter that was ever clicked on. */
export interface Bumps {
  readonly counters: readonly CounterRun[];
}

export const threeAtOnce: LabScenario<Bumps, Clicks> = {
  name: 'three-at-once',
  title: 'three invocations at once',
  // One short handler: twice the usual number of schedules takes less time here than elsewhere.
  plan: exhaustive({ maxSchedules: 60_000, samples: 2_000 }),
  situations: CLICKS,
  async run(context, { title, earlier, atOnce }) {
    for (const one of earlier) await click(context, one, 0);
    const names = [...new Set([...atOnce, ...earlier].map(counterOfClick))];
    const before = new Map<string, number>();
    for (const name of names) before.set(name, earlier.length === 0 ? 0 : await readCounter(context, name));
    context.note(title);
    const answers = await context.together(atOnce.map((one, index) => (lane) => click(lane, one, index + 1)));
    const counters: CounterRun[] = [];
    for (const counter of names) {
      const after = await readCounter(context, counter);
      const own = answers.filter((_, index) => counterOfClick(atOnce[index] ?? {}) === counter);
      counters.push({ counter, before: before.get(counter) ?? 0, after, answers: own });
    }
    return { counters };
  },
};

/** What the check of the table in trouble sees. */
export interface TroubleRun {
  readonly answer: Answer;
  readonly before: number;
  readonly after: number;
}

export const tableInTrouble: LabScenario<TroubleRun> = {
  name: 'table-in-trouble',
  title: 'one invocation, and the table refuses calls for a while',
  faults: { throttled: CLIENT_ATTEMPTS },
  plan: exhaustive(),
  async run(context) {
    await click(context, { counter: COUNTER, visitor: 1 }, 1);
    const before = await readCounter(context, COUNTER);
    context.note('The table refuses calls for a while, and one more visitor clicks.');
    const answer = await click(context, { counter: COUNTER, visitor: 2 }, 2);
    return { answer, before, after: await readCounter(context, COUNTER) };
  },
};

async function click(context: ScenarioContext, event: Click, visitor: number): Promise<Answer> {
  const payload = new TextEncoder().encode(JSON.stringify(event));
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

async function readCounter(context: ScenarioContext, id: string): Promise<number> {
  const response = await context.clients.documents.send(
    new GetCommand({ TableName: context.outputs.TableName, Key: { id }, ConsistentRead: true }),
  );
  const bumps: unknown = response.Item?.bumps;
  return typeof bumps === 'number' ? bumps : 0;
}
