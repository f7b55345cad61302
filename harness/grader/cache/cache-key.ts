/**
 * What one exploration is of, as names of files: its place, and the code that ran in it.
 *
 * The place is everything that is there before the first schedule: harness, Node, lab, scenario, checks, options, template, the SDK. The
 * code counts for those functions only whose code was started in some schedule: what never ran can't have changed anything.
 */

import { createHash } from 'node:crypto';
import process from 'node:process';
import type { Check, Lab, Scenario } from '../../course/lab.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import type { Submission } from '../submission/submission.ts';

export interface Subject {
  readonly lab: Lab;
  readonly scenario: Scenario;
  readonly checks: readonly Check[];
  readonly submission: Submission;
  /** The options of the grading that could matter, as plain data. */
  readonly options: object;
}

/** Grows when older files would be misread. */
const FORMAT = 1;

/** The hash of the place, for this harness. Functions of the lab are part of the harness, data is named here. */
export function hashOfPlace(harness: string, { lab, scenario, checks, submission, options }: Subject): string {
  const { prelude, sdk } = submission.sources;
  const place = {
    format: FORMAT,
    harness,
    node: process.version,
    lab: [lab.slug, lab.version],
    scenario,
    checks,
    options,
    template: submission.files.get(TEMPLATE),
    scripts: [prelude, sdk].map(hashOf),
  };
  return hashOf(JSON.stringify(place));
}

/**
 * The hash of what a function's code is made of: its own file and all that it imports, and where each line of it stands,
 * since an error's trace tells that. Null if there is no such code.
 */
export function hashOfCode(submission: Submission, module: string): string | null {
  const bundles = submission.bundles.filter((bundle) => bundle.module === module);
  return bundles.length === 0 ? null : hashOf(bundles.map(({ code, sourceMap }) => `${code}\0${sourceMap}`).join('\0'));
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
