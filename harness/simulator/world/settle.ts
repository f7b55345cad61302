/**
 * Lets the host and the scenario run until both wait, and finds code that waits for nothing.
 *
 * Returns synchronously where it can: the host remembers the outcome of most steps of an exploration, and a promise for each
 * would cost as much as the step itself.
 */

import type { HostReport } from '../host.ts';
import type { RunContext } from './context.ts';
import { hear } from './reports.ts';
import type { ScenarioActor } from './scenario.ts';

/** True ends the run, because the rest of it would show nothing more. */
export function settle(context: RunContext, actor: ScenarioActor<unknown>): boolean | Promise<boolean> {
  const { host } = context.options;
  while (!context.foundSomething) {
    if (context.commands.length > 0) {
      const { commands } = context;
      context.commands = [];
      const delivered = host.deliver(commands);
      if (delivered instanceof Promise) return delivered.then((reports) => goOn(context, actor, reports));
      hearAll(context, delivered);
    } else if (context.scenarioWoken) {
      context.scenarioWoken = false;
      const acted = actor.goOn();
      if (acted instanceof Promise) return acted.then(() => settle(context, actor));
    } else {
      return findStalled(context);
    }
  }
  return true;
}

function goOn(
  context: RunContext,
  actor: ScenarioActor<unknown>,
  reports: readonly HostReport[],
): boolean | Promise<boolean> {
  hearAll(context, reports);
  return settle(context, actor);
}

function hearAll(context: RunContext, reports: readonly HostReport[]): void {
  for (const report of reports) {
    hear(context, report);
    if (context.foundSomething) return;
  }
}

/** Ends the run at once if code waits for something that can never happen. */
function findStalled(context: RunContext): boolean {
  const stalled = context.environments.findStalled();
  if (stalled === null || stalled.invocation === null) return false;
  const { invocation, lastFrame, resumedBy } = stalled;
  const shown = lastFrame === undefined ? {} : { frame: lastFrame };
  context.recorder.note(invocation, resumedBy, { kind: 'stalled', invocation, ...shown });
  context.foundSomething = true;
  return true;
}
