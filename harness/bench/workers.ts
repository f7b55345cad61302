/**
 * A whole grading of `dedupe` on one thread and on two: what a second core gains, and what it costs.
 *
 * The gradings alternate, so that a busy machine slows both. The result is in seconds, without a measure of the machine's load.
 */

import { dedupe } from '../course/dedupe/lab.ts';
import { grade } from '../grader/grade.ts';
import { NODE } from '../node/platform.ts';
import { labFilesIn } from './files.ts';
import { median } from './measure.ts';

const THREAD = new URL('../cli/exploring-thread.ts', import.meta.url);
const ROUNDS = 3;

export interface WorkersMeasured {
  readonly name: string;
  readonly oneThreadSeconds: number;
  readonly twoThreadsSeconds: number;
}

/** Grades the solution and the starter, alternating between one thread and two. */
export async function measureWorkers(): Promise<readonly WorkersMeasured[]> {
  const measured: WorkersMeasured[] = [];
  for (const [name, folder] of [
    ['dedupe, the solution', '../../solutions/dedupe'],
    ['dedupe, the starter', '../course/dedupe/starter'],
  ] as const) {
    const files = labFilesIn(dedupe, folder);
    const seconds: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      seconds[0].push(await secondsOf(files, 1));
      seconds[1].push(await secondsOf(files, 2));
    }
    measured.push({ name, oneThreadSeconds: median(seconds[0]), twoThreadsSeconds: median(seconds[1]) });
  }
  return measured;
}

/** Formats a table. Its last column is the time with two threads relative to one. */
export function printedWorkers(measured: readonly WorkersMeasured[]): string {
  return [
    '| a whole grading | one thread | two threads | of one |',
    '| --- | ---: | ---: | ---: |',
    ...measured.map(
      ({ name, oneThreadSeconds: one, twoThreadsSeconds: two }) =>
        `| ${name} | ${one.toFixed(1)} s | ${two.toFixed(1)} s | ${(two / one).toFixed(2)} |`,
    ),
  ].join('\n');
}

async function secondsOf(files: ReadonlyMap<string, string>, most: number): Promise<number> {
  const { durationMs } = await grade({
    platform: NODE,
    lab: dedupe,
    files,
    host: 'isolated',
    workers: { most, script: THREAD },
  });
  return durationMs / 1_000;
}
