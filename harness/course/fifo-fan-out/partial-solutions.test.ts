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
import { fifoFanOut } from './lab.ts';

const [TEMPLATE, PUBLISH, IN_ORDER] = ['template.yaml', 'src/publish.ts', 'src/in-order.ts'];

/** The text with each part replaced, which stands in it exactly as often as said. */
function edited(text: string, ...edits: readonly (readonly [was: string, is: string, times?: number])[]): string {
  return edits.reduce((before, [was, is, times = 1]) => {
    expect(before.split(was)).toHaveLength(times + 1);
    return before.replaceAll(was, is);
  }, text);
}

const QUEUE = '    Type: AWS::SQS::Queue\n    Properties:\n';
const TOPIC = '    Type: AWS::SNS::Topic\n';
const CAP = '      ScalingConfig:\n        MaximumConcurrency: !Ref LegacyCapacity\n';
const PARTIAL = '      FunctionResponseTypes:\n        - ReportBatchItemFailures\n';
const GIVE_BACK = `  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const [at, record] of records.entries()) {
    const isBehind = records
      .slice(0, at)
      .some(
        ({ messageId, attributes }) =>
          attributes.MessageGroupId === record.attributes.MessageGroupId &&
          batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === messageId),
      );
    try {
      if (isBehind) throw new Error('An earlier event has failed.');
      await apply(record);
    } catch (error) {
      if (error instanceof Unusable) continue;
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
`;

/** The starter with the edits of the first tasks. */
async function upTo(task: 1 | 2 | 3 | 4): Promise<ReadonlyMap<string, string>> {
  const starter = await filesOf(fifoFanOut, 'starter');
  const solution = await filesOf(fifoFanOut, 'solution');
  const files = new Map(starter);
  const edit = (path: string, change: (text: string) => string) => files.set(path, change(files.get(path) ?? ''));
  edit(TEMPLATE, (text) =>
    edited(
      text,
      [TOPIC, `${TOPIC}    Properties:\n      FifoTopic: true\n`],
      [QUEUE, `${QUEUE}      FifoQueue: true\n`, 4],
    ),
  );
  edit(PUBLISH, () => solution.get(PUBLISH) ?? '');
  if (task >= 2) edit(TEMPLATE, (text) => edited(text, ['      BatchSize: 2\n', `      BatchSize: 2\n${CAP}`]));
  if (task >= 3) {
    edit(TEMPLATE, (text) =>
      edited(
        text,
        ['      BatchSize: 2\n', `      BatchSize: 2\n${PARTIAL}`],
        ['      BatchSize: 10\n', `      BatchSize: 10\n${PARTIAL}`],
      ),
    );
    edit(IN_ORDER, (text) =>
      edited(
        text.replace(/ {2}for \(const record of records\)[\s\S]*/, GIVE_BACK),
        ['import type { SQSRecord }', 'import type { SQSBatchResponse, SQSRecord }'],
        ['Promise<void> {', 'Promise<SQSBatchResponse> {'],
      ),
    );
  }
  if (task >= 4) edit(IN_ORDER, () => solution.get(IN_ORDER) ?? '');
  return files;
}

const gradeFiles = (files: ReadonlyMap<string, string>): Promise<LabResult> =>
  grade({ platform: TRUSTING, lab: fifoFanOut, files, host: 'in-realm' });

describe.each([1, 2, 3, 4] as const)('an answer to the tasks up to %i', (done) => {
  it('holds in these, fails in all others, and has the points of these', async () => {
    const { tasks, score } = await gradeFiles(await upTo(done));
    expect(tasks.map(({ holds }) => holds)).toEqual([1, 2, 3, 4, 5].map((task) => task <= done));
    for (const { task, checks } of tasks) if (task > done) expect(checks.failed).toBeGreaterThan(0);
    const earned = tasks.filter(({ task }) => task <= done).reduce((sum, { score: { max } }) => sum + max, 0);
    expect(score.earned).toBe(earned);
  }, 240_000);
});

describe('the solution', () => {
  it('is proved in every small scenario, without a cap', async () => {
    const { outcome, checks } = await gradeFiles(await filesOf(fifoFanOut, 'solution'));
    expect(outcome).toBe('pass');
    const modes = new Set(checks.flatMap(({ exploration }) => exploration?.mode ?? []));
    expect([...modes].sort()).toEqual(['exhaustive', 'timed']);
  }, 240_000);
});
