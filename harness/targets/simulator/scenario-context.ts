/**
 * What a scenario is given in the simulator: the world's port behind the same members that every target has.
 *
 * Pure wiring; the world decides what happens and when.
 */

import type { ScenarioContext } from '../../course/lab.ts';
import type { ScenarioPort } from '../../simulator/world.ts';
import type { ScenarioSdk } from './scenario-clients.ts';

/** The context of one run. */
export function contextIn(
  port: ScenarioPort,
  sdk: ScenarioSdk,
  outputs: Readonly<Record<string, string>>,
): ScenarioContext {
  return {
    clients: sdk.connectTo(port),
    outputs,
    note: (text) => port.note(text),
    sleep: (delayMs) => port.sleep(delayMs),
    downstream: (name) => port.downstream(name),
    // When nothing is left to happen, whatever the condition says then: checks tell what is missing.
    waitUntil: () => port.atRest(),
  };
}
