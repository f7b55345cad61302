/**
 * The SDK clients of a scenario, connected to one simulated world after another instead of a network.
 *
 * One attempt a call: a scenario sees every answer that AWS gives, throttles too (LS-15), and what it makes of one is its
 * own business. Learners' clients are another matter; those live in their realms.
 */

import type { Observation } from '../../course/lab.ts';
import { type SimulatedClients, simulatedClients } from '../../host/sdk/simulated-clients.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { Play, ScenarioPort } from '../../simulator/world.ts';
import { RememberedScenario } from './remembering/scenario.ts';

/** Clients that outlive a run, because what they learn about operations takes longer than a run. */
export class ScenarioSdk {
  #port: ScenarioPort | null = null;
  /** What scenarios did before, by the scenario; and with which stack's outputs. */
  readonly #remembered = new WeakMap<object, { outputs: object; of: RememberedScenario<Observation> }>();
  readonly #clients = simulatedClients(
    {
      call: (service, operation, input) => this.#connected().call(service, operation, input),
      sleep: (delayMs) => this.#connected().sleep(delayMs),
      random: () => 0,
    },
    { maxAttempts: 1 },
  );

  /** The clients, from now on connected to this world. */
  connectTo(port: ScenarioPort): SimulatedClients {
    this.#port = port;
    this.#clients.beginRun();
    return this.#clients;
  }

  /** What is known of a scenario on the stack with these outputs. */
  remembered(scenario: object, outputs: object, play: Play<Observation>): RememberedScenario<Observation> {
    const known = this.#remembered.get(scenario);
    if (known?.outputs === outputs) return known.of;
    const of = new RememberedScenario(play);
    this.#remembered.set(scenario, { outputs, of });
    return of;
  }

  #connected(): ScenarioPort {
    invariant(this.#port !== null, 'a scenario made a call before its run began');
    return this.#port;
  }
}
