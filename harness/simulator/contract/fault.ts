/**
 * The faults and freedoms that a scenario's budget may allow: a closed union.
 *
 * Each fault is a choice and is counted in a budget. Either the world decides where it strikes (at a call, at a deadline), or
 * the service that knows the moment offers it (see `Offer` in effect.ts). This file carries nothing out and has no words for
 * people.
 */

/**
 * `duplicate`, `reorder` and `conflict` are no failures: AWS allows them. `duplicate`: an item is delivered once more (SQ-09,
 * LA-03). `reorder`: a standard queue hands out a later message first (SQ-09). `conflict`: a call meets a transaction, or a
 * transaction meets a write, on the same item, and is refused (DD-06, DD-07).
 *
 * Nor are `recycle` and `split`. `recycle`: Lambda runs a request in a new environment although a free one stands, or in another
 * free one than the first (LS-18). `split`: a mapping receives fewer messages than it could (SQ-08), and a batch is smaller.
 *
 * `slow`: a call is on its way until just before its invocation's time is over, so its sender's clock has moved when the answer
 * comes; or its sender has given it up, and it arrives at any time. `throttled`: AWS refuses a call for now. `cancelled`: DynamoDB
 * cancels a transaction since one of its tables has no throughput left for it (DD-06). `failed-before` and
 * `failed-after`: AWS answers 500, and has done nothing, or has done it. `partial`: AWS does a part of a batch, and its answer
 * names the rest. `refused`: a downstream answers with its own refusal, and does nothing.
 *
 * `stale` is no failure either: a read that is not consistent misses the newest write of one item (DD-17).
 */
export type FaultKind =
  | 'crash-before'
  | 'crash-after'
  | 'answer-lost'
  | 'deadline'
  | 'duplicate'
  | 'reorder'
  | 'conflict'
  | 'cancelled'
  | 'recycle'
  | 'split'
  | 'slow'
  | 'throttled'
  | 'failed-before'
  | 'failed-after'
  | 'partial'
  | 'refused'
  | 'stale';

/** The largest number of each fault in one run; a fault that is not named does not strike. */
export type FaultCounts = Readonly<Partial<Record<FaultKind, number>>>;
