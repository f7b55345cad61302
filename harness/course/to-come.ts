/**
 * The labs to come, as the course announces them: number, name and half a sentence each.
 *
 * A lab's own definition repeats these. Learners see the line here until the lab is finished; then it is removed.
 */

export interface LabToCome {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  /** The lab's subject, in half a sentence that continues its title. */
  readonly about: string;
}

export const toCome: readonly LabToCome[] = [
  { number: 1, slug: 'fan-out', title: 'Fan out', about: 'one process for forty jobs, or forty that crash alone' },
  {
    number: 2,
    slug: 'async-all-the-things',
    title: 'Answer first',
    about: 'do the slow work behind topics and queues',
  },
  {
    number: 7,
    slug: 'dynamic-concurrency',
    title: 'A limit that moves',
    about: 'change the concurrency while all is running',
  },
  { number: 8, slug: 'semaphore', title: 'A semaphore', about: 'three seats, many executions, and none of them polls' },
  {
    number: 9,
    slug: 'daily-report',
    title: 'The report that went out twice',
    about: 'queries side by side, on a schedule',
  },
];
