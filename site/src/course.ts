/**
 * The course as pages show it: its ten labs in order, those that are there and those that are to come.
 *
 * What a lab that is there is called stands in its own definition. A lab becomes one that is there when the harness knows it,
 * and not before.
 */

import type { Lab } from '../../harness/course/lab.ts';
import { findLab, labs } from '../../harness/course/labs.ts';

export interface PlannedLab {
  readonly number: number;
  readonly slug: string;
  /** In a few words, of a lab that is to come. */
  readonly title: string;
  /** What it is about, in half a sentence. */
  readonly about: string;
}

export const COURSE: readonly PlannedLab[] = [
  { number: 0, slug: 'lost-update', title: 'The lost update', about: 'two read, both write, and one write is gone' },
  { number: 1, slug: 'fan-out', title: 'Fan out', about: 'one process for forty jobs, or forty that crash alone' },
  {
    number: 2,
    slug: 'async-all-the-things',
    title: 'Answer first',
    about: 'do the slow work behind topics and queues',
  },
  {
    number: 3,
    slug: 'thread-pool',
    title: 'A thread pool',
    about: 'reserved concurrency before a system that takes five',
  },
  { number: 4, slug: 'dedupe', title: 'Charged twice', about: 'deliveries come more than once, money must not' },
  {
    number: 5,
    slug: 'kinesis-ordering',
    title: 'In order',
    about: 'one after the other per account, side by side across',
  },
  {
    number: 6,
    slug: 'fifo-fan-out',
    title: 'In order, to many',
    about: 'FIFO topics and queues, and a cap per consumer',
  },
  {
    number: 7,
    slug: 'dynamic-concurrency',
    title: 'A limit that moves',
    about: 'change the concurrency while all is running',
  },
  { number: 8, slug: 'semaphore', title: 'A semaphore', about: 'three seats, many executions, and nobody polls' },
  {
    number: 9,
    slug: 'daily-report',
    title: 'The report that went out twice',
    about: 'queries side by side, on a schedule',
  },
];

export interface CourseLab extends PlannedLab {
  /** Absent while the lab is to come. */
  readonly lab?: Lab;
}

/** All labs in course order. */
export function courseLabs(): readonly CourseLab[] {
  return COURSE.map((planned) => {
    const lab = findLab(planned.slug);
    return lab === undefined ? planned : { ...planned, title: lab.title, lab };
  });
}

/** Those that are there. A lab of the harness that the course doesn't list is an error, so that none is forgotten. */
export function builtLabs(): readonly (CourseLab & { readonly lab: Lab })[] {
  const forgotten = labs.find(({ slug }) => COURSE.every((planned) => planned.slug !== slug));
  if (forgotten !== undefined) throw new Error(`The site's course has no place for the lab «${forgotten.slug}».`);
  return courseLabs().flatMap((planned) => (planned.lab === undefined ? [] : [{ ...planned, lab: planned.lab }]));
}

/** The lab of this name, with its place in the course. Throws where a page names one that is not there. */
export function courseLab(slug: string): CourseLab & { readonly lab: Lab } {
  const found = builtLabs().find((built) => built.slug === slug);
  if (found === undefined) throw new Error(`A page is about the lab «${slug}», and the harness has none of that name.`);
  return found;
}

/** The next lab that is there, if there is one. */
export function nextLab(slug: string): CourseLab | undefined {
  const { number } = courseLab(slug);
  return builtLabs().find((built) => built.number > number);
}
