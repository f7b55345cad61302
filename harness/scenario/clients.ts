/**
 * The SDK clients of a scenario, connected to one simulated world after another instead of a network.
 *
 * Each call is attempted once, so a scenario sees every answer of AWS, including throttles (LS-15). Learners' code has other
 * clients, which live in its realms and retry.
 */

import type { Observation } from '../course/lab.ts';
import { type SimulatedClients, simulatedClients } from '../host/sdk/simulated-clients.ts';
import { invariant } from '../simulator/kernel/bug.ts';
import type { Play, ScenarioPort } from '../simulator/world.ts';
import { RememberedScenario } from './remembering/scenario.ts';

/** No explored scenario has more lanes than this. */
const MOST_LANES = 4_096;

/** The clients outlive a run, because creating them and their knowledge of operations takes longer than a run. */
export class ScenarioSdk {
  #port: ScenarioPort | null = null;
  /** What each scenario did before in each of its situations, and the outputs of its stack. */
  readonly #remembered = new WeakMap<object, Map<number, { outputs: object; of: RememberedScenario<Observation> }>>();
  readonly #clients = this.#clientsFor((port) => port, 0);
  /** The clients of each lane, by its number. */
  readonly #ofLanes: SimulatedClients[] = [];

  /** Connects the clients to the world of the next run. */
  connectTo(port: ScenarioPort): SimulatedClients {
    this.#port = port;
    this.#clients.beginRun();
    for (const clients of this.#ofLanes) clients.beginRun();
    return this.#clients;
  }

  /** The clients of one lane of the scenario. */
  ofLane(number: number): SimulatedClients {
    this.#ofLanes[number] ??= this.#clientsFor((port) => port.lane(number), (number + 1) / MOST_LANES);
    return this.#ofLanes[number];
  }

  /** `chance` is the source of ids and tokens. It must differ between lanes. */
  #clientsFor(own: (port: ScenarioPort) => ScenarioPort, chance: number): SimulatedClients {
    return simulatedClients(
      {
        call: (service, operation, input) => own(this.#connected()).call(service, operation, input),
        sleep: (delayMs) => own(this.#connected()).sleep(delayMs),
        random: () => chance,
      },
      { maxAttempts: 1 },
    );
  }

  /** What is remembered about a scenario in one of its situations, on the stack with these outputs. */
  remembered(
    scenario: object,
    situation: number,
    outputs: object,
    play: Play<Observation>,
  ): RememberedScenario<Observation> {
    const inSituations = this.#remembered.get(scenario) ?? new Map();
    this.#remembered.set(scenario, inSituations);
    const known = inSituations.get(situation);
    if (known?.outputs === outputs) return known.of;
    const of = new RememberedScenario(play);
    inSituations.set(situation, { outputs, of });
    return of;
  }

  #connected(): ScenarioPort {
    invariant(this.#port !== null, 'a scenario made a call before its run began');
    return this.#port;
  }
}
