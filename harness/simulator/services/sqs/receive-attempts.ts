/**
 * Receives that may be repeated (SQ-20): for five minutes a receive of a FIFO queue under the same `ReceiveRequestAttemptId` returns the
 * same messages with the same handles, and hides them anew.
 *
 * If one of them was deleted, has another visibility timeout or is visible again, the receive is a new one (UV-62).
 */

import { recalled, rememberRecent } from '../../contract/recent.ts';
import type { FifoState, ReceiveAttempt } from './fifo-state.ts';
import type { ReceivedMessage } from './messages.ts';
import { hide } from './place.ts';
import { isLatest, readHandle } from './receipt-handle.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

const ATTEMPT_MS = 300_000;

interface Attempted {
  readonly attemptId: string;
  readonly timeoutSeconds: number;
}

/** The messages of the receive that had this id; null if there was none, or if it can't be repeated. */
export function repeatedReceive(
  work: Work,
  queue: Queue,
  fifo: FifoState,
  { attemptId, timeoutSeconds }: Attempted,
): readonly ReceivedMessage[] | null {
  work.changesAttempt(queue, attemptId);
  const attempt = recalled(fifo.attempts, attemptId, work.nowMs, ATTEMPT_MS);
  const held = attempt === null ? null : stillHeld(queue, fifo, attempt);
  if (attempt === null || held === null) return null;
  const hiddenUntilMs = work.nowMs + timeoutSeconds * 1_000;
  for (const message of held) {
    work.changesVisible(queue, message);
    hide(queue, message, hiddenUntilMs);
  }
  fifo.attempts.byKey.set(attemptId, { ...attempt, hiddenUntilMs });
  return attempt.messages;
}

/** Remembers what a receive has returned. One that found nothing is not worth repeating. */
export function rememberReceive(
  work: Work,
  fifo: FifoState,
  { attemptId, timeoutSeconds }: Attempted,
  messages: readonly ReceivedMessage[],
): void {
  fifo.attempts.byKey.delete(attemptId);
  if (messages.length === 0) return;
  const attempt = { atMs: work.nowMs, messages, hiddenUntilMs: work.nowMs + timeoutSeconds * 1_000 };
  rememberRecent(fifo.attempts, attemptId, attempt, ATTEMPT_MS);
}

/** The messages of a receive, if nothing has happened to any of them since. */
function stillHeld(
  queue: Queue,
  fifo: FifoState,
  { messages, hiddenUntilMs }: ReceiveAttempt,
): readonly QueuedMessage[] | null {
  const held: QueuedMessage[] = [];
  for (const { MessageId, ReceiptHandle } of messages) {
    const message = queue.messages.get(fifo.numbers.get(MessageId) ?? 0);
    const handle = readHandle(queue, ReceiptHandle);
    if (message === undefined || handle === null || !isLatest(message, handle)) return null;
    if (message.place !== 'in-flight' || message.visibleAtMs !== hiddenUntilMs) return null;
    held.push(message);
  }
  return held;
}
