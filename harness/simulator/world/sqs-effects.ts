/**
 * Carries out what SQS asks for: replies to long polls, deadlines, notes. Decides nothing.
 */

import { unreachable } from '../kernel/bug.ts';
import type { Footprint } from '../services/service.ts';
import type { SqsEffect, SqsMessage, SqsStep } from '../services/sqs/messages.ts';
import { handleSqs, isHiddenPath } from '../services/sqs/sqs.ts';
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
  context.touch(asFarAsItMatters(context, footprint));
  return carryOutSqs(context, effects, cause);
}

/**
 * Which hidden message comes back first matters where time may pass although there is work: only under a budget for
 * that. Elsewhere it passes when all else is done, whatever the order was.
 */
export function asFarAsItMatters(context: RunContext, footprint: Footprint): Footprint {
  if (context.faults.mayStrike('deadline')) return footprint;
  const matters = (path: string): boolean => !isHiddenPath(path);
  return { ...footprint, reads: footprint.reads.filter(matters), writes: footprint.writes.filter(matters) };
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
      context.cancel(context.deadlines.get(of));
      context.queuesOfDeadlines.set(of, context.account.sqs.displayNames.get(queue) ?? queue);
      const run = () => tellSqs(context, message, cause);
      context.deadlines.set(of, context.schedule(agenda, atMs - context.clock.nowMs, about, run));
      return cause;
    }
    case 'cancel-deadline':
      context.cancel(context.deadlines.get(effect.of));
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
