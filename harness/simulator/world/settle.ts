/**
 * Lets the host and the scenario run until both wait, and finds code that waits for nothing.
 *
 * Answers at once where it can: most steps of an exploration are known to the host, and a promise for each would cost as
 * much as the step.
 */

import type { HostReport } from '../host.ts';
import type { RunContext } from './context.ts';
import { hear } from './reports.ts';
import type { ScenarioActor } from './scenario.ts';

/** True ends the run: there is nothing more to learn from it. */
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

/** Code that waits for something that nobody in the world will ever do is found at once. */
function findStalled(context: RunContext): boolean {
  const stalled = context.environments.findStalled();
  if (stalled === null || stalled.invocation === null) return false;
  const { invocation, lastFrame, resumedBy } = stalled;
  const shown = lastFrame === undefined ? {} : { frame: lastFrame };
  context.recorder.note(invocation, resumedBy, { kind: 'stalled', invocation, ...shown });
  context.foundSomething = true;
  return true;
}
