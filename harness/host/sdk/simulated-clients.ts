/**
 * SDK clients for scenarios: trusted code in the harness's own realm, one set per run.
 *
 * Objects of the SDK's own classes, but nothing of the SDK is patched: other clients in the process (a target's, a
 * test's) stay as they are, and two worlds see nothing of each other.
 */

import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Client } from '@smithy/core/client';
import { DEFAULT_MAX_ATTEMPTS, Retry } from '@smithy/core/retry';
import { constructClient } from './client-config.ts';
import { type ClientState, clientState, documentClientState } from './client-state.ts';
import { dispatch } from './dispatch.ts';
import { makeIds } from './ids.ts';
import type { RealmSdkOptions, WorldPort } from './realm-port.ts';
import { makeRuntime, type SdkRuntime } from './runtime.ts';
import type { ClientClass, SdkCallback, SdkClient, SdkCommand } from './sdk-shapes.ts';
import { VirtualTimeRetryStrategy } from './virtual-time-retries.ts';
import { WireCodec } from './wire/codec.ts';
import { worldRequestHandler } from './wire/request-handler.ts';
import { wireServiceOf } from './wire/services.ts';

/** What a scenario's context holds. */
export interface SimulatedClients {
  readonly lambda: lambda.LambdaClient;
  readonly dynamodb: dynamodb.DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  readonly sqs: sqs.SQSClient;
  /** Request ids and tokens begin again: what was learnt about operations is kept from run to run. */
  beginRun(): void;
}

export interface SimulatedClientsOptions extends RealmSdkOptions {
  /** Instead of the SDK's own number; 1 shows every answer that AWS gives (LS-15). */
  readonly maxAttempts?: number;
}

/** The SDK's own defaults: DynamoDB's client tries four times, from 25 ms; the others three times, from 50 ms. */
const RETRIES = {
  dynamodb: { maxAttempts: Retry.v2026 ? 4 : DEFAULT_MAX_ATTEMPTS, baseDelayMs: Retry.v2026 ? 25 : Retry.delay() },
  others: { maxAttempts: DEFAULT_MAX_ATTEMPTS, baseDelayMs: Retry.delay() },
} as const;

/** Clients whose every call goes to this port. Draws one number from it. */
export function simulatedClients(port: WorldPort, options: SimulatedClientsOptions = {}): SimulatedClients {
  const ids = makeIds();
  const fraction = port.random();
  ids.restart(fraction);
  const attempts = options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts };
  const runtime = makeRuntime(port, ids, options, () => {});
  const lambdaState = stateOf(runtime, lambda.LambdaClient as unknown as ClientClass, {
    ...RETRIES.others,
    ...attempts,
  });
  const dynamodbState = stateOf(runtime, dynamodb.DynamoDBClient as unknown as ClientClass, {
    ...RETRIES.dynamodb,
    ...attempts,
  });
  const sqsState = stateOf(runtime, sqs.SQSClient as unknown as ClientClass, { ...RETRIES.others, ...attempts });
  const documentsState = documentClientState(
    dynamodbState,
    (client) => DynamoDBDocumentClient.from(client as unknown as dynamodb.DynamoDBClient) as unknown as SdkClient,
  );
  return {
    lambda: instance<lambda.LambdaClient>(runtime, lambda.LambdaClient.prototype, lambdaState),
    dynamodb: instance<dynamodb.DynamoDBClient>(runtime, dynamodb.DynamoDBClient.prototype, dynamodbState),
    documents: instance<DynamoDBDocumentClient>(runtime, DynamoDBDocumentClient.prototype, documentsState),
    sqs: instance<sqs.SQSClient>(runtime, sqs.SQSClient.prototype, sqsState),
    beginRun: () => ids.restart(fraction),
  };
}

function stateOf(
  runtime: SdkRuntime,
  original: ClientClass,
  retries: { readonly maxAttempts: number; readonly baseDelayMs: number },
): ClientState {
  const construct = (): SdkClient => {
    const { maxAttempts } = retries;
    const config = { maxAttempts, retryStrategy: new VirtualTimeRetryStrategy(runtime.port, retries) };
    return constructClient(runtime, original, config, worldRequestHandler(runtime, codecOfScenarios()));
  };
  return clientState(construct, false);
}

function codecOfScenarios(): WireCodec {
  const codec = new WireCodec();
  for (const exports of [dynamodb, lambda, sqs]) {
    const service = wireServiceOf(exports);
    if (service !== null) codec.add(service);
  }
  return codec;
}

const originalSend = Client.prototype.send as unknown as SdkClient['send'];

/** An object of the SDK's class whose insides are made when somebody looks. */
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
