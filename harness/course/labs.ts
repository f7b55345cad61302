/**
 * The labs of this course, in course order.
 *
 * The one place that knows all of them. A lab that is not in this list does not exist for the harness.
 */

import { dedupe } from './dedupe/lab.ts';
import type { Lab } from './lab.ts';
import { lostUpdate } from './lost-update/lab.ts';

export const labs: readonly Lab[] = [lostUpdate, dedupe];

/** The lab of this name, if there is one. */
export function findLab(slug: string): Lab | undefined {
  return labs.find((lab) => lab.slug === slug);
}
