/**
 * A call whose sender gives up waiting, as a client with a time limit does: its connection is closed.
 *
 * The request had left by then, or never does. If it had, it arrives while the time of its invocation lasts; a later arrival
 * costs a fault, `slow`. Its answer reaches no code.
 */

import { arriveBy } from './calls.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { LiveEnvironment } from './environments.ts';

/** The code of an environment no longer waits for the call of this number. */
export function giveUp(context: RunContext, environment: LiveEnvironment, number: number): void {
  const call = [...context.calls.values()].find(
    (each) => each.environment === environment && each.numberInEnvironment === number,
  );
  if (call === undefined) return;
  call.isGivenUp = true;
  environment.outstanding -= 1;
  if (isOnItsWay(context, call) && !strikesSlow(context, call))
    arriveBy(context, call, Math.max(context.clock.nowMs, environment.deadlineMs));
}

/** A call that is slow already has its instant, and in a timed run each call has. */
function isOnItsWay({ agenda, account }: RunContext, { appliedAs, sentAs, onAgenda }: PendingCall): boolean {
  if (appliedAs !== sentAs || onAgenda === null || account.settings.isTimed) return false;
  return agenda.kindOf(onAgenda) === 'step';
}

/** Chooses whether the call arrives at any time from now on. */
function strikesSlow(context: RunContext, call: PendingCall): boolean {
  if (!context.faults.pickSlow(context.options.choices)) return false;
  context.faultsSpent += 1;
  context.recorder.note(call.actor, call.sentAs, { kind: 'fault', fault: 'slow', call: call.id });
  return true;
}
