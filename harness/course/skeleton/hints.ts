/**
 * The hints: for each kind of failure a nudge, the concept, the shape of the fix.
 *
 * A check's violation selects the kind. A hint never contains the finished line.
 */

import type { Hint } from '../lab.ts';

export const hints: readonly Hint[] = [
  {
    id: 'oversold',
    tiers: [
      'Look at the timeline: what had each buyer read when it wrote?',
      'Between the read and the write another buyer can read as well, and both see a seat that is left. The check and the write must be one operation.',
      'UpdateCommand can add one to `sold` under a ConditionExpression that asks whether a seat is left. ConditionalCheckFailedException then means: sold out.',
    ],
  },
];
