/**
 * What is retried, when, and how often: the SDK's own strategy, on virtual time.
 *
 * The test computes the delays from the strategy's published numbers and the fixture's random numbers 0.0, 0.1, 0.2 … (the
 * first draw of a run is 0.1, since 0.0 names the environment).
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../simulator/contract/answer.ts';
import { ANSWER_LOST } from './exceptions.ts';
import { bothModes } from './fixtures/both-modes.ts';
import type { Sent } from './fixtures/test-realm.ts';
import { scripted } from './fixtures/worlds.ts';

const throttled = fail('TooManyRequestsException', 'Rate Exceeded.', 429, {
  Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
});
const broken = fail('InternalServerError', 'Internal server error', 500);
const lost = fail(ANSWER_LOST, 'The connection was closed before the answer arrived.', 0);

function short(sent: readonly Sent[]): (string | number)[] {
  return sent.map((entry) => ('sleepMs' in entry ? entry.sleepMs : entry.operation));
}

describe('the SDK’s retries', () => {
  it('LS-15 a throttled invocation has three attempts in all, after up to 1 s and up to 2 s', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { InvokeCommand, LambdaClient, TooManyRequestsException } = require('@aws-sdk/client-lambda');
        const sending = new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'f' }));
        const error = await sending.catch((caught: unknown) => caught);
        if (!(error instanceof TooManyRequestsException)) return 'another class';
        return { Reason: error.Reason, ...error.$metadata, requestId: undefined };
      },
      () => scripted(throttled),
    );
    expect(short(sent)).toEqual(['Invoke', 100, 'Invoke', 400, 'Invoke']);
    expect(value).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      httpStatusCode: 429,
      attempts: 3,
      totalRetryDelay: 500,
    });
  });

  it('DynamoDB’s client has four attempts in all, from 25 ms, when the service breaks', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, InternalServerError, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const error = await new DynamoDBClient({}).send(new ListTablesCommand({})).catch((caught: unknown) => caught);
        return error instanceof InternalServerError ? error.$metadata.attempts : 'another class';
      },
      () => scripted(broken),
    );
    expect(short(sent)).toEqual(['ListTables', 2, 'ListTables', 10, 'ListTables', 30, 'ListTables']);
    expect(value).toBe(4);
  });

  it('a call whose answer was lost is sent again, and then answered', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const { TableNames, $metadata } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
        return { TableNames, attempts: $metadata.attempts, totalRetryDelay: $metadata.totalRetryDelay };
      },
      () => scripted(lost, ok({ TableNames: ['T'] })),
    );
    expect(short(sent)).toEqual(['ListTables', 2, 'ListTables']);
    expect(value).toEqual({ TableNames: ['T'], attempts: 2, totalRetryDelay: 2 });
  });

  it('with one attempt allowed, a lost answer is the SDK’s transport error', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const error = await new DynamoDBClient({ maxAttempts: 1 })
          .send(new ListTablesCommand({}))
          .catch((caught: Error & { code?: string }) => caught);
        return error instanceof Error ? [error.name, error.code, error.message] : 'an answer';
      },
      () => scripted(lost),
    );
    expect(short(sent)).toEqual(['ListTables']);
    expect(value).toEqual(['TimeoutError', 'ECONNRESET', 'socket hang up']);
  });

  it('the adaptive mode also works on virtual time', async () => {
    const { sent } = await bothModes(
      async ({ require }) => {
        const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
        const client = new LambdaClient({ retryMode: 'adaptive', maxAttempts: 2 });
        await client.send(new InvokeCommand({ FunctionName: 'f' })).catch(() => {});
      },
      () => scripted(throttled),
    );
    expect(sent.filter((entry) => 'operation' in entry)).toHaveLength(2);
  });

  it('a failed condition is not retried', async () => {
    const { sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        await new DynamoDBClient({}).send(new ListTablesCommand({})).catch(() => {});
      },
      () => scripted(fail('ConditionalCheckFailedException', 'The conditional request failed')),
    );
    expect(short(sent)).toEqual(['ListTables']);
  });
});
