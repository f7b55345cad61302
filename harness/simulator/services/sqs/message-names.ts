/**
 * Names for a queue's messages that a reader can follow: «message 1» is the first message that was sent in this run.
 *
 * They replace the ids, which mean nothing to a reader. This file knows no drawing and no sentence.
 */

import type { EntrySeen } from '../../contract/shown.ts';
import type { SqsEvent } from './trace-events.ts';

/** The name of a message, by its id. */
export type MessageNames = (messageId: string) => string;

/** The numbers of messages, by id, in the order in which they were sent, from 1. */
export function messageNumbers(trace: readonly EntrySeen<SqsEvent>[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { event } of trace) {
    if (event.kind === 'message-sent' && !numbers.has(event.messageId)) numbers.set(event.messageId, numbers.size + 1);
  }
  return numbers;
}

/**
 * The messages that a receive in these entries returned: «message 1», «messages 1 and 2», «3 messages»; of a FIFO queue with their groups:
 * «message 1 (blue)».
 */
export function receivedIn(entries: readonly EntrySeen<SqsEvent>[], nameOf: MessageNames): string | null {
  const received = entries.flatMap(({ event }) => (event.kind === 'message-received' ? [event] : []));
  const names = received.map(({ messageId }) => nameOf(messageId));
  const [first] = names;
  if (first === undefined) return null;
  const groups = inGroups(received.flatMap(({ groupId }) => groupId ?? []));
  if (names.length === 1) return first + groups;
  const numbers = names.map((name) => name.replace('message ', ''));
  const words = numbers.length === 2 ? `messages ${numbers.join(' and ')}` : `${numbers.length} messages`;
  return words + groups;
}

/** More groups than this are counted. */
const MOST_GROUPS_NAMED = 2;

/** The groups of messages of a FIFO queue, each once, to stand behind the messages: « (blue)». Empty for a standard queue. */
export function inGroups(groupIds: readonly string[]): string {
  const groups = [...new Set(groupIds)];
  if (groups.length === 0) return '';
  return groups.length > MOST_GROUPS_NAMED ? ` of ${groups.length} groups` : ` (${groups.join(', ')})`;
}
