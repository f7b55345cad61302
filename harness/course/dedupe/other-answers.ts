/**
 * Other right answers of lab 4: designs that differ from the solution's, and pass every check.
 *
 * The files stand in other-answers/<name>/ and replace the solution's. They keep the checks honest: a check asks what must be
 * true, not how it is done.
 */

import type { OtherAnswer } from '../lab.ts';

export const otherAnswers: readonly OtherAnswer[] = [
  {
    name: 'no-clock-no-transaction',
    design:
      'A name in the item instead of a condition, a set of orders in the gift card instead of a transaction, and a claim that belongs to a message instead of one that ends by a clock.',
  },
  {
    name: 'read-before-you-write',
    design:
      'A put that returns what it replaced, and writes that go through only if the item is still the one that was read.',
  },
  {
    name: 'powertools',
    design:
      'Powertools for AWS Lambda keeps the claims and the results; the key for the API, the receipt and the transaction are still yours.',
  },
];
