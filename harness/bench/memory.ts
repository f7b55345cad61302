/**
 * Whether memory stays flat over a long exploration: the heap after garbage collection at 1, 10, 50 and 100 percent of it.
 *
 * Five clicks at once on lab 0's starter have 168 million schedules, so that there is always another one. For a longer run:
 * `RACEPROOF_SCHEDULES=10000000 npm run bench -- memory`.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Scenario } from '../course/lab.ts';
import { ExplorationSession } from '../grader/exploration/session.ts';
import { Exhaustive } from '../simulator/kernel/choices.ts';
import { openRace } from './race.ts';

const SCHEDULES = 200_000;
const VISITORS = [1, 2, 3, 4, 5];
const MARKS_PERCENT = [1, 10, 50, 100];

export interface MemoryReport {
  readonly schedules: number;
  readonly marks: readonly { readonly percent: number; readonly heapMb: number; readonly residentMb: number }[];
}

/** Explores as many schedules as the environment asks for. Calls `onMark` at each mark. */
export async function memoryOverSchedules(
  onMark?: (mark: MemoryReport['marks'][number]) => void,
): Promise<MemoryReport> {
  const schedules = Number(process.env.RACEPROOF_SCHEDULES ?? SCHEDULES);
  const { runner, host } = await openRace('in-realm', clicks);
  const session = new ExplorationSession({ ...runner, checks: [] });
  const all = new Exhaustive();
  const marks: MemoryReport['marks'][number][] = [];
  const collect = garbageCollector();
  for (const percent of MARKS_PERCENT) {
    while (session.explored < (schedules * percent) / 100) {
      const choices = all.next();
      if (choices === null || !(await session.run(choices))) throw new Error('the exploration came to an early end');
    }
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const mark = { percent, heapMb: heapUsed / 1_048_576, residentMb: rss / 1_048_576 };
    marks.push(mark);
    onMark?.(mark);
  }
  host.close();
  return { schedules, marks };
}

const clicks: Scenario = {
  name: 'three-at-once',
  title: 'five clicks at once',
  plan: { mode: 'exhaustive', maxSchedules: Number.MAX_SAFE_INTEGER, sampleInstead: { schedules: 1, seed: 1 } },
  async run({ clients, outputs }) {
    const click = async (visitor: number): Promise<unknown> => {
      const Payload = new TextEncoder().encode(JSON.stringify({ counter: 'notify-me', visitor }));
      const answer = await clients.lambda.send(new InvokeCommand({ FunctionName: outputs.FunctionName, Payload }));
      return JSON.parse(new TextDecoder().decode(answer.Payload));
    };
    return { answers: await Promise.all(VISITORS.map(click)) };
  },
};

/** The heap as text. */
export function heapOf({ heapMb }: MemoryReport['marks'][number]): string {
  return `${heapMb.toFixed(1)} MB`;
}

/** The engine's garbage collector, which it exposes only on request. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
