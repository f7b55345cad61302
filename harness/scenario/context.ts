/**
 * What a scenario is given in the simulator: the world's port behind the same members that every target has.
 *
 * Pure wiring; the world decides what happens and when.
 */

import type { ScenarioContext } from '../course/lab.ts';
import type { ScenarioPort } from '../simulator/world.ts';
import type { ScenarioSdk } from './clients.ts';

/** The context of one run. */
export function contextIn(
  port: ScenarioPort,
  sdk: ScenarioSdk,
  outputs: Readonly<Record<string, string>>,
): ScenarioContext {
  const context = at(port, sdk.connectTo(port), outputs);
  let lanes = 0;
  return {
    ...context,
    // Each has clients of its own, so that the world knows whose call it is; and all is at rest before the scenario goes on.
    async together(parts) {
      const begun = parts.map((part) => {
        const number = lanes++;
        return part({ ...at(port.lane(number), sdk.ofLane(number), outputs), together: oneAfterAnother });
      });
      const results = Promise.all(begun);
      // Who fails is heard when all are at rest.
      results.catch(() => {});
      await port.atRest();
      return results;
    },
  };
}

function oneAfterAnother(): never {
  throw new Error('A lane of a scenario is divided no further: start all lanes with one `together`.');
}

type Undivided = Omit<ScenarioContext, 'together'>;

function at(
  port: ScenarioPort,
  clients: ScenarioContext['clients'],
  outputs: Readonly<Record<string, string>>,
): Undivided {
  return {
    clients,
    outputs,
    note: (text) => port.note(text),
    sleep: (delayMs) => port.sleep(delayMs),
    downstream: (name) => port.downstream(name),
    // When nothing is left to happen, whatever the condition says then: checks tell what is missing.
    waitUntil: () => port.atRest(),
  };
}
