/**
 * A scenario's clients: created per world, without patches, and the same in both modes.
 */

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { StandardRetryStrategy } from '@smithy/core/retry';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AwsAnswer, type AwsCall, fail, ok } from '../../simulator/contract/answer.ts';
import type { TestWorld } from './fixtures/test-realm.ts';
import { mapWorld, scripted } from './fixtures/worlds.ts';
import type { SdkMode, WorldPort } from './realm-port.ts';
import { simulatedClients } from './simulated-clients.ts';
import { VirtualTimeRetryStrategy } from './virtual-time-retries.ts';

interface TestPort extends WorldPort {
  readonly calls: AwsCall[];
  readonly sleepsMs: number[];
}

function portTo(world: TestWorld): TestPort {
  const calls: AwsCall[] = [];
  const sleepsMs: number[] = [];
  let draws = 0;
  return {
    calls,
    sleepsMs,
    async call(service, operation, input): Promise<AwsAnswer> {
      const call = { service, operation, input };
      calls.push(call);
      return world(call);
    },
    async sleep(delayMs) {
      sleepsMs.push(delayMs);
    },
    random: () => (draws++ % 10) / 10,
  };
}

const MODES: readonly SdkMode[] = ['direct', 'wire'];

describe.each(MODES)('a scenario’s clients, %s', (mode) => {
  // First of all: what the SDK has once read from a file, it knows from then on.
  it('wait for nothing but promises on the way to the world: a run knows no other turns', async () => {
    const port = portTo(() => ok({}));
    const clients = simulatedClients(port, { mode });
    void clients.sqs.send(new ListQueuesCommand({}));
    void clients.documents.send(new GetCommand({ TableName: 'T', Key: { id: 'a' } }));
    void clients.lambda.send(new InvokeCommand({ FunctionName: 'f' }));
    for (let turn = 0; turn < 1_000; turn += 1) await null;
    expect(port.calls.map(({ service }) => service).sort()).toEqual(['DynamoDB', 'Lambda', 'SQS']);
  });

  it('are instances of the SDK’s own classes and answer like them', async () => {
    const port = portTo(mapWorld());
    const { documents, dynamodb, lambda } = simulatedClients(port, { mode });
    expect(dynamodb).toBeInstanceOf(DynamoDBClient);
    expect(documents).toBeInstanceOf(DynamoDBDocumentClient);
    expect(lambda).toBeInstanceOf(LambdaClient);
    await documents.send(new PutCommand({ TableName: 'T', Item: { id: 'a', n: 2 } }));
    const { Item } = await documents.send(new GetCommand({ TableName: 'T', Key: { id: 'a' } }));
    expect(Item).toEqual({ id: 'a', n: 2 });
    const again = new PutCommand({ TableName: 'T', Item: { id: 'a' }, ConditionExpression: 'never' });
    await expect(documents.send(again)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(await dynamodb.config.region()).toBe('us-east-1');
  });

  it('retry what was throttled, in virtual time', async () => {
    const port = portTo(scripted(fail('TooManyRequestsException', 'Rate Exceeded.', 429)));
    const { lambda } = simulatedClients(port, { mode });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'f' }))).rejects.toBeInstanceOf(
      TooManyRequestsException,
    );
    expect(port.calls).toHaveLength(3);
    expect(port.sleepsMs).toEqual([100, 400]);
  });

  it('respect a `Retry-After` that the service sends', async () => {
    const port = portTo(
      scripted(fail('TooManyRequestsException', 'Rate Exceeded.', 429, { retryAfterSeconds: '3' }), ok({})),
    );
    const { lambda } = simulatedClients(port, { mode });
    await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
    expect(port.sleepsMs).toEqual([3000]);
  });
});

describe('simulated clients', () => {
  it('do not affect other clients in the process', async () => {
    simulatedClients(portTo(mapWorld()));
    const seen: unknown[] = [];
    const requestHandler = {
      handle: async (request: unknown) => {
        seen.push(request);
        throw new Error('this client has its own way out');
      },
    };
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const outside = new DynamoDBClient({
      region: 'us-east-1',
      credentials,
      requestHandler: requestHandler as never,
      maxAttempts: 1,
    });
    await expect(outside.send(new ListTablesCommand({}))).rejects.toThrow('its own way out');
    expect(seen).toHaveLength(1);
  });

  it('send equal calls in both modes, for any item', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 });
    const { value } = fc.letrec<{ value: Record<string, unknown> }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.record({ S: text }),
        fc.record({ N: fc.oneof(fc.integer().map(String), fc.constant(7)) }),
        fc.record({ BOOL: fc.oneof(fc.boolean(), fc.constant('yes')) }),
        fc.record({ B: fc.uint8Array({ maxLength: 6 }) }),
        fc.record({ BS: fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 2 }) }),
        fc.record({ SS: fc.array(text, { maxLength: 3 }) }),
        fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
        fc.record({ M: fc.dictionary(text, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 3 }) }),
        fc.constant({ S: undefined, N: null }),
      ),
    }));
    const items = fc.dictionary(text, value, { maxKeys: 3 });
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(items, fc.option(fc.boolean(), { nil: undefined }), async (Item, flag) => {
        const sent = await Promise.all(
          MODES.map(async (mode) => {
            const port = portTo(scripted(ok({})));
            const input = { TableName: 'T', Item, Expected: undefined, ReturnValues: flag };
            await simulatedClients(port, { mode })
              .dynamodb.send(new PutItemCommand(input as never))
              .catch(() => {});
            return port.calls;
          }),
        );
        calls += sent[0]?.length ?? 0;
        expect(sent[1]).toEqual(sent[0]);
      }),
      { numRuns: 150 },
    );
    expect(calls).toBeGreaterThan(100);
  });
});

describe('the retry strategy on virtual time', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('waits and gives up exactly as the SDK’s own does', async () => {
    const kinds = fc.array(fc.constantFrom('THROTTLING', 'TRANSIENT', 'SERVER_ERROR', 'CLIENT_ERROR'), {
      minLength: 1,
      maxLength: 8,
    });
    vi.useFakeTimers();
    await fc.assert(
      fc.asyncProperty(kinds, fc.integer({ min: 1, max: 8 }), async (errors, maxAttempts) => {
        const own = portTo(mapWorld());
        const theirs = portTo(mapWorld());
        vi.spyOn(Math, 'random').mockImplementation(() => theirs.random());
        const baseDelayMs = 25;
        const ours = await delays(new VirtualTimeRetryStrategy(own, { maxAttempts, baseDelayMs }), errors);
        const sdk = await delays(new StandardRetryStrategy({ maxAttempts, baseDelay: baseDelayMs }), errors);
        expect(ours).toEqual(sdk);
        expect(own.sleepsMs).toEqual(sdk.filter((delay) => delay !== 'gives up'));
      }),
      { numRuns: 60 },
    );
  });
});

type Kind = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';

async function delays(strategy: StandardRetryStrategy, errors: readonly string[]): Promise<(number | 'gives up')[]> {
  const found: (number | 'gives up')[] = [];
  let token = await strategy.acquireInitialRetryToken('');
  for (const errorType of errors) {
    const next = strategy.refreshRetryTokenForRetry(token, {
      error: { name: 'Failed', message: 'failed' },
      errorType: errorType as Kind,
    });
    const settled = next.catch(() => null);
    await vi.runAllTimersAsync();
    const refreshed = await settled;
    if (refreshed === null) return [...found, 'gives up'];
    token = refreshed;
    found.push(token.$retryLog?.acquisitionDelay ?? 0);
  }
  return found;
}
