/**
 * Timers of learners' code: on the agenda while their environment runs, off it while it is frozen.
 *
 * The timers of a frozen environment keep their instants and continue with its next invocation, or never (LS-19). Whether a
 * timer fires before or after a call is a choice, and is not decided here.
 */

import type { Actor, Frame } from '../contract/trace-entry.ts';
import type { RunContext } from './context.ts';
import type { LiveEnvironment, LiveTimer } from './environments.ts';

/** Sets a timer for learners' code. */
export function setTimer(
  context: RunContext,
  environment: LiveEnvironment,
  { timer, delayMs }: { readonly timer: number; readonly delayMs: number },
  { actor, frame }: { readonly actor: Actor; readonly frame: Frame | undefined },
): void {
  const name = `${environment.id}/timer-${timer}`;
  const shown = frame === undefined ? {} : { frame };
  const setAs = context.recorder.note(actor, environment.resumedBy, {
    kind: 'timer-set',
    timer: name,
    delayMs,
    ...shown,
  });
  const dueMs = context.clock.nowMs + delayMs;
  environment.timers.set(timer, { name, dueMs, actor, setAs, onAgenda: null });
  if (!environment.frozen) resumeTimers(context, environment);
}

/** Clears a timer of learners' code. */
export function clearTimer(context: RunContext, environment: LiveEnvironment, timer: number): void {
  context.cancel(environment.timers.get(timer)?.onAgenda);
  environment.timers.delete(timer);
}

/** Removes the timers of an environment that was frozen or has died from the agenda. */
export function stopTimers(context: RunContext, environment: LiveEnvironment): void {
  for (const timer of environment.timers.values()) {
    context.cancel(timer.onAgenda);
    timer.onAgenda = null;
  }
}

/** Puts the environment's timers back on the agenda. A timer that came due in the meantime may fire at once. */
export function resumeTimers(context: RunContext, environment: LiveEnvironment): void {
  for (const [number, timer] of environment.timers) {
    if (timer.onAgenda !== null) continue;
    const about = { lane: timer.name, label: `a timer of ${timer.actor}`, cause: timer.setAs };
    const afterMs = Math.max(0, timer.dueMs - context.clock.nowMs);
    timer.onAgenda = context.schedule('sleep', afterMs, about, () => fire(context, environment, number, timer));
  }
}

function fire(context: RunContext, environment: LiveEnvironment, number: number, timer: LiveTimer): void {
  environment.timers.delete(number);
  environment.resumedBy = context.recorder.note(environment.invocation ?? timer.actor, timer.setAs, {
    kind: 'timer-fired',
    timer: timer.name,
  });
  context.command({ kind: 'fire', environment: environment.id, timer: number, nowMs: context.clock.nowMs });
}
