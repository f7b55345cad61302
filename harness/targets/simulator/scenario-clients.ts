/**
 * The SDK clients of a scenario, connected to a simulated world instead of a network.
 *
 * A scenario is the course's own code, so its clients need no more than the short way of a call: no middleware, no
 * configuration. Learners' clients are another matter; those live in their realms.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { simulatedConfig } from '../../host/sdk/client-config.ts';
import { type ClientState, clientState } from '../../host/sdk/client-state.ts';
import { sendDirectly } from '../../host/sdk/direct-send.ts';
import { makeIds } from '../../host/sdk/ids.ts';
import { makeRuntime } from '../../host/sdk/runtime.ts';
import type { SdkClient, SdkCommand } from '../../host/sdk/sdk-shapes.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { ScenarioPort } from '../../simulator/world.ts';

export interface ScenarioClients {
  readonly lambda: LambdaClient;
  readonly dynamodb: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

/** Clients that can be connected to one world after another. What is learnt about operations is kept. */
export class ScenarioSdk {
  #port: ScenarioPort | null = null;
  readonly #ids = makeIds();
  readonly #runtime = makeRuntime(
    {
      call: (service, operation, input) => this.#connected().call(service, operation, input),
      sleep: (delayMs) => this.#connected().sleep(delayMs),
      // No jitter: a scenario's own retries are not what a lab is about.
      random: () => 1,
    },
    this.#ids,
    {},
    () => {},
  );
  readonly #clients: ScenarioClients = {
    lambda: this.#connect(LambdaClient.prototype, () => new LambdaClient(REAL_CONFIG)),
    dynamodb: this.#connect(DynamoDBClient.prototype, () => new DynamoDBClient(REAL_CONFIG)),
    documents: this.#connect(DynamoDBDocumentClient.prototype, () => new DynamoDBClient(REAL_CONFIG)),
  };

  /** The clients, from now on connected to this world. */
  connectTo(port: ScenarioPort): ScenarioClients {
    this.#port = port;
    this.#ids.restart(0);
    return this.#clients;
  }

  #connected(): ScenarioPort {
    invariant(this.#port !== null, 'a scenario made a call before its run began');
    return this.#port;
  }

  #connect<Made extends object>(prototype: Made, construct: () => object): Made {
    // The SDK's client types say more than is used here: a retry strategy, and a name for errors.
    const state: ClientState = clientState(() => construct() as SdkClient, false);
    const send = (command: SdkCommand): Promise<object> => {
      const output = sendDirectly(this.#runtime, state, command, {});
      invariant(
        output !== null,
        `a scenario sent ${command.constructor.name} with something that only the full SDK understands`,
      );
      return output;
    };
    return Object.assign(Object.create(prototype) as Made, { send });
  }
}

/**
 * The real clients are made only to ask them for their retry strategy. One attempt: a scenario sees every answer that AWS
 * gives, throttles too (LS-15), and what it makes of one is its own business.
 */
const REAL_CONFIG = simulatedConfig({ maxAttempts: 1 }, 'us-east-1', {});
