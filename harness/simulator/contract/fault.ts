/**
 * The faults and freedoms that a scenario's budget may allow: a closed union.
 *
 * Each fault is a choice and is counted in a budget. Either the world decides where it strikes (at a call, at a deadline), or
 * the service that knows the moment offers it (see `Offer` in effect.ts). This file carries nothing out and has no words for
 * people.
 */

/**
 * `duplicate`, `reorder` and `conflict` are no failures: AWS allows them. `duplicate`: an item is delivered once more (SQ-09,
 * LA-03). `reorder`: a standard queue hands out a later message first (SQ-09). `conflict`: two transactions meet on an item,
 * and one of them is cancelled (DD-06).
 */
export type FaultKind =
  | 'crash-before'
  | 'crash-after'
  | 'answer-lost'
  | 'deadline'
  | 'duplicate'
  | 'reorder'
  | 'conflict';

/** The largest number of each fault in one run; a fault that is not named does not strike. */
export type FaultCounts = Readonly<Partial<Record<FaultKind, number>>>;
