/**
 * A finished result as vitest tests, one per check. present.ts starts vitest, which runs this file.
 *
 * It reads a result and repeats it. It grades nothing and loads nothing of the learner's.
 */

import { readFileSync } from 'node:fs';
import { describe, inject, it } from 'vitest';
import { judgement } from '../../grader/report/judgement.ts';
import type { CheckResult, LabResult } from '../../grader/result.ts';
import { reasonOf } from './reason.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the result's JSON. */
    readonly raceproofResult: string;
  }
}

const result = JSON.parse(readFileSync(inject('raceproofResult'), 'utf8')) as LabResult;

describe(result.lab, () => {
  for (const check of result.checks) {
    it(`task ${check.task} · ${check.title} (${check.id})`, (context) => {
      if (isNoVerdict(check)) context.skip(`${judgement(check).phrase}. ${reasonOf(check)}`);
      if (check.status !== 'pass') throw verdictError(check);
    });
  }
});

/** Neither held nor broken: shown as skipped, with the reason, and not counted as a pass. */
function isNoVerdict({ status }: CheckResult): boolean {
  return status === 'skipped' || status === 'not-judged' || status === 'not-provoked';
}

/** An error without a stack, because the failure is in the learner's code, not here. */
function verdictError(check: CheckResult): Error {
  const error = new Error(reasonOf(check));
  error.name = check.status === 'error' ? 'not judged' : 'broken';
  error.stack = '';
  return error;
}
