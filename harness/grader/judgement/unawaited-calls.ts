/**
 * Names the calls that are not awaited, where they keep an exploration from its end.
 *
 * A call that is not awaited may take effect before or after everything else, and with each one the number of schedules multiplies.
 * This looks at a few schedules of a scenario that could not be explored to its end. It judges nothing.
 */

import type { Scenario } from '../../course/lab.ts';
import { HostStopped } from '../../host/stopped.ts';
import { ScenarioSdk } from '../../scenario/clients.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { type Choices, inOrder, seeded } from '../../simulator/kernel/choices.ts';
import type { Trace } from '../../simulator/trace.ts';
import { notAwaited } from '../explain/not-awaited.ts';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import type { Notice } from '../result.ts';

type Running = Omit<ScenarioRunner, 'scenario' | 'sdk'>;

interface CutCandidate {
  readonly scenario: Scenario;
  readonly exploration: ScenarioExploration;
}

/** Whether the plan asked for every schedule, and there were too many. */
export function wasCut({ scenario, exploration }: CutCandidate): boolean {
  return scenario.plan.mode === 'exhaustive' && !exploration.exhaustive;
}

/** A call that is not awaited often comes in time in the ordinary schedule, and too late in one of a few random ones. */
const SEEDS = [1, 2, 3, 4];

/** A notice for each line of the learner's that sends a call without waiting for it. */
export async function unawaitedCalls(cut: readonly CutCandidate[], running: Running): Promise<readonly Notice[]> {
  const byLine = new Map<string, Notice>();
  for (const { scenario } of cut) {
    for (const choices of [inOrder(), ...SEEDS.map(seeded)]) {
      const trace = await traceOf(scenario, choices, running);
      if (trace === null) return [...byLine.values()];
      for (const notice of noticesIn(trace)) {
        const place = `${notice.frame?.file}:${notice.frame?.line}`;
        if (!byLine.has(place)) byLine.set(place, notice);
      }
    }
  }
  return [...byLine.values()];
}

/** Null if the code had to be stopped: the exploration has met no such schedule, and a notice is not worth a verdict. */
async function traceOf(scenario: Scenario, choices: Choices, running: Running): Promise<Trace | null> {
  const runner = { ...running, scenario, sdk: new ScenarioSdk() };
  try {
    return (await runScenario(runner, choices, 'show').done).trace;
  } catch (error) {
    if (error instanceof HostStopped) return null;
    throw error;
  }
}

function noticesIn(trace: Trace): readonly Notice[] {
  return trace.flatMap((entry): Notice[] => {
    const { event } = entry;
    if (event.kind !== 'call-applied' && event.kind !== 'call-dropped') return [];
    const incident = notAwaited(entry, event.call, trace, '');
    if (incident?.frame === undefined) return [];
    const message = `${incident.sentence} Such a call may come before or after everything else, which makes more schedules than can be tried. Await it, and the function that sends it.`;
    return [{ kind: 'not-awaited', message, frame: incident.frame }];
  });
}
