/**
 * Each task stands by itself: what solves the first ones passes their checks, and fails the next one's.
 *
 * The course check looks at the starter, and at the points that it has not.
 */

import { describe, expect, it } from 'vitest';
import { grade } from '../../grader/grade.ts';
import type { LabResult } from '../../grader/result.ts';
import { filesOf } from '../kit/runs-for-tests.ts';
import { TRUSTING } from '../kit/trusted-for-tests.ts';
import { kinesisOrdering } from './lab.ts';

const [TEMPLATE, PUBLISH, APPLY] = ['template.yaml', 'src/publish.ts', 'src/apply.ts'];

/** The text with each part replaced, which stands in it exactly once. */
function edited(text: string, ...edits: readonly (readonly [was: string, is: string])[]): string {
  return edits.reduce((before, [was, is]) => {
    expect(before.split(was)).toHaveLength(2);
    return before.replace(was, is);
  }, text);
}

const ONE_BY_ONE = /( {2}\/\/ TODO \(task 2\).*?)\n {2}for .*?\n {2}\}\n/s;
const SIDE_BY_SIDE = `  const accounts = Map.groupBy(Records, ({ kinesis }) => kinesis.partitionKey);
  await Promise.all(
    [...accounts.values()].map(async (records) => {
      for (const { kinesis } of records) await apply(eventIn(kinesis.data));
    }),
  );
`;
const OF_APPLY = /async function apply\(.*\n\}\n/s;

/** The starter with the edits of the first tasks. */
async function upTo(task: 1 | 2 | 3 | 4): Promise<ReadonlyMap<string, string>> {
  const starter = await filesOf(kinesisOrdering, 'starter');
  const solution = await filesOf(kinesisOrdering, 'solution');
  const files = new Map(starter);
  const edit = (path: string, change: (text: string) => string) => files.set(path, change(files.get(path) ?? ''));
  edit(PUBLISH, (text) => edited(text, ['PartitionKey: randomUUID()', 'PartitionKey: event.account']));
  if (task >= 2) {
    edit(TEMPLATE, (text) =>
      edited(
        text,
        ['BatchSize: 1\n', 'BatchSize: 10\n      ParallelizationFactor: !Ref Parallel\n'],
        ['  Parallel:\n    Type: Number\n    Default: 1\n', '  Parallel:\n    Type: Number\n    Default: 4\n'],
      ),
    );
    edit(APPLY, (text) => text.replace(ONE_BY_ONE, SIDE_BY_SIDE));
  }
  if (task >= 3) {
    const [applied = ''] = OF_APPLY.exec(solution.get(APPLY) ?? '') ?? [];
    edit(APPLY, (text) =>
      edited(text.replace(OF_APPLY, applied), [
        'import { DynamoDBClient }',
        'import { ConditionalCheckFailedException, DynamoDBClient }',
      ]),
    );
  }
  if (task >= 4) for (const path of [TEMPLATE, APPLY]) edit(path, () => solution.get(path) ?? '');
  return files;
}

const gradeFiles = (files: ReadonlyMap<string, string>): Promise<LabResult> =>
  grade({ platform: TRUSTING, lab: kinesisOrdering, files, host: 'in-realm' });

describe.each([1, 2, 3, 4] as const)('an answer to the tasks up to %i', (done) => {
  it('holds in these, fails in all others, and has the points of these', async () => {
    const { tasks, score } = await gradeFiles(await upTo(done));
    expect(tasks.map(({ holds }) => holds)).toEqual([1, 2, 3, 4, 5].map((task) => task <= done));
    for (const { task, checks } of tasks) if (task > done) expect(checks.failed).toBeGreaterThan(0);
    const earned = tasks.filter(({ task }) => task <= done).reduce((sum, { score: { max } }) => sum + max, 0);
    expect(score.earned).toBe(earned);
  }, 180_000);
});

describe('the solution', () => {
  it('is proved in every small scenario, without a cap', async () => {
    const { outcome, checks } = await gradeFiles(await filesOf(kinesisOrdering, 'solution'));
    expect(outcome).toBe('pass');
    const modes = new Set(checks.flatMap(({ exploration }) => exploration?.mode ?? []));
    expect([...modes].sort()).toEqual(['exhaustive', 'timed']);
  }, 180_000);
});
