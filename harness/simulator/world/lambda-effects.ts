/**
 * Carries out what Lambda asks for: replies, processes, deadlines, notes. Decides nothing.
 */

import { unreachable } from '../kernel/bug.ts';
import { handleLambda } from '../services/lambda/lambda.ts';
import type { LambdaEffect, LambdaMessage } from '../services/lambda/messages.ts';
import type { Actor, TraceEvent } from '../trace.ts';
import { answerWaiting } from './answers.ts';
import { deliver, waitForEvent } from './async-events.ts';
import { type RunContext, SCENARIO } from './context.ts';
import { resumeTimers, stopTimers } from './timers.ts';

/** Tells Lambda something and carries out what follows. */
export function tellLambda(context: RunContext, message: LambdaMessage, cause: number | null): void {
  const { effects, footprint } = handleLambda(context.account.lambda, message, context.clock.nowMs);
  context.touch(footprint);
  carryOut(context, effects, cause);
}

/** Carries effects out in order; a note is the cause of what comes after it. */
export function carryOut(context: RunContext, effects: readonly LambdaEffect[], cause: number | null): void {
  let because = cause;
  for (const effect of effects) because = carryOutOne(context, effect, because);
}

function carryOutOne(context: RunContext, effect: LambdaEffect, cause: number | null): number | null {
  const { nowMs } = context.clock;
  switch (effect.kind) {
    case 'note':
      return context.recorder.note(actorOf(effect.event), cause, effect.event);
    case 'reply':
      answerWaiting(context, effect.call, effect.answer, cause);
      return cause;
    case 'start':
      context.environments.start(effect.environment, cause, effect.first ?? null);
      startEnvironment(context, effect, cause);
      return cause;
    case 'invoke': {
      const { environment, invocation } = effect;
      if (!context.environments.hasBegun(effect)) context.command({ ...effect, nowMs });
      for (const resume of context.environments.thaw(environment, invocation, cause)) resume();
      resumeTimers(context, context.environments.get(environment));
      return cause;
    }
    case 'freeze':
      stopTimers(context, context.environments.freeze(effect.environment));
      return cause;
    case 'kill':
      stopTimers(context, context.environments.kill(effect.environment));
      context.command({ kind: 'kill', environment: effect.environment });
      return cause;
    case 'deadline': {
      const { of, atMs, message } = effect;
      const about = { lane: of, label: `the deadline of ${of}`, cause };
      context.cancel(context.deadlines.get(of));
      context.deadlines.set(
        of,
        context.schedule('deadline', atMs - nowMs, about, () => tellLambda(context, message, cause)),
      );
      return cause;
    }
    case 'wait':
      waitForEvent(context, effect, cause);
      return cause;
    case 'deliver':
      deliver(context, effect, cause);
      return cause;
    case 'cancel-deadline':
      context.cancel(context.deadlines.get(effect.of));
      context.deadlines.delete(effect.of);
      return cause;
    default:
      return unreachable(effect, 'lambda effect');
  }
}

/** In a timed run its code is loaded when the environment is there; Lambda waits for it meanwhile. */
function startEnvironment(
  context: RunContext,
  effect: LambdaEffect & { readonly kind: 'start' },
  cause: number | null,
): void {
  const { environment, settings, first } = effect;
  const run = () => {
    const start = { kind: 'start', environment, settings, nowMs: context.clock.nowMs } as const;
    context.command(first === undefined ? start : { ...start, first });
  };
  const readyMs = context.latency.environmentStartMs();
  const about = { lane: `${effect.environment}/start`, label: `${effect.environment} is made`, cause };
  if (readyMs === 0) run();
  else context.schedule('step', readyMs, about, run);
}

function actorOf(event: TraceEvent): Actor {
  switch (event.kind) {
    case 'invocation-started':
    case 'invocation-ended':
      return event.invocation;
    case 'environment-created':
    case 'environment-reset':
      return event.environment;
    case 'invocation-throttled':
    case 'event-queued':
    case 'event-retried':
    case 'event-discarded':
      return event.functionName;
    default:
      return SCENARIO;
  }
}
