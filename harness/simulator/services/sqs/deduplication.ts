/**
 * Deduplication of sends to a FIFO queue (SQ-16 to SQ-19): a send under an id that the queue has accepted within the last five minutes
 * succeeds, and stores nothing.
 *
 * It is the queue's memory of sends, not of messages: it also holds for messages that were received and deleted (SQ-21).
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Input } from '../../contract/answer.ts';
import { recalled, rememberRecent } from '../../contract/recent.ts';
import { asTold } from '../../contract/refusal.ts';
import { isGiven } from '../../contract/request.ts';
import type { AcceptedSend, FifoState } from './fifo-state.ts';
import { invalidParameter, invalidValue } from './refusal.ts';
import type { Queue } from './state.ts';
import type { Work } from './work.ts';

/** SQ-16: counted from the send that was accepted. */
export const DEDUPLICATION_MS = 300_000;
/** SQ-19: 1 to 128 letters, digits and punctuation. */
const DEDUPLICATION_ID = /^[!-~]{1,128}$/;

/** The deduplication id of a send: the one that it gives, or the SHA-256 of its body (SQ-18). Null on a standard queue, which has none. */
export function deduplicationIdOf({ settings: { fifo } }: Queue, input: Input, body: string): string | null {
  const { MessageDeduplicationId: given } = input;
  if (fifo === null) {
    if (!isGiven(given)) return null;
    const reason = 'The request includes a parameter that is not valid for this queue type.';
    throw invalidValue(given, 'MessageDeduplicationId', reason);
  }
  if (isGiven(given)) {
    const id = asTold(given);
    if (DEDUPLICATION_ID.test(id)) return id;
    const reason =
      'MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
    throw invalidValue(id, 'MessageDeduplicationId', reason);
  }
  if (fifo.contentBasedDeduplication) return bytesToHex(sha256(utf8ToBytes(body)));
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** A send to a FIFO queue, as deduplication sees it. */
interface Deduplicated {
  readonly groupId: string;
  readonly deduplicationId: string;
}

/** The send that was accepted under the same id; null if there was none within five minutes. */
export function acceptedBefore(work: Work, queue: Queue, fifo: FifoState, send: Deduplicated): AcceptedSend | null {
  const key = keyOf(queue, send);
  work.changesDeduplication(queue, key);
  return recalled(fifo.accepted, key, work.nowMs, DEDUPLICATION_MS);
}

/** Remembers a send that was accepted. */
export function rememberSend(
  work: Work,
  queue: Queue,
  fifo: FifoState,
  { messageId, sequenceNumber, ...send }: Deduplicated & Omit<AcceptedSend, 'atMs'>,
): void {
  const accepted = { atMs: work.nowMs, messageId, sequenceNumber };
  rememberRecent(fifo.accepted, keyOf(queue, send), accepted, DEDUPLICATION_MS);
}

/** With the scope `messageGroup` the same id in another group is no duplicate (SQ-17). An id has no blanks. */
function keyOf({ settings: { fifo } }: Queue, { groupId, deduplicationId }: Deduplicated): string {
  return fifo?.deduplicationScope === 'messageGroup' ? `${groupId} ${deduplicationId}` : deduplicationId;
}
