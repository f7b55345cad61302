/**
 * What time does to a queue: visibility timeouts and delays end, old messages expire.
 *
 * Applied whenever a queue is looked at, so that nothing needs a timer of its own. Deadlines for those who wait are in
 * waiting.ts.
 */

import { firstHidden, leave, oldest, show } from './place.ts';
import type { Queue, QueuedMessage } from './state.ts';
import type { Work } from './work.ts';

/** Brings a queue up to now. */
export function letTimePass(work: Work, queue: Queue): void {
  endDelays(work, queue);
  endVisibilityTimeouts(work, queue);
  expire(work, queue);
}

function endDelays(work: Work, queue: Queue): void {
  for (;;) {
    const message = firstHidden(queue, 'delayed');
    if (message === undefined || message.visibleAtMs > work.nowMs) return;
    work.changesVisible(queue, message);
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

/** A message that was in flight can be received again. */
export function showAgain(work: Work, queue: Queue, message: QueuedMessage, why: Why): void {
  work.changesVisible(queue, message);
  show(queue, message);
  noteVisibleAgain(work, queue, message, why);
}

type Why = 'timeout' | 'returned' | 'duplicate';

/** Notes it, also for one that is received in the same step. */
export function noteVisibleAgain(work: Work, queue: Queue, message: QueuedMessage, why: Why): void {
  const { messageId } = message.content;
  work.note(work.shown(queue), { kind: 'message-visible-again', queue: work.shown(queue), messageId, why });
}

/** Messages older than the retention period are gone, wherever they were (SQ-08). */
function expire(work: Work, queue: Queue): void {
  const retentionMs = queue.settings.messageRetentionPeriodSeconds * 1_000;
  for (;;) {
    const message = oldest(queue);
    if (message === undefined || message.sentAtMs + retentionMs > work.nowMs) return;
    work.changesVisible(queue, message);
    leave(queue, message);
  }
}
