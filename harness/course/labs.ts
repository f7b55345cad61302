/**
 * The labs of this course.
 *
 * The one place that knows all of them: a lab that is not in this list does not exist for the harness. Their order is that of their
 * numbers. Learners see the finished ones; an author runs and grades the others by name.
 */

import { dedupe } from './dedupe/lab.ts';
import { inCourseOrder } from './kit/define-lab.ts';
import type { CourseLab } from './kit/definition.ts';
import { lostUpdate } from './lost-update/lab.ts';

/** Every lab, in course order, also those that are being written. */
export const everyLab = inCourseOrder([
  // One line each.
  dedupe,
  lostUpdate,
]);

/** The labs that learners see, in course order. */
export const labs: readonly CourseLab[] = everyLab.filter(({ unfinished }) => !unfinished);

/** The lab of this name, finished or not, if there is one. */
export function findLab(slug: string): CourseLab | undefined {
  return everyLab.find((lab) => lab.slug === slug);
}
