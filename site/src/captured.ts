/**
 * The grader's verdicts on the starter and on the solution, as captured for this build.
 *
 * Reads at build time only. A missing file is an error, so that a page never shows an invented verdict.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { PLAIN_PAGE } from '../../harness/grader/report/page.ts';
import { reportForTerminal } from '../../harness/grader/report/terminal.ts';
import type { CheckResult, Counterexample, LabResult } from '../../harness/grader/result.ts';
import { duration } from '../../harness/words/phrases.ts';

export interface Captured {
  readonly result: LabResult;
  /** The same verdict as the terminal shows it. */
  readonly text: string;
}

/** The verdict on `starter` or `solution` of a lab. */
export function captured(lab: string, name: 'starter' | 'solution'): Captured {
  const result = read<LabResult>(lab, name);
  return { result, text: withoutTime(reportForTerminal(result, PLAIN_PAGE).trimEnd(), result) };
}

/** How long it took on the machine that built the pages says nothing about the reader's. */
function withoutTime(text: string, { durationMs }: LabResult): string {
  return text.replace(` · ${duration(durationMs)}`, '');
}

/** A run of a lab's solution that a page wants to show: see `specimens` in the lab's definition. */
export function specimen(lab: string, name: string): Counterexample {
  return read<Counterexample>(lab, name);
}

/** The output of `--help` for a command. */
export function helpOf(command: string): string {
  const commands = fromFile<readonly { readonly name: string; readonly help: string }[]>('commands');
  const found = commands.find(({ name }) => name === command);
  if (found === undefined) throw new Error(`The command line has no command «${command}», and a page is about it.`);
  return found.help.trimEnd();
}

function read<Kept>(lab: string, name: string): Kept {
  return fromFile(`${lab}.${name}`);
}

function fromFile<Kept>(name: string): Kept {
  // Built code is elsewhere, so the path starts from the site's folder, in which Astro runs.
  return JSON.parse(readFileSync(join(process.cwd(), '.astro', 'captured', `${name}.json`), 'utf8')) as Kept;
}

export interface Failure {
  readonly check: CheckResult;
  readonly counterexample: Counterexample;
}

/** The failing schedule of one check. Throws if that check did not fail, because a page wants to draw it. */
export function failureOf({ result }: Captured, id: string): Counterexample {
  const counterexample = result.checks.find((check) => check.id === id)?.counterexample;
  if (counterexample === undefined)
    throw new Error(`${result.lab} was captured without a failing schedule of «${id}».`);
  return counterexample;
}

/** The first check of a result that has a failing schedule. */
export function firstFailure({ result }: Captured): Failure {
  for (const check of result.checks) {
    if (check.counterexample !== undefined) return { check, counterexample: check.counterexample };
  }
  throw new Error(`${result.lab} was captured without a failing schedule, and a page wants to draw one.`);
}
