/**
 * The cache key of an exploration: a hash of its place, and hashes of the code that ran in it.
 *
 * The place is everything that is fixed before the first schedule: harness, Node, lab, scenario, checks, options, template,
 * SDK. Of the code, only functions whose code was started in some schedule count, because code that never ran can't affect the
 * result.
 */

import type { Check, Lab, Scenario } from '../../course/lab.ts';
import type { Platform } from '../../platform/platform.ts';
import { TEMPLATE } from '../../scenario/deploy.ts';
import type { Submission } from '../submission/submission.ts';

export interface CacheKey {
  readonly lab: Lab;
  readonly scenario: Scenario;
  readonly checks: readonly Check[];
  readonly submission: Submission;
  /** The options of the grading that could affect the result, as plain data. */
  readonly options: object;
}

/** Increased whenever this version would misread files of an older one. */
const FORMAT = 1;

/** The hash of the place in this harness. A lab's functions are files of the harness, so only the lab's data is hashed here. */
export function hashOfPlace(
  { runtime, sha256 }: Platform,
  harness: string,
  { lab, scenario, checks, submission, options }: CacheKey,
): string {
  const { prelude, sdk } = submission.sources;
  const place = {
    format: FORMAT,
    harness,
    node: runtime,
    lab: [lab.slug, lab.version],
    scenario,
    checks,
    options,
    template: submission.files.get(TEMPLATE),
    scripts: [prelude, sdk].map((text) => sha256(text)),
  };
  return sha256(JSON.stringify(place));
}

/**
 * The hash of a module's code with all that it imports, and of its line positions, which appear in error traces. Null if there
 * is no such module.
 */
export function hashOfCode(submission: Submission, module: string, sha256: Platform['sha256']): string | null {
  const bundles = submission.bundles.filter((bundle) => bundle.module === module);
  return bundles.length === 0 ? null : sha256(bundles.map(({ code, sourceMap }) => `${code}\0${sourceMap}`).join('\0'));
}
