/**
 * The faults and freedoms that a scenario's budget may allow: a closed union.
 *
 * Each is a choice, counted in a budget. Where a fault strikes is decided by the world (at a call, at a deadline) or offered by the
 * service that knows the moment (see `Offer` in effect.ts). Carries nothing out and words nothing.
 */

/**
 * `duplicate`, `reorder` and `conflict` are no failures: AWS allows them. `duplicate` is one more delivery of what was delivered and
 * done (SQ-09, LA-03), `reorder` a standard queue that hands out a later message first (SQ-09), `conflict` two transactions that
 * meet on an item, of which one is cancelled (DD-06).
 */
export type FaultKind =
  | 'crash-before'
  | 'crash-after'
  | 'answer-lost'
  | 'deadline'
  | 'duplicate'
  | 'reorder'
  | 'conflict';

/** How many of each fault one run may have; a fault that is not named does not strike. */
export type FaultCounts = Readonly<Partial<Record<FaultKind, number>>>;
