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

/** The messages that a receive in these entries returned: «message 1», «messages 1 and 2», «3 messages». */
export function receivedIn(entries: readonly EntrySeen<SqsEvent>[], nameOf: MessageNames): string | null {
  const names = entries.flatMap(({ event }) => (event.kind === 'message-received' ? [nameOf(event.messageId)] : []));
  const [first] = names;
  if (first === undefined) return null;
  if (names.length === 1) return first;
  const numbers = names.map((name) => name.replace('message ', ''));
  return numbers.length === 2 ? `messages ${numbers.join(' and ')}` : `${numbers.length} messages`;
}
