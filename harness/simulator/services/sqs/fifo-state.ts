/**
 * What a FIFO queue keeps beside its messages: its groups, the sends of the last minutes, and receives that may be repeated.
 *
 * Plain data only. groups.ts, deduplication.ts and receive-attempts.ts decide by it.
 */

import { cloneRecent, newRecent, type Recent } from '../../contract/recent.ts';
import { cloneHeap, type Heap, newHeap } from './heap.ts';
import type { ReceivedMessage } from './messages.ts';

/** The attributes that only FIFO queues have (SQ-17, SQ-18). */
export interface FifoSettings {
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly fifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
}

/** The messages of one group, which are handed out in their order. */
export interface MessageGroup {
  readonly id: string;
  /** The numbers of its messages, the first to come first. Those that are gone are skipped. */
  readonly order: number[];
  /** The place in `order` before which no message is left. */
  first: number;
  /** How many of its messages are visible, whether or not they can be received. */
  visible: number;
  /** The instant at which its first message became visible; null if that is hidden, or if there is none. */
  readyAtMs: number | null;
  /** Counts the messages that ever were in it: their ids and sequence numbers follow. */
  lastSequence: number;
}

/** A send that was accepted, by which later ones are recognized as duplicates (SQ-16). */
export interface AcceptedSend {
  readonly atMs: number;
  readonly messageId: string;
  readonly sequenceNumber: string;
}

/** What a receive under a `ReceiveRequestAttemptId` returned (SQ-20). */
export interface ReceiveAttempt {
  readonly atMs: number;
  readonly messages: readonly ReceivedMessage[];
  /** The instant until which it has hidden them. */
  readonly hiddenUntilMs: number;
}

export interface FifoState {
  /** By id. A group stays when it is empty, as its sequence numbers go on. */
  readonly groups: Map<string, MessageGroup>;
  /** Groups by the instant at which their first message became visible. May hold outdated entries, which groups.ts skips. */
  readonly ready: Heap<string>;
  /** The numbers of messages, by message id. */
  readonly numbers: Map<string, number>;
  /** Accepted sends, by deduplication id (and group, if the scope is a group). */
  readonly accepted: Recent<AcceptedSend>;
  /** By `ReceiveRequestAttemptId`. */
  readonly attempts: Recent<ReceiveAttempt>;
  /** The calls of the present second, by action (SQ-25). */
  readonly calls: Map<string, { readonly second: number; readonly times: number }>;
}

export function newFifoState(): FifoState {
  return {
    ...{ groups: new Map(), ready: newHeap<string>(), numbers: new Map() },
    ...{ accepted: newRecent<AcceptedSend>(), attempts: newRecent<ReceiveAttempt>(), calls: new Map() },
  };
}

/** A copy that shares what never changes. */
export function cloneFifoState({ groups, ready, numbers, accepted, attempts, calls }: FifoState): FifoState {
  return {
    groups: new Map([...groups].map(([id, group]) => [id, { ...group, order: [...group.order] }])),
    ready: cloneHeap(ready),
    numbers: new Map(numbers),
    accepted: cloneRecent(accepted),
    attempts: cloneRecent(attempts),
    calls: new Map(calls),
  };
}
