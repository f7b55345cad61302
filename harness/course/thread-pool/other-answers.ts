/**
 * Other right answers of lab 3: designs that differ from the solution's and pass every check.
 *
 * The files are in other-answers/<name>/ and replace the solution's. They keep the checks honest: a check may require a result,
 * but not a certain design.
 */

import type { OtherAnswer } from '../lab.ts';

export const otherAnswers: readonly OtherAnswer[] = [
  {
    name: 'queue-with-a-maximum',
    design:
      'The rule sends to a queue, and the event source mapping has a MaximumConcurrency, which reserves nothing: retries and dead letters are the queue’s.',
  },
  {
    name: 'failure-destination',
    design:
      'A destination for failures in place of a dead-letter queue, an update in place of a put, and checkout alone in what no reservation has taken.',
  },
  {
    name: 'parked-by-the-handler',
    design: 'The handler knows what legacy can’t book and puts it aside itself, at the first attempt.',
  },
];
