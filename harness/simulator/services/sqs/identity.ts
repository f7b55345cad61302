/**
 * What names a message: its id, and on a FIFO queue its sequence number (SQ-24).
 *
 * AWS's are opaque. Here they count up, so that equal choices give equal traces: on a standard queue for the whole queue; on a FIFO queue
 * for each group by itself, so that sends to one group do not name the messages of another (ADR 53).
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uuidFrom } from '../../contract/uuid.ts';
import type { MessageGroup } from './fifo-state.ts';
import type { Queue } from './state.ts';

/** The id of a message of a standard queue. Ids look like AWS's. */
export function messageIdOf({ number: queue }: Queue, number: number): string {
  return `${queue.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** The id of the message that was sent last to a group. */
export function messageIdInGroup(
  { number: queue }: Pick<Queue, 'number'>,
  { id, lastSequence }: Pick<MessageGroup, 'id' | 'lastSequence'>,
): string {
  return uuidFrom(`queue ${queue}, message ${lastSequence} of the group ${id}`);
}

/** Counts one more message of a group, and returns its sequence number. */
export function nextSequenceNumber(group: MessageGroup): string {
  group.lastSequence += 1;
  const step = group.lastSequence * SEQUENCE_STEP;
  return `${SEQUENCE_BEGINS}${digitsOf(group.id)}${String(step).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** Twenty digits, as AWS's sequence numbers have, which are not consecutive either. */
const SEQUENCE_BEGINS = '188';
const SEQUENCE_STEP = 256;
const SEQUENCE_DIGITS = 11;

/** Six digits that follow from the id of a group. */
function digitsOf(groupId: string): string {
  const [a = 0, b = 0, c = 0] = sha256(utf8ToBytes(groupId));
  return String(((a * 256 + b) * 256 + c) % 1_000_000).padStart(6, '0');
}
