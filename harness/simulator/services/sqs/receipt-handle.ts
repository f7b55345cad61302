/**
 * Receipt handles: the message and the receive that each one stands for (SQ-03).
 *
 * AWS's are opaque, and learners' code must treat these as opaque, too. Here they name queue, message and receive, so that a
 * handle keeps its meaning after the message is gone.
 */

import type { Queue, QueuedMessage } from './state.ts';

export interface ReadHandle {
  /** Null if there is no message of that id on this FIFO queue. */
  readonly messageNumber: number | null;
  /** Of a message of a FIFO queue. */
  readonly messageId: string | null;
  /** The number of the receive that issued it, counted per message. */
  readonly receive: number;
}

const HANDLE = /^AQEBq(\d+)m(\d+)r(\d+)$/;
const HANDLE_OF_FIFO = /^AQEBq(\d+)i([0-9a-f-]{36})r(\d+)$/;

/** The handle of a message's latest receive. On a FIFO queue it does not tell how many messages other groups have. */
export function receiptHandle(queue: Queue, { number, receives, content: { messageId } }: QueuedMessage): string {
  const message = queue.fifo === null ? `m${number}` : `i${messageId}`;
  return `AQEBq${queue.number}${message}r${receives}`;
}

/** What a handle stands for; null if this queue has never issued it. */
export function readHandle(queue: Queue, handle: string): ReadHandle | null {
  const [, queueNumber, message, receive] = (queue.fifo === null ? HANDLE : HANDLE_OF_FIFO).exec(handle) ?? [];
  if (queueNumber !== String(queue.number) || message === undefined) return null;
  if (queue.fifo !== null) {
    const messageNumber = queue.fifo.numbers.get(message) ?? null;
    return { messageNumber, messageId: message, receive: Number(receive) };
  }
  const read = { messageNumber: Number(message), messageId: null, receive: Number(receive) };
  return read.messageNumber <= queue.lastNumber ? read : null;
}

/** The number of the receive that issued a handle, counted per message. */
export function receiveOf(handle: string): number {
  return Number((HANDLE.exec(handle) ?? HANDLE_OF_FIFO.exec(handle))?.[3]);
}

/** Whether no later receive has issued another handle since. */
export function isLatest(message: QueuedMessage, handle: ReadHandle): boolean {
  return message.receives === handle.receive;
}
