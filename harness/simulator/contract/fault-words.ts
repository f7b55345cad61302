/**
 * Each kind of fault in words: in a drawing, in a sentence, in a budget. One table, so that all of them are there when a kind is added.
 *
 * Words for learners. What a fault does is the business of the service that offers it.
 */

import type { FaultKind } from './fault.ts';

export interface FaultWords {
  /** What the one that it strikes does, in a drawing: «crashes before the call». */
  readonly drawn: string;
  /** «Without the crash it holds.» */
  readonly noun: string;
  /** «≤ 1 crash», «≤ 2 crashes». */
  readonly budget: readonly [one: string, more: string];
  /** One sentence; `who` it strikes at which `operation`, and `at` is « at step 4», or nothing. */
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
    say: (who, operation, at) => `${who} crashed${at}: its ${operation} took effect, and nobody is left who knows.`,
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
    drawn: 'a later message first',
    noun: 'change of order',
    budget: ['message out of order', 'messages out of order'],
    say: (who, _, at) => `${who} handed out a later message first${at}, as a standard queue may.`,
  },
  conflict: {
    drawn: 'meets another transaction',
    noun: 'cancelled transaction',
    budget: ['transaction that meets another', 'transactions that meet another'],
    say: (who, _, at) =>
      `${who}'s transaction met another one${at} on the same item, and DynamoDB cancelled it: nothing was written.`,
  },
};
