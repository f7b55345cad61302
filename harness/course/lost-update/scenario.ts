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
  /** Its `bumps` before these visitors clicked, and when no event was left. */
  readonly before: number;
  readonly after: number;
  /** What those got who clicked on it. */
  readonly answers: readonly Answer[];
}

/** What the checks of this lab see: every counter that was ever clicked on. */
export interface Bumps {
  /** What the clicks from before made of the counters, one click after the other. */
  readonly earlier: readonly CounterRun[];
  /** What the clicks at the same moment made of them. */
  readonly counters: readonly CounterRun[];
}

export const threeAtOnce: LabScenario<Bumps, Clicks> = {
  name: 'three-at-once',
  title: 'three invocations at once',
  // One short handler: twice the usual number of schedules takes less time here than elsewhere.
  plan: exhaustive({ maxSchedules: 60_000, samples: 2_000 }),
  // A bump that is a transaction may meet another one, which cancels it.
  faults: { conflict: 1 },
  situations: CLICKS,
  async run(context, { title, earlier, quietMs = 0, atOnce }) {
    const names = [...new Set([...atOnce, ...earlier].map(counterOfClick))];
    const first: Answer[] = [];
    for (const [index, one] of earlier.entries()) first.push(await click(context, one, index + 1));
    const before = earlier.length === 0 ? [] : await runsOf(context, names, [], earlier, first);
    if (quietMs > 0) await context.sleep(quietMs);
    context.note(title);
    const answers = await context.together(atOnce.map((one, index) => (lane) => click(lane, one, index + 1)));
    return { earlier: before, counters: await runsOf(context, names, before, atOnce, answers) };
  },
};

/** Reads the counters, and puts beside each what those were told who clicked on it. */
async function runsOf(
  context: ScenarioContext,
  names: readonly string[],
  earlier: readonly CounterRun[],
  clicks: readonly Click[],
  answers: readonly Answer[],
): Promise<readonly CounterRun[]> {
  const runs: CounterRun[] = [];
  for (const counter of names) {
    const before = earlier.find((run) => run.counter === counter)?.after ?? 0;
    const own = answers.filter((_, index) => counterOfClick(clicks[index] ?? {}) === counter);
    runs.push({ counter, before, after: await readCounter(context, counter), answers: own });
  }
  return runs;
}

export const tableInTrouble: LabScenario<CounterRun> = {
  name: 'table-in-trouble',
  title: 'one invocation after the other, and the table refuses calls for a while',
  faults: { throttled: CLIENT_ATTEMPTS },
  plan: exhaustive(),
  async run(context) {
    context.note('The table refuses calls for a while, and two visitors click, one after the other.');
    const answers: Answer[] = [];
    for (const visitor of [1, 2]) answers.push(await click(context, { counter: COUNTER, visitor }, visitor));
    return { counter: COUNTER, before: 0, after: await readCounter(context, COUNTER), answers };
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
