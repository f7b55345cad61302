/**
 * The context of a scenario in the simulator: the world's port behind the same members that every target offers.
 *
 * It only connects. The world decides what happens and when.
 */

import type { Observation, Scenario, ScenarioContext, Situation } from '../course/lab.ts';
import type { Turns } from '../platform/platform.ts';
import type { Play, ScenarioPort } from '../simulator/world.ts';
import type { ScenarioSdk } from './clients.ts';
import { requestOf } from './http.ts';

type Outputs = Readonly<Record<string, string>>;

/**
 * The scenario as a world plays it. A scenario awaits only the world's answers and nothing of the machine, so between two steps
 * its promises need no turn of the event loop.
 */
export function playOf(
  scenario: Pick<Scenario, 'run'>,
  situation: Situation,
  sdk: ScenarioSdk,
  outputs: Outputs,
  { whenPromisesWait }: Turns,
): Play<Observation> {
  return { run: (port) => scenario.run(contextIn(port, sdk, outputs), situation), hop: whenPromisesWait };
}

/** The context of one run. */
function contextIn(port: ScenarioPort, sdk: ScenarioSdk, outputs: Outputs): ScenarioContext {
  const context = at(port, sdk.connectTo(port), outputs);
  let lanes = 0;
  return {
    ...context,
    // Each lane has its own clients, so that the world knows which lane made a call. The scenario resumes when no event is
    // left.
    async together(parts) {
      const begun = parts.map((part) => {
        const number = lanes++;
        return part({ ...at(port.lane(number), sdk.ofLane(number), outputs), together: oneAfterAnother });
      });
      const results = Promise.all(begun);
      // A lane that fails rejects this promise, which is awaited only after no event is left.
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

function at(port: ScenarioPort, clients: ScenarioContext['clients'], outputs: Outputs): Undivided {
  return {
    clients,
    outputs,
    fetch: (address, request) => requestOf(port, address, request),
    note: (text) => port.note(text),
    sleep: (delayMs) => port.sleep(delayMs),
    downstream: (name) => port.downstream(name),
    // The condition is not evaluated: when no event is left, it can't change any more. Checks say what is missing.
    waitUntil: () => port.atRest(),
  };
}
