/**
 * Long polls and mappings, which wait for messages. At the end of each step they learn what it has changed for them.
 *
 * A queue sets deadlines only while a long poll or a mapping waits, one for each reason that a message is hidden. A queue
 * without them puts nothing on the agenda.
 */

import { type CallId, ok } from '../../contract/answer.ts';
import type { Reader } from '../../contract/event-source.ts';
import { groupOf, groupsInTurn } from './groups.ts';
import type { SqsEffect } from './messages.ts';
import { letTimePass } from './passing.ts';
import { firstHidden } from './place.ts';
import { tryAgain, waitName } from './receive.ts';
import type { Queue } from './state.ts';
import { deadlineName, timerOf } from './timer.ts';
import type { Work } from './work.ts';

/** Answers long polls, then sets the deadlines, and finally reports messages that are left. */
export function tellThoseWhoWait(work: Work): void {
  const changed = new Set<Queue>();
  for (;;) {
    const [queue] = work.touched;
    if (queue === undefined) break;
    work.touched.delete(queue);
    changed.add(queue);
    letTimePass(work, queue);
    answerPolls(work, queue);
  }
  for (const queue of changed) {
    setDeadline(work, queue, 'visibility');
    setDeadline(work, queue, 'delay');
  }
  for (const queue of changed) {
    const { reader } = queue;
    if (reader !== null && isNews(work, queue)) work.effects.push(available(work, queue, reader));
  }
}

/** Whether the step has left messages that a reader may take now. On a FIFO queue only those of groups that it has changed are news. */
function isNews(work: Work, queue: Queue): boolean {
  const { fifo } = queue;
  if (fifo === null) return work.madeVisible.has(queue) && queue.counts.visible > 0;
  if (work.madeVisible.has(queue)) return groupsInTurn(queue, fifo, 1).length > 0;
  const changed = [...(work.changedGroups.get(queue) ?? [])];
  return changed.some((id) => groupOf(fifo, id).readyAtMs !== null);
}

/** Answers the polls in the order in which they began to wait. */
function answerPolls(work: Work, queue: Queue): void {
  for (const poll of queue.polls.values()) {
    if (queue.counts.visible === 0) return;
    const answer = tryAgain(work, queue, poll);
    if (answer === null) continue;
    work.waits(queue);
    queue.polls.delete(poll.call);
    work.effects.push({ kind: 'cancel', of: waitName(queue, poll.call) });
    work.effects.push({ kind: 'reply', call: poll.call, answer });
  }
}

/** Ends a long poll that has waited for its full time, with an empty answer. */
export function endWait(work: Work, queue: Queue, call: CallId): void {
  work.waits(queue);
  if (queue.polls.delete(call)) work.effects.push({ kind: 'reply', call, answer: ok({}) });
}

/**
 * A visibility timeout is the service's own limit: if it passes while other work is enabled, that work was slow. A delay is
 * not a limit of any work, so it passes like a sleep.
 */
const REASONS = {
  visibility: { place: 'in-flight', agenda: 'deadline' },
  delay: { place: 'delayed', agenda: 'sleep' },
} as const;

function setDeadline(work: Work, queue: Queue, reason: keyof typeof REASONS): void {
  const { place, agenda } = REASONS[reason];
  const somebodyWaits = queue.reader !== null || queue.polls.size > 0;
  const atMs = somebodyWaits ? (firstHidden(queue, place)?.visibleAtMs ?? null) : null;
  const of = deadlineName(queue, reason);
  const hasMoved = queue.hasMoved[place];
  queue.hasMoved[place] = false;
  if (atMs === queue.wakes[reason]) {
    // Another message has the same instant: which of the two sets the deadline, or ends it, is a matter of their order.
    if (atMs !== null && hasMoved) work.effects.push({ kind: 'keep', of });
    return;
  }
  queue.wakes[reason] = atMs;
  const message = { kind: 'time-passed', queue: queue.name } as const;
  work.effects.push(atMs === null ? { kind: 'cancel', of } : timerOf(work, queue, { of, as: agenda, atMs, message }));
}

/** Reports to a queue's reader that there are visible messages. */
function available(work: Work, queue: Queue, { arn }: Reader): SqsEffect {
  const request = { kind: 'available', source: queue.arn, lane: null, isAtOnce: work.isAtOnce } as const;
  return { kind: 'send', to: arn, by: work.shown(queue), request };
}
