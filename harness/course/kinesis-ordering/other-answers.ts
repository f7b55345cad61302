/**
 * Other right answers of lab 5: designs that differ from the solution's and pass every check.
 *
 * The files are in other-answers/<name>/ and replace the solution's. They keep the checks honest: a check may require a result,
 * but not a certain design.
 */

import type { OtherAnswer } from '../lab.ts';

export const otherAnswers: readonly OtherAnswer[] = [
  {
    name: 'one-write-for-a-batch',
    design:
      'The events of an account in a batch are put together in memory, and one write, on the condition of the state that was read, books them all.',
  },
  {
    name: 'updates-in-place',
    design:
      'Nothing is read: conditional updates book or decline. A batch fails as a whole and is halved until the broken record stands alone.',
  },
  {
    name: 'parked-by-the-handler',
    design:
      'The handler puts aside what can’t be read, eight shards take the place of parallel batches, and the producer has a line for each account.',
  },
];
