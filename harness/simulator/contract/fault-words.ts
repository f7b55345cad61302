/**
 * The words for each kind of fault: in a drawing, in a sentence, in a budget. One table, so that a new kind cannot lack any of
 * them.
 *
 * These words are for learners. The service that offers a fault defines what it does.
 */

import type { FaultKind } from './fault.ts';

export interface FaultWords {
  /** What the invocation does, in a drawing: «crashes before the call». */
  readonly drawn: string;
  /** The noun in «Without the crash it holds.» */
  readonly noun: string;
  /** The units of a budget: «≤ 1 crash», «≤ 2 crashes». */
  readonly budget: readonly [one: string, more: string];
  /** One sentence: the fault strikes `who` at the call `operation`. `at` is « at step 4», or empty. */
  say(who: string, operation: string, at: string): string;
}

export const FAULT_WORDS: Readonly<Record<FaultKind, FaultWords>> = {
  'crash-before': {
    drawn: 'crashes before the call',
    noun: 'crash',
    budget: ['crash', 'crashes'],
    say: (who, operation, at) => `${who} crashed${at}, before its ${operation} took effect.`,
  },
  'crash-after': {
    drawn: 'crashes after the call',
    noun: 'crash',
    budget: ['crash', 'crashes'],
    say: (who, operation, at) =>
      `${who} crashed${at}: its ${operation} took effect, but the code never saw its answer.`,
  },
  'answer-lost': {
    drawn: 'the answer gets lost',
    noun: 'lost answer',
    budget: ['lost answer', 'lost answers'],
    say: (who, operation, at) =>
      `The answer to ${who}'s ${operation}${at} got lost: it took effect, and ${who} could not know.`,
  },
  deadline: {
    drawn: 'out of time',
    noun: 'timeout',
    budget: ['call slower than a deadline', 'calls slower than a deadline'],
    say: (who, _, at) => `${who} was so slow that its time ran out${at}.`,
  },
  duplicate: {
    drawn: 'delivered once more',
    noun: 'second delivery',
    budget: ['duplicate delivery', 'duplicate deliveries'],
    say: (who, _, at) => `${who} delivered once more${at} what had been delivered before, as AWS may.`,
  },
  reorder: {
    drawn: 'a later one first',
    noun: 'change of order',
    budget: ['message out of order', 'messages out of order'],
    say: (who, _, at) => `${who} handed out a later message first${at}, as a standard queue may.`,
  },
  conflict: {
    drawn: 'meets another call on the same item',
    noun: 'conflict',
    budget: ['transaction conflict', 'transaction conflicts'],
    say: (who, operation, at) =>
      operation.startsWith('Transact')
        ? `${who}'s transaction met another call${at} on the same item, and DynamoDB cancelled it: nothing was written.`
        : `${who}'s ${operation} met a transaction${at} on the same item, and DynamoDB refused it: nothing was written.`,
  },
  cancelled: {
    drawn: 'the transaction is cancelled: no throughput',
    noun: 'cancelled transaction',
    budget: ['transaction cancelled for want of throughput', 'transactions cancelled for want of throughput'],
    say: (who, _, at) =>
      `DynamoDB cancelled ${who}'s transaction${at} with the reason ThrottlingError, for want of throughput: nothing was written.`,
  },
  recycle: {
    drawn: 'not in the first free environment',
    noun: 'other environment',
    budget: ['environment passed over', 'environments passed over'],
    say: (who, _, at) => `Lambda ran ${who}${at} in another environment than the first free one, as it may.`,
  },
  split: {
    drawn: 'fewer messages than there are',
    noun: 'split batch',
    budget: ['split batch', 'split batches'],
    say: (who, _, at) => `The ${who} received fewer messages${at} than were there, as it may.`,
  },
  slow: {
    drawn: 'the call is slow',
    noun: 'slow call',
    budget: ['slow call', 'slow calls'],
    say: (who, operation, at) =>
      `${who}'s ${operation}${at} was slow: it was still on its way when its time was nearly over.`,
  },
  throttled: {
    drawn: 'is throttled',
    noun: 'throttling',
    budget: ['throttled call', 'throttled calls'],
    say: (who, operation, at) => `AWS throttled ${who}'s ${operation}${at}, and did nothing.`,
  },
  'failed-before': {
    drawn: 'AWS answers 500, nothing is done',
    noun: 'failed call',
    budget: ['failed call', 'failed calls'],
    say: (who, operation, at) => `AWS answered ${who}'s ${operation}${at} with a 500, and had done nothing.`,
  },
  'failed-after': {
    drawn: 'AWS answers 500, and it is done',
    noun: 'failed call',
    budget: ['failed call', 'failed calls'],
    say: (who, operation, at) => `AWS answered ${who}'s ${operation}${at} with a 500, although it took effect.`,
  },
  partial: {
    drawn: 'a part is done',
    noun: 'failed part',
    budget: ['batch done in part', 'batches done in part'],
    say: (who, operation, at) => `AWS did only a part of ${who}'s ${operation}${at}; its answer names the rest.`,
  },
  refused: {
    drawn: 'is refused by the system it calls',
    noun: 'refusal',
    budget: ['refused request', 'refused requests'],
    say: (who, _, at) => `The system that ${who} called${at} refused the request, and did nothing.`,
  },
  stale: {
    drawn: 'the read is stale: it misses the newest write',
    noun: 'stale read',
    budget: ['stale read', 'stale reads'],
    say: (who, operation, at) => `${who}'s ${operation}${at} was stale: it did not see the newest write.`,
  },
};
