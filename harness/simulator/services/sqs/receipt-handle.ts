/**
 * Receipt handles: the message and the receive that each one stands for (SQ-03).
 *
 * AWS's are opaque, and learners' code must treat these as opaque, too. Here they name queue, message and receive, so that a
 * handle keeps its meaning after the message is gone.
 */

import type { Queue, QueuedMessage } from './state.ts';

export interface ReadHandle {
  readonly messageNumber: number;
  /** The number of the receive that issued it, counted per message. */
  readonly receive: number;
}

const HANDLE = /^AQEBq(\d+)m(\d+)r(\d+)$/;

/** The handle of a message's latest receive. */
export function receiptHandle(queue: Queue, message: QueuedMessage): string {
  return `AQEBq${queue.number}m${message.number}r${message.receives}`;
}

/** What a handle stands for; null if this queue has never issued it. */
export function readHandle(queue: Queue, handle: string): ReadHandle | null {
  const [, queueNumber, messageNumber, receive] = HANDLE.exec(handle) ?? [];
  if (queueNumber !== String(queue.number)) return null;
  const read = { messageNumber: Number(messageNumber), receive: Number(receive) };
  return read.messageNumber <= queue.lastNumber ? read : null;
}

/** The number of the receive that issued a handle, counted per message. */
export function receiveOf(handle: string): number {
  return Number(HANDLE.exec(handle)?.[3]);
}

/** Whether no later receive has issued another handle since. */
export function isLatest(message: QueuedMessage, handle: ReadHandle): boolean {
  return message.receives === handle.receive;
}
