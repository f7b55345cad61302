/**
 * A message's second delivery, as a standard queue may make it (SQ-09): that it comes once more is chosen when it is handed out;
 * when it comes is a question of order.
 *
 * It is offered where a message is handed out (hand-out.ts). A message that is back in the queue by itself comes once, and no fault is counted.
 */

import type { AwsAnswer, CallId } from '../../contract/answer.ts';
import { invariant } from '../../kernel/bug.ts';
import { duplicate, giveAgain } from './change.ts';
import { queueByName } from './find-queue.ts';
import type { Handed, SqsMessage, Taker } from './messages.ts';
import { sourceItemOf } from './record.ts';
import type { Queue, SqsState } from './state.ts';
import type { Work } from './work.ts';

/**
 * A message that was handed out will come once more. If one mapping takes whatever comes, beside all else that it does, the message goes straight to it: the invocation that it
 * makes gets its number now, so that its name does not depend on when the message comes.
 */
export function willComeAgain(work: Work, handed: Handed): void {
  const queue = queueByName(work.state, handed.queue);
  const alone = queue.reader?.alone ?? null;
  if (alone === null) {
    scheduleAgain(work, queue, handed, null);
    return;
  }
  const call = `number for ${handed.messageId}, received ${handed.receiveCount} times`;
  work.state.reserving.set(call, { handed, mapping: alone.mapping });
  work.effects.push({
    kind: 'send',
    to: alone.functionArn,
    by: work.shown(queue),
    request: { kind: 'reserve' },
    call,
  });
}

/** The number has come; there is none if there is no such function. */
export function reserved(work: Work, call: CallId, answer: AwsAnswer): void {
  const reserving = work.state.reserving.get(call);
  invariant(reserving !== undefined && answer.ok, `nothing was reserved as «${call}»`);
  work.state.reserving.delete(call);
  const { handed, mapping } = reserving;
  const { number } = answer.output;
  const to = typeof number === 'number' ? { mapping, number } : null;
  scheduleAgain(work, queueByName(work.state, handed.queue), handed, to);
}

function scheduleAgain(work: Work, queue: Queue, handed: Handed, to: Taker | null): void {
  const { queue: name, messageId, receiveCount, by } = handed;
  work.effects.push({
    kind: 'timer',
    of: `${messageId}/again-${receiveCount}`,
    as: 'step',
    atMs: work.nowMs,
    message: { kind: 'comes-again', queue: name, messageId, receiveCount, by, to },
    label: `${work.shown(queue)} delivers a message once more`,
  });
}

/** The message is handed out at once if a mapping takes it: that it was visible for a moment can't be noticed. */
export function comesAgain(work: Work, message: SqsMessage & { readonly kind: 'comes-again' }): void {
  const { queue: name, messageId, to } = message;
  const queue = queueByName(work.state, name);
  work.looksAtMessage(queue, messageId);
  // Back in the queue by itself, or expired: nothing more comes of it.
  if (!duplicableMessages(work.state, name).includes(messageId)) return;
  work.effects.push({ kind: 'strike', fault: 'duplicate', by: work.shown(queue) });
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

/** The messages that a queue might hand out once more, by id: in flight, or deleted lately. */
export function duplicableMessages(state: SqsState, queueName: string): readonly string[] {
  const { messages, lately } = queueByName(state, queueName);
  const inFlight = [...messages.values()].filter(({ place }) => place === 'in-flight');
  return [...inFlight, ...lately.values()].map(({ content }) => content.messageId);
}
