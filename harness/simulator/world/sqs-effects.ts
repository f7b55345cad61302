/**
 * Carries out what SQS asks for: replies to long polls, deadlines, notes. Decides nothing.
 */

import { unreachable } from '../kernel/bug.ts';
import type { SqsEffect, SqsMessage } from '../services/sqs/messages.ts';
import { handleSqs } from '../services/sqs/sqs.ts';
import { answerWaiting } from './answers.ts';
import type { RunContext } from './context.ts';

/** Tells SQS something and carries out what follows. */
export function tellSqs(context: RunContext, message: SqsMessage, cause: number | null): void {
  const at = { nowMs: context.clock.nowMs, epochMs: context.options.epochMs };
  carryOutSqs(context, handleSqs(context.account.sqs, message, at).effects, cause);
}

/** Carries effects out in order; a note is the cause of what comes after it. */
export function carryOutSqs(context: RunContext, effects: readonly SqsEffect[], cause: number | null): void {
  let because = cause;
  for (const effect of effects) because = carryOutOne(context, effect, because);
}

function carryOutOne(context: RunContext, effect: SqsEffect, cause: number | null): number | null {
  switch (effect.kind) {
    case 'note':
      return context.recorder.note(effect.by, cause, effect.event);
    case 'reply':
      answerWaiting(context, effect.call, effect.answer, cause);
      return cause;
    case 'deadline': {
      const { of, queue, agenda, atMs, message } = effect;
      const about = { lane: of, label: `${of} (${queue})`, cause };
      context.agenda.cancel(context.deadlines.get(of) ?? -1);
      const run = () => tellSqs(context, message, cause);
      context.deadlines.set(of, context.schedule(agenda, atMs - context.clock.nowMs, about, run));
      return cause;
    }
    case 'cancel-deadline':
      context.agenda.cancel(context.deadlines.get(effect.of) ?? -1);
      context.deadlines.delete(effect.of);
      return cause;
    case 'available':
      return cause;
    default:
      return unreachable(effect, 'sqs effect');
  }
}
