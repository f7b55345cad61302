/**
 * Where a first look begins: at the task that is being worked on.
 */

import { describe, expect, it } from 'vitest';
import { dedupe } from '../../course/dedupe/lab.ts';
import type { RememberedVerdict } from '../keeping/memory.ts';
import { taskToLookAt } from './grade-on-save.ts';

const verdict = (...statuses: readonly RememberedVerdict['checks'][number]['status'][]): RememberedVerdict => ({
  labVersion: 1,
  submissionSha256: '',
  outcome: 'fail',
  durationMs: 5_000,
  checks: statuses.map((status, at) => ({ id: `check-${at}`, task: at + 1, status })),
});

describe('a first look begins', () => {
  it.each([
    ['at the first task that failed in the verdict before', verdict('pass', 'fail', 'fail'), 2],
    ['at a task that was not put to the test', verdict('pass', 'pass', 'not-provoked'), 3],
    ['at the first task if all held', verdict('pass', 'pass', 'pass'), 1],
    ['at the first task if there is no verdict', null, 1],
    [
      'at the first task if the one that failed is no task of the lab any more',
      verdict('pass', 'pass', 'pass', 'fail'),
      1,
    ],
  ])('%s', (_, before, task) => {
    expect(taskToLookAt(dedupe, before)).toBe(task);
  });
});
