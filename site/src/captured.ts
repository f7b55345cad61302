/**
 * What the grader said of the starter and of the solution, as captured for this build.
 *
 * Reads at build time only. A missing file is an error: a page never shows a verdict that nobody reached.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { PLAIN_PAGE } from '../../harness/grader/report/page.ts';
import { reportForTerminal } from '../../harness/grader/report/terminal.ts';
import type { CheckResult, Counterexample, LabResult } from '../../harness/grader/result.ts';

export interface Captured {
  readonly result: LabResult;
  /** The same verdict as the terminal shows it, by the terminal's own words. */
  readonly text: string;
}

/** The verdict on `starter` or `solution` of a lab. */
export function captured(lab: string, name: 'starter' | 'solution'): Captured {
  // A built page has no place of its own to start from: Astro runs in the site's folder.
  const path = join(process.cwd(), '.astro', 'captured', `${lab}.${name}`);
  const result = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as LabResult;
  return {
    result,
    text: reportForTerminal(result, PLAIN_PAGE).trimEnd(),
  };
}

export interface Failure {
  readonly check: CheckResult;
  readonly counterexample: Counterexample;
}

/** The first check of a result that came with a failing schedule. */
export function firstFailure({ result }: Captured): Failure {
  for (const check of result.checks) {
    if (check.counterexample !== undefined) return { check, counterexample: check.counterexample };
  }
  throw new Error(`${result.lab} was captured without a failing schedule, and a page wants to draw one.`);
}
