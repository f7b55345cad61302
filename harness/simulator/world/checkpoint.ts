/**
 * A checkpoint of a world: all that its steps change, part by part.
 *
 * It is taken between two steps, when code and scenario wait and no command for the host is left. Every member of the run's context that
 * changes is in here; tests hold that, by comparing resumed runs with runs from the start. Chooses nothing and runs nothing.
 */

import { invariant } from '../kernel/bug.ts';
import { type PutBack, refill } from '../kernel/checkpoint.ts';
import type { PendingCall, RunContext } from './context.ts';
import type { ScenarioActor } from './scenario.ts';

/** Takes a checkpoint of a world and its scenario; null if the host or the scenario can't be put back to where it is. */
export function checkpointOf(context: RunContext, actor: ScenarioActor<unknown>): PutBack | null {
  const { host } = context.options;
  const ofHost = host.checkpoint?.() ?? null;
  const ofActor = actor.checkpoint?.() ?? null;
  if (ofHost === null || ofActor === null) return null;
  invariant(context.commands.length === 0, 'a checkpoint is taken while commands for the host are left');
  const { account, agenda, recorder, faults, environments } = context;
  const parts = [
    ...[ofHost, ofActor, numbersOf(context), mapsOf(context), callsOf(context)],
    ...[account, agenda, recorder, faults, environments].map((part) => part.checkpoint()),
  ];
  return () => parts.every((putBack) => putBack());
}

function numbersOf(context: RunContext): PutBack {
  const clock = { ...context.clock };
  const { lastCall, faultsSpent, scenarioWoken, foundSomething } = context;
  return () => {
    Object.assign(context.clock, clock);
    Object.assign(context, { lastCall, faultsSpent, scenarioWoken, foundSomething });
    context.commands = [];
    return true;
  };
}

/** What the services and the scenario wait for. The values of these maps never change. */
function mapsOf({ timers, deadlineOwners, asking, waitingForRest }: RunContext): PutBack {
  const before = { timers: new Map(timers), owners: new Map(deadlineOwners), asking: new Map(asking) };
  const waiting = [...waitingForRest];
  return () => {
    refill(timers, before.timers);
    refill(deadlineOwners, before.owners);
    refill(asking, before.asking);
    waitingForRest.splice(0, waitingForRest.length, ...waiting);
    return true;
  };
}

/** Closures on the agenda hold pending calls, so these stay the same objects. */
function callsOf({ calls, lost }: RunContext): PutBack {
  const before = { calls: new Map(calls), lost: new Map(lost) };
  const contents = [...new Set([...calls.values(), ...lost.values()])].map(contentsOf);
  return () => {
    refill(calls, before.calls);
    refill(lost, before.lost);
    for (const putBack of contents) putBack();
    return true;
  };
}

/** Remembers what changes of a call, and gives it back. */
function contentsOf(call: PendingCall): () => void {
  const { appliedAs, onAgenda, isGivenUp } = call;
  const met = [...call.met];
  return () => {
    Object.assign(call, { appliedAs, onAgenda, isGivenUp });
    call.met.splice(0, call.met.length, ...met);
  };
}
