/**
 * The effects of time on a queue: visibility timeouts and delays end, old messages expire.
 *
 * They are applied whenever a step reads a queue, so they need no timers. The deadlines of long polls and mappings are in
 * waiting.ts.
 */

import { firstHidden, leave, oldest, show } from './place.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

/** Brings a queue up to the current time. */
export function letTimePass(work: Work, queue: Queue): void {
  endDelays(work, queue);
  endVisibilityTimeouts(work, queue);
  expire(work, queue);
}

function endDelays(work: Work, queue: Queue): void {
  for (;;) {
    const message = firstHidden(queue, 'delayed');
    if (message === undefined || message.visibleAtMs > work.nowMs) return;
    work.changesByTime(queue, message);
    show(queue, message);
  }
}

function endVisibilityTimeouts(work: Work, queue: Queue): void {
  for (;;) {
    const message = firstHidden(queue, 'in-flight');
    if (message === undefined || message.visibleAtMs > work.nowMs) return;
    showAgain(work, queue, message, 'timeout');
  }
}

/** Makes a message that was in flight visible again. */
export function showAgain(work: Work, queue: Queue, message: QueuedMessage, why: Why): void {
  if (why === 'timeout') work.changesByTime(queue, message);
  else {
    message.visibleAtMs = work.nowMs;
    work.changesVisible(queue, message);
  }
  show(queue, message);
  noteVisibleAgain(work, queue, message, why);
}

type Why = 'timeout' | 'returned' | 'duplicate';

/** Notes that a message became visible again, even if the same step receives it. */
export function noteVisibleAgain(work: Work, queue: Queue, message: QueuedMessage, why: Why): void {
  const { messageId } = message.content;
  work.note(work.shown(queue), { kind: 'message-visible-again', queue: work.shown(queue), messageId, why });
}

/** Removes messages older than the retention period from every place (SQ-08). */
function expire(work: Work, queue: Queue): void {
  const retentionMs = queue.settings.messageRetentionPeriodSeconds * 1_000;
  for (;;) {
    const message = oldest(queue);
    if (message === undefined || message.sentAtMs + retentionMs > work.nowMs) return;
    work.changesByTime(queue, message);
    leave(queue, message);
    const { messageId } = message.content;
    const keptForMs = work.nowMs - message.sentAtMs;
    work.noteAside({ kind: 'message-expired', queue: work.shown(queue), messageId, keptForMs, retentionMs });
  }
}
