/**
 * The second delivery of a message, which a standard queue allows (SQ-09). Whether it happens is chosen when the message is
 * handed out; when it happens is a matter of the schedule.
 *
 * hand-out.ts offers it. A message that is back in the queue by itself has no second delivery, and no fault is counted.
 */

import type { AwsAnswer, CallId } from '../../contract/answer.ts';
import { invariant } from '../../kernel/bug.ts';
import { duplicate, forgetReceive, giveAgain } from './change.ts';
import { queueByName } from './find-queue.ts';
import type { Handed, SqsMessage, Taker } from './messages.ts';
import { sourceItemOf } from './record.ts';
import type { Queue, SqsState } from './state.ts';
import type { Work } from './work.ts';

/**
 * Prepares the second delivery of a message that was handed out. If a single mapping reads the queue and takes every message
 * immediately, the message goes straight to it. The invocation that this starts gets its number now, so that its name does
 * not depend on the moment of the delivery.
 */
export function willComeAgain(work: Work, handed: Handed): void {
  const queue = queueByName(work.state, handed.queue);
  const alone = queue.reader?.alone ?? null;
  if (alone === null) {
    scheduleAgain(work, queue, handed, null);
    return;
  }
  const call = `number for ${handed.messageId}, received ${handed.receives} times`;
  work.state.reserving.set(call, { handed, mapping: alone.mapping });
  work.effects.push({
    kind: 'send',
    to: alone.functionArn,
    by: work.shown(queue),
    request: { kind: 'reserve' },
    call,
  });
}

/** Receives the reserved number; there is none if the function does not exist. */
export function reserved(work: Work, call: CallId, answer: AwsAnswer): void {
  const reserving = work.state.reserving.get(call);
  invariant(reserving !== undefined && answer.ok, `nothing was reserved as «${call}»`);
  work.state.reserving.delete(call);
  const { handed, mapping } = reserving;
  const { number } = answer.output;
  const to = typeof number === 'number' ? { mapping, number } : null;
  scheduleAgain(work, queueByName(work.state, handed.queue), handed, to);
}

/** The delete of a message that a mapping has taken from a FIFO queue will be lost (SE-20). */
export function willLoseDelete(work: Work, { queue: name, messageId, receives }: Handed): void {
  const queue = queueByName(work.state, name);
  const message = queue.messages.get(queue.fifo?.numbers.get(messageId) ?? 0);
  invariant(message !== undefined, `${messageId} was handed out and is not in «${name}»`);
  work.changesVisible(queue, message);
  message.losesDeleteOf = receives;
}

function scheduleAgain(work: Work, queue: Queue, handed: Handed, to: Taker | null): void {
  const { messageId, receives } = handed;
  work.effects.push({
    kind: 'timer',
    of: `${messageId}/again-${receives}`,
    as: 'step',
    atMs: work.nowMs,
    message: { ...handed, kind: 'comes-again', to },
    label: `${work.shown(queue)} delivers a message once more`,
  });
}

/**
 * Makes the second delivery. If a mapping takes the message, it is handed out at once: no actor could notice that it was
 * visible for a moment.
 */
export function comesAgain(work: Work, message: SqsMessage & { readonly kind: 'comes-again' }): void {
  const { queue: name, messageId, to } = message;
  const queue = work.state.queues.get(name);
  if (queue === undefined) {
    work.looksAtNamed(name);
    return;
  }
  work.looksAtMessage(queue, messageId);
  // The message is back in the queue by itself, or has expired: there is no second delivery.
  if (!duplicableMessages(work.state, name).includes(messageId)) return;
  work.effects.push({ kind: 'strike', fault: 'duplicate', by: work.shown(queue) });
  if (message.isUnheard) forgetReceive(queue, messageId);
  const isStillAlone = to !== null && queue.reader?.alone?.mapping === to.mapping;
  if (isStillAlone && handOverAgain(work, queue, message, to)) return;
  work.isAtOnce = true;
  duplicate(work, queue, messageId);
}

function handOverAgain(work: Work, queue: Queue, { messageId, by }: Handed, to: Taker): boolean {
  const message = giveAgain(work, queue, messageId, by);
  if (message === null) return false;
  work.last.push({
    kind: 'send',
    to: to.mapping,
    by: work.shown(queue),
    request: {
      kind: 'handed-out-again',
      item: sourceItemOf(message, { arn: queue.arn, region: work.state.region }),
      visibleAgainAtMs: work.nowMs + queue.settings.visibilityTimeoutSeconds * 1_000,
      number: to.number,
    },
  });
  return true;
}

/** The ids of messages that a queue might deliver a second time: those in flight, and those deleted recently. */
export function duplicableMessages(state: SqsState, queueName: string): readonly string[] {
  const { messages, lately } = queueByName(state, queueName);
  const inFlight = [...messages.values()].filter(({ place }) => place === 'in-flight');
  return [...inFlight, ...lately.values()].map(({ content }) => content.messageId);
}
