/**
 * What a FIFO topic remembers of its messages: duplicates within five minutes, and sequence numbers by group (SN-03 to SN-05).
 */

import { recalled, rememberRecent } from '../../contract/recent.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import type { SnsState, TakenMessage, Topic } from './state.ts';
import { throughputScope } from './topic-attributes.ts';

/** How long a FIFO topic remembers what it has taken (SN-04). */
export const DEDUPLICATION_WINDOW_MS = 300_000;

/** The key under which a message is remembered: in its topic, or in its group (SN-05). */
export function takenKey(topic: Topic, groupId: string, deduplicationId: string): string {
  const scope = throughputScope(topic) === 'MessageGroup' ? `${topic.name}/${groupId}` : topic.name;
  return `${scope}/${deduplicationId}`;
}

/** The message that this one repeats; null if it is new. */
export function takenBefore({ taken }: SnsState, key: string, nowMs: number): TakenMessage | null {
  return recalled(taken, key, nowMs, DEDUPLICATION_WINDOW_MS);
}

/** Remembers that the topic has taken a message. */
export function rememberTaken({ taken }: SnsState, key: string, message: TakenMessage): void {
  rememberRecent(taken, key, message, DEDUPLICATION_WINDOW_MS);
}

/** The name of a topic's group. */
export function groupKey({ name }: Topic, groupId: string): string {
  return `${name}/${groupId}`;
}

/**
 * The number of a group's next message: 20 digits, larger than those before it (SN-03). Each group counts by itself, so that messages of different
 * groups do not depend on each other; the digits at the front tell groups apart.
 */
export function nextNumberOfTopic({ groups }: SnsState, key: string): string {
  const number = (groups.get(key) ?? 0) + 1;
  groups.set(key, number);
  const group = Number.parseInt(uuidFrom(key).slice(0, 7), 16) % 1_000_000_000;
  return `1${String(group).padStart(9, '0')}${String(number).padStart(10, '0')}`;
}
