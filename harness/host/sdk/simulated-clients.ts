/**
 * SDK clients for scenarios: trusted code in the harness's own realm, one set per run.
 *
 * They are objects of the SDK's own classes, but nothing of the SDK is patched: other clients in the process (a target's, a
 * test's) stay as they are, and two worlds do not affect each other.
 */

import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Client } from '@smithy/core/client';
import { DEFAULT_MAX_ATTEMPTS, Retry } from '@smithy/core/retry';
import { constructClient } from './client-config.ts';
import { LISTED_CLIENTS, type ListedClient, type ScenarioClients, type ServiceClients } from './client-list.ts';
import { type ClientState, clientState, documentClientState } from './client-state.ts';
import { dispatch } from './dispatch.ts';
import { makeIds } from './ids.ts';
import type { RealmSdkOptions, WorldPort } from './realm-port.ts';
import { makeRuntime, type SdkRuntime } from './runtime.ts';
import type { ClientClass, SdkCallback, SdkClient, SdkCommand } from './sdk-shapes.ts';
import { SERVICE_WIRES } from './service-wires.ts';
import { VirtualTimeRetryStrategy } from './virtual-time-retries.ts';
import { WireCodec } from './wire/codec.ts';
import { worldRequestHandler } from './wire/request-handler.ts';
import { serviceTable, wireServiceOf } from './wire/services.ts';

/** The clients in a scenario's context. */
export interface SimulatedClients extends ScenarioClients {
  /** Restarts request ids and tokens; prepared data about operations is kept from run to run. */
  beginRun(): void;
}

export interface SimulatedClientsOptions extends RealmSdkOptions {
  /** In place of the SDK's own number; 1 shows every answer of AWS (LS-15). */
  readonly maxAttempts?: number;
}

/** The SDK's own defaults: DynamoDB's client makes four attempts, from 25 ms; the others make three, from 50 ms. */
const RETRIES_OF_DYNAMODB = {
  maxAttempts: Retry.v2026 ? 4 : DEFAULT_MAX_ATTEMPTS,
  baseDelayMs: Retry.v2026 ? 25 : Retry.delay(),
};
const RETRIES = { maxAttempts: DEFAULT_MAX_ATTEMPTS, baseDelayMs: Retry.delay() };

/** Creates clients that send every call to this port. Draws one number from it. */
export function simulatedClients(port: WorldPort, options: SimulatedClientsOptions = {}): SimulatedClients {
  const ids = makeIds();
  const fraction = port.random();
  ids.restart(fraction);
  const runtime = makeRuntime(port, ids, serviceTable(SERVICE_WIRES), options, () => {});
  const states = new Map(LISTED_CLIENTS.map((listed) => [listed.name, stateFor(runtime, listed, options)]));
  const made = LISTED_CLIENTS.map(({ name, Client: made }) => {
    const state = states.get(name);
    return [name, state === undefined ? undefined : instance(runtime, made.prototype as object, state)];
  });
  // Each client is an instance of the class that its package exports.
  const clients = Object.fromEntries(made) as unknown as ServiceClients;
  return { ...clients, documents: documentsOf(runtime, states), beginRun: () => ids.restart(fraction) };
}

/** DynamoDB's client for plain JavaScript values, over the same client. */
function documentsOf(
  runtime: SdkRuntime,
  states: ReadonlyMap<ListedClient['name'], ClientState>,
): DynamoDBDocumentClient {
  const dynamodb = states.get('dynamodb');
  if (dynamodb === undefined) throw new Error('the list of clients has no DynamoDB');
  type Below = Parameters<typeof DynamoDBDocumentClient.from>[0];
  const state = documentClientState(
    dynamodb,
    (client) => DynamoDBDocumentClient.from(client as unknown as Below) as unknown as SdkClient,
  );
  return instance<DynamoDBDocumentClient>(runtime, DynamoDBDocumentClient.prototype, state);
}

function stateFor(
  runtime: SdkRuntime,
  { name, Client: made }: ListedClient,
  { maxAttempts }: SimulatedClientsOptions,
): ClientState {
  const usual = name === 'dynamodb' ? RETRIES_OF_DYNAMODB : RETRIES;
  const retries = maxAttempts === undefined ? usual : { ...usual, maxAttempts };
  return stateOf(runtime, made as unknown as ClientClass, retries);
}

function stateOf(
  runtime: SdkRuntime,
  original: ClientClass,
  retries: { readonly maxAttempts: number; readonly baseDelayMs: number },
): ClientState {
  const construct = (): SdkClient => {
    const { maxAttempts } = retries;
    const config = { maxAttempts, retryStrategy: new VirtualTimeRetryStrategy(runtime.port, retries) };
    return constructClient(runtime, original, config, worldRequestHandler(runtime, codecOfScenarios(runtime)));
  };
  return clientState(construct, false);
}

function codecOfScenarios({ services }: SdkRuntime): WireCodec {
  const codec = new WireCodec();
  for (const { exports } of LISTED_CLIENTS) {
    const service = wireServiceOf(services, exports);
    if (service !== null) codec.add(service);
  }
  return codec;
}

const originalSend = Client.prototype.send as unknown as SdkClient['send'];

/** An object of the SDK's class whose real client is constructed at the first use. */
function instance<Made extends object>(runtime: SdkRuntime, prototype: Made, state: ClientState): Made {
  const client: Made = Object.create(prototype);
  for (const key of ['config', 'middlewareStack', 'initConfig'] as const) {
    Object.defineProperty(client, key, {
      enumerable: true,
      get() {
        state.touched = true;
        return Reflect.get(state.real(), key);
      },
    });
  }
  const send = (command: SdkCommand, optionsOrCallback?: unknown, callback?: SdkCallback): unknown =>
    dispatch(runtime, originalSend, state, [command, optionsOrCallback, callback]);
  Object.defineProperty(client, 'send', { value: send });
  Object.defineProperty(client, 'destroy', { value() {} });
  return client;
}
