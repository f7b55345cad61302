/**
 * Carries out what SQS asks for: replies to long polls, deadlines, notes. Decides nothing.
 */

import { unreachable } from '../kernel/bug.ts';
import type { SqsEffect, SqsMessage, SqsStep } from '../services/sqs/messages.ts';
import { handleSqs } from '../services/sqs/sqs.ts';
import { answerWaiting } from './answers.ts';
import { instantOf, type RunContext } from './context.ts';
import { tellMappings } from './mapping-effects.ts';
import { mayComeAgain } from './redelivery.ts';

/** Tells SQS something and carries out what follows. */
export function tellSqs(context: RunContext, message: SqsMessage, cause: number | null): void {
  followSqs(context, handleSqs(context.account.sqs, message, instantOf(context)), cause);
}

/** Carries out what a step of SQS asks for; gives back what it noted last. */
export function followSqs(context: RunContext, { effects, footprint }: SqsStep, cause: number | null): number | null {
  context.touch(footprint);
  return carryOutSqs(context, effects, cause);
}

/** Carries effects out in order; a note is the cause of what comes after it, and the last one is given back. */
export function carryOutSqs(context: RunContext, effects: readonly SqsEffect[], cause: number | null): number | null {
  let because = cause;
  for (const effect of effects) because = carryOutOne(context, effect, because);
  return because;
}

function carryOutOne(context: RunContext, effect: SqsEffect, cause: number | null): number | null {
  switch (effect.kind) {
    case 'note': {
      const noted = context.recorder.note(effect.by, cause, effect.event);
      if (effect.event.kind === 'message-received') mayComeAgain(context, effect.event, noted);
      return noted;
    }
    case 'reply':
      answerWaiting(context, effect.call, effect.answer, cause);
      return cause;
    case 'deadline': {
      const { of, queue, agenda, atMs, message } = effect;
      const about = { lane: of, label: `${of} (${queue})`, cause };
      context.agenda.cancel(context.deadlines.get(of) ?? -1);
      context.queuesOfDeadlines.set(of, context.account.sqs.displayNames.get(queue) ?? queue);
      const run = () => tellSqs(context, message, cause);
      context.deadlines.set(of, context.schedule(agenda, atMs - context.clock.nowMs, about, run));
      return cause;
    }
    case 'cancel-deadline':
      context.agenda.cancel(context.deadlines.get(effect.of) ?? -1);
      context.deadlines.delete(effect.of);
      return cause;
    case 'available': {
      const queueArn = context.account.sqs.queues.get(effect.queue)?.arn;
      if (queueArn !== undefined) tellMappings(context, { kind: 'available', queueArn }, cause);
      return cause;
    }
    default:
      return unreachable(effect, 'sqs effect');
  }
}
