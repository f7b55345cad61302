/**
 * What one SDK call costs a handler: through the harness's takeover, through the SDK's whole stack, and compared with an empty
 * async function.
 */

import { constants, createContext, Script } from 'node:vm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RealmSdkFactory } from '../host/sdk/realm-port.ts';
import { bundleSdk } from '../node/bundling/bundle-sdk.ts';
import type { Measurable } from './measure.ts';

const CALLS = 2_000;
const ANSWER = { Item: { id: { S: 'clicks' }, bumps: { N: '1' } } };

/** The three ways to make the same `GetCommand`. */
export async function sdkCallCandidates(): Promise<readonly Measurable[]> {
  return [
    { name: 'an SDK call, taken over', run: () => repeat(takenOver) },
    { name: 'an SDK call, full stack', run: () => repeat(full) },
    { name: 'an empty async function', run: () => repeat(async () => {}) },
  ];
}

const { code } = await bundleSdk({ packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'] });
const takenOver = makeTakenOver();
const full = makeFullStack();

async function repeat(call: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < CALLS; i += 1) await call();
  return CALLS;
}

/** The client as a learner has it, in its own realm, over a world that answers at once. */
function makeTakenOver(): () => Promise<unknown> {
  const context = createContext(constants.DONT_CONTEXTIFY);
  Object.assign(context, { URL, TextEncoder, TextDecoder });
  const factory = new Script(code).runInContext(context) as RealmSdkFactory;
  const sdk = factory({ call: async () => ({ ok: true, output: ANSWER }), sleep: async () => {}, random: () => 0.5 });
  const { DynamoDBClient: Client } = sdk.require('@aws-sdk/client-dynamodb') as {
    DynamoDBClient: typeof DynamoDBClient;
  };
  const documents = sdk.require('@aws-sdk/lib-dynamodb') as {
    DynamoDBDocumentClient: typeof DynamoDBDocumentClient;
    GetCommand: typeof GetCommand;
  };
  const client = documents.DynamoDBDocumentClient.from(new Client({}));
  return () => client.send(new documents.GetCommand({ TableName: 'counters', Key: { id: 'clicks' } }));
}

/** The SDK with signing and all its layers, over a transport that answers at once. */
function makeFullStack(): () => Promise<unknown> {
  const body = new TextEncoder().encode(JSON.stringify(ANSWER));
  const requestHandler = {
    handle: async () => ({
      response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body },
    }),
  };
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(config as never));
  return () => client.send(new GetCommand({ TableName: 'counters', Key: { id: 'clicks' } }));
}
