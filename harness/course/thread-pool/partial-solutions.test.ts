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
import { threadPool } from './lab.ts';

const TEMPLATE = 'template.yaml';

/** The template with each text replaced, which stands in it exactly once. */
function edited(text: string, ...edits: readonly (readonly [was: string, is: string])[]): string {
  return edits.reduce((before, [was, is]) => {
    expect(before.split(was)).toHaveLength(2);
    return before.replace(was, is);
  }, text);
}

const OF_BOOK = '      Role: !GetAtt BookRole.Arn\n      Timeout: 10\n';
const RESERVED = '      ReservedConcurrentExecutions: !Ref LegacyCapacity\n';
const DEAD_LETTERS = '      DeadLetterConfig:\n        TargetArn: !GetAtt DeadLetters.Arn\n';
const LEGACY = '          LEGACY_FUNCTION: !Ref LegacyFunctionName\n';

/** The starter with the template's part of the first tasks done. */
async function upTo(task: 1 | 2 | 3): Promise<ReadonlyMap<string, string>> {
  const starter = await filesOf(threadPool, 'starter');
  const solution = await filesOf(threadPool, 'solution');
  const before = starter.get(TEMPLATE) ?? '';
  const templates = {
    1: () => edited(before, [OF_BOOK, OF_BOOK + RESERVED]),
    2: () =>
      edited(
        before,
        [OF_BOOK, OF_BOOK + RESERVED + DEAD_LETTERS],
        ['MaximumRetryAttempts: 0', 'MaximumRetryAttempts: 2'],
      ),
    // The starter's code reads one more variable than the solution's.
    3: () =>
      edited(solution.get(TEMPLATE) ?? '', [LEGACY, `${LEGACY}          LEGACY_CAPACITY: !Ref LegacyCapacity\n`]),
  };
  return new Map([...starter, [TEMPLATE, templates[task]()]]);
}

const gradeFiles = (files: ReadonlyMap<string, string>): Promise<LabResult> =>
  grade({ platform: TRUSTING, lab: threadPool, files, host: 'in-realm' });

describe.each([1, 2, 3] as const)('an answer to the tasks up to %i', (done) => {
  it('holds in these, fails in all others, and has the points of these', async () => {
    const { tasks, score } = await gradeFiles(await upTo(done));
    expect(tasks.map(({ holds }) => holds)).toEqual([1, 2, 3, 4].map((task) => task <= done));
    for (const { task, checks } of tasks) if (task > done) expect(checks.failed).toBeGreaterThan(0);
    const earned = tasks.filter(({ task }) => task <= done).reduce((sum, { score: { max } }) => sum + max, 0);
    expect(score.earned).toBe(earned);
  }, 120_000);
});

describe('the solution', () => {
  it('is proved in every small scenario, without a cap', async () => {
    const { outcome, checks } = await gradeFiles(await filesOf(threadPool, 'solution'));
    expect(outcome).toBe('pass');
    const modes = new Set(checks.flatMap(({ exploration }) => exploration?.mode ?? []));
    expect([...modes].sort()).toEqual(['exhaustive', 'timed']);
  }, 120_000);
});
