/**
 * Other right answers of lab 4: designs that differ from the solution's and pass every check.
 *
 * The files are in other-answers/<name>/ and replace the solution's. They keep the checks honest: a check may require a result,
 * but not a certain design.
 */

import type { OtherAnswer } from '../lab.ts';

export const otherAnswers: readonly OtherAnswer[] = [
  {
    name: 'no-clock-no-transaction',
    design:
      'A name in the item instead of a condition, a set of orders in the gift card instead of a transaction, and a claim that belongs to a message instead of one that ends by a clock.',
  },
  {
    name: 'ask-what-was-there',
    design:
      'A put that returns what it replaced, a balance that is written only if it is still the one that was read, and a result that only the owner of the claim may write down.',
  },
  {
    name: 'powertools',
    design:
      'Powertools for AWS Lambda keeps the claims and the results; the key for the API, the receipt and the transaction are still yours.',
  },
];
