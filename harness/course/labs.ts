/**
 * The labs of this course.
 *
 * Only this file knows all of them: a lab that is not in this list does not exist for the harness. They are ordered by their
 * numbers. Learners see the finished ones; an author runs and grades the others by name.
 */

import { dedupe } from './dedupe/lab.ts';
import { fifoFanOut } from './fifo-fan-out/lab.ts';
import { kinesisOrdering } from './kinesis-ordering/lab.ts';
import { inCourseOrder } from './kit/define-lab.ts';
import type { CourseLab } from './kit/definition.ts';
import { lostUpdate } from './lost-update/lab.ts';
import { threadPool } from './thread-pool/lab.ts';

/** Every lab, in course order, including unfinished ones. */
export const everyLab = inCourseOrder([
  // One line each.
  dedupe,
  fifoFanOut,
  kinesisOrdering,
  lostUpdate,
  threadPool,
]);

/** The labs that learners see, in course order. */
export const labs: readonly CourseLab[] = everyLab.filter(({ unfinished }) => !unfinished);

/** The lab of this name, finished or not; undefined if there is none. */
export function findLab(slug: string): CourseLab | undefined {
  return everyLab.find((lab) => lab.slug === slug);
}
