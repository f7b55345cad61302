/**
 * Calls of one service that are on their way at the same time, and can meet.
 *
 * Keeps who is on the way, for the services that ask for it, and declares in footprints who notices whom. What comes of a meeting
 * is a fault of the service's own (contract/call-fault.ts).
 */

import type { Encounter, MetCall } from '../contract/call-fault.ts';
import type { PendingCall, RunContext } from './context.ts';

/** Records that a call sets out: others may meet it from now on. */
export function setsOutToMeet(context: RunContext, call: PendingCall): void {
  const encounter = encounterOf(context, call);
  if (encounter !== null) context.touch(encounter.passing);
}

/** Records that a call arrives: it looks whom it meets, and from now on no other call meets it. */
export function looksWhomItMeets(context: RunContext, call: PendingCall): void {
  const encounter = encounterOf(context, call);
  if (encounter === null) return;
  context.touch(encounter.passing);
  context.touch(encounter.looking);
}

/** The calls that a call meets when it arrives: those on their way, and those that it met before. */
export function whomItMeets(context: RunContext, call: PendingCall): readonly MetCall[] {
  return [...othersOnTheWay(context, call).map((other) => asMet(other, false)), ...call.met];
}

/** Records that the calls on their way have met this one, which does nothing. */
export function rememberMeeting(context: RunContext, call: PendingCall): void {
  for (const other of othersOnTheWay(context, call)) other.met.push(asMet(call, true));
}

/** How a call meets others, if the scenario's budget allows what comes of it and footprints are wanted. */
function encounterOf(context: RunContext, call: PendingCall): Encounter | null {
  if (!context.isAskedForFootprints || !call.target.faults.some((fault) => context.faults.isAllowed(fault)))
    return null;
  const encounter = call.target.meets?.(context.account.stateOf(call.target), call) ?? null;
  return encounter !== null && context.faults.isAllowed(encounter.fault) ? encounter : null;
}

/** The other calls of the same service that have been sent and have not arrived. */
function othersOnTheWay(context: RunContext, call: PendingCall): readonly PendingCall[] {
  return [...context.calls.values()].filter(
    (other) => other !== call && other.target === call.target && other.appliedAs === other.sentAs,
  );
}

function asMet({ operation, input }: PendingCall, isOver: boolean): MetCall {
  return { operation, input, isOver };
}
