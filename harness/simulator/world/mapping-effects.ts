/**
 * Carries out what event source mappings ask for: receive, invoke, delete, wait. Decides nothing.
 *
 * Taking messages and giving them to the function is one step: between the two nobody could notice anything. Deleting
 * them belongs to the end of the invocation, unless their time may run out before it.
 */

import { invariant, unreachable } from '../kernel/bug.ts';
import { handleMapping } from '../services/event-source-mapping/event-source-mapping.ts';
import type { MappingEffect, MappingMessage } from '../services/event-source-mapping/messages.ts';
import { deleteMessages, queueByArn, receive, receiveAgain, watchQueue } from '../services/sqs/sqs.ts';
import type { Queue } from '../services/sqs/state.ts';
import type { Actor } from '../trace.ts';
import { answerWaiting } from './answers.ts';
import { instantOf, type RunContext } from './context.ts';
import { tellLambda } from './lambda-effects.ts';
import { pickFirst } from './redelivery.ts';
import { followSqs } from './sqs-effects.ts';

/** Tells the mappings something and carries out what follows. */
export function tellMappings(context: RunContext, message: MappingMessage, cause: number | null): void {
  const { effects, footprint } = handleMapping(context.account.mappings, message, context.clock.nowMs);
  context.touch(footprint);
  carryOutMapping(context, effects, cause);
}

/** Carries effects out in order. */
export function carryOutMapping(context: RunContext, effects: readonly MappingEffect[], cause: number | null): void {
  let because = cause;
  for (const effect of effects) because = carryOutOne(context, effect, because);
}

function carryOutOne(context: RunContext, effect: MappingEffect, cause: number | null): number | null {
  switch (effect.kind) {
    case 'note':
      return context.recorder.note(effect.by, cause, effect.event);
    case 'reply':
      answerWaiting(context, effect.call, effect.answer, cause);
      return cause;
    case 'watch': {
      const { name } = queueOf(context, effect.queueArn);
      followSqs(context, watchQueue(context.account.sqs, name, effect.watched, instantOf(context)), cause);
      return cause;
    }
    case 'poll':
      schedulePoll(context, effect, cause);
      return cause;
    case 'invoke':
      invoke(context, effect, cause);
      return cause;
    case 'delete':
      scheduleDelete(context, effect, cause);
      return cause;
    case 'wait': {
      const { of, atMs, message } = effect;
      const about = { lane: of, label: `${of} waits`, cause };
      const run = () => tellMappings(context, message, cause);
      context.deadlines.set(of, context.schedule('sleep', atMs - context.clock.nowMs, about, run));
      return cause;
    }
    case 'cancel-wait':
      context.cancel(context.deadlines.get(effect.of));
      context.deadlines.delete(effect.of);
      return cause;
    default:
      return unreachable(effect, 'effect of a mapping');
  }
}

type Poll = MappingEffect & { readonly kind: 'poll' };

function schedulePoll(context: RunContext, effect: Poll, cause: number | null): void {
  if (context.redelivering) {
    context.redelivering = false;
    poll(context, effect, cause);
    return;
  }
  const about = { lane: `${effect.mapping}/poll`, label: `the ${effect.by} takes messages`, cause };
  context.schedule('step', context.latency.mappingPollMs(), about, () => poll(context, effect, cause));
}

/** Takes what is visible, the oldest first, and gives it to the mapping, which invokes at once if the batch is complete. */
function poll(context: RunContext, effect: Poll, cause: number | null): void {
  const { mapping, maxMessages, by } = effect;
  const queue = queueOf(context, effect.queueArn);
  const first = pickFirst(context, queue, by);
  const request = { queue: queue.name, maxMessages, by, ...(first === null ? {} : { first }) };
  const step = receive(context.account.sqs, request, instantOf(context));
  const received = followSqs(context, step, cause);
  const { messages } = step;
  const visibleAgainAtMs = context.clock.nowMs + queue.settings.visibilityTimeoutSeconds * 1_000;
  tellMappings(context, { kind: 'received', mapping, messages, visibleAgainAtMs }, received);
}

/** The queue hands a message out once more: to its mapping, beside whatever that asks for. False if nothing comes of it. */
export function pollAgain(
  context: RunContext,
  queue: Queue,
  messageId: string,
  to: { readonly mapping: string; readonly number: number },
  by: Actor,
  note: () => number,
): boolean {
  const step = receiveAgain(context.account.sqs, { queue: queue.name, messageId, by }, instantOf(context));
  const [message] = step.messages;
  if (message === undefined) return false;
  const received = followSqs(context, step, note());
  const visibleAgainAtMs = context.clock.nowMs + queue.settings.visibilityTimeoutSeconds * 1_000;
  tellMappings(context, { kind: 'received-again', ...to, message, visibleAgainAtMs }, received);
  return true;
}

/** A synchronous invocation (SE-01); the answer goes back to the mapping. */
function invoke(context: RunContext, effect: MappingEffect & { readonly kind: 'invoke' }, cause: number | null): void {
  const { batch, functionName, payloadJson, number } = effect;
  context.answeredToServices.set(batch, (answer, answered) =>
    tellMappings(context, { kind: 'answered', batch, answer }, answered ?? cause),
  );
  const input = { FunctionName: functionName, Payload: payloadJson };
  const asked = number === undefined ? {} : { number };
  tellLambda(context, { kind: 'call', call: batch, operation: 'Invoke', input, ...asked }, cause);
}

function scheduleDelete(
  context: RunContext,
  effect: MappingEffect & { readonly kind: 'delete' },
  cause: number | null,
): void {
  const { queueArn, receiptHandles, by, why } = effect;
  const run = () => {
    const request = { queue: queueOf(context, queueArn).name, receiptHandles, by };
    followSqs(context, deleteMessages(context.account.sqs, request, instantOf(context)), cause);
  };
  if (why === 'filtered' || !context.faults.decidesBy('deadline')) {
    run();
    return;
  }
  const about = { lane: `delete of ${receiptHandles[0]}`, label: `the ${by} deletes`, cause };
  context.schedule('step', 0, about, run);
}

function queueOf(context: RunContext, arn: string): Queue {
  const queue = queueByArn(context.account.sqs, arn);
  invariant(queue !== undefined, `a mapping reads from «${arn}», which is not there`);
  return queue;
}
