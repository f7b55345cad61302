/**
 * Processes over several turns: pages, waiters, aborts, concurrent calls. In both modes alike.
 */

import { describe, expect, it } from 'vitest';
import { nextTurnOfLoop } from '../../node/turns.ts';
import { fail, ok } from '../../simulator/contract/answer.ts';
import { bothModes } from './fixtures/both-modes.ts';
import { testRealms } from './fixtures/test-realm.ts';
import { mapWorld, scripted } from './fixtures/worlds.ts';

describe('paginators and waiters', () => {
  it('a paginator asks for page after page', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, PutCommand, paginateScan } = require('@aws-sdk/lib-dynamodb');
      const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      for (const id of ['a', 'b', 'c', 'd', 'e']) await client.send(new PutCommand({ TableName: 'T', Item: { id } }));
      const pages: unknown[] = [];
      for await (const { Items } of paginateScan({ client }, { TableName: 'T' }))
        pages.push(Items?.map(({ id }) => id));
      return pages;
    }, mapWorld);
    expect(value).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('a waiter sleeps in virtual time until the table exists', async () => {
    const missing = fail('ResourceNotFoundException', 'Requested resource not found');
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, waitUntilTableExists } = require('@aws-sdk/client-dynamodb');
        const result = await waitUntilTableExists(
          { client: new DynamoDBClient({}), maxWaitTime: 120 },
          { TableName: 'T' },
        );
        return { state: result.state };
      },
      () => scripted(missing, missing, ok({ Table: { TableStatus: 'ACTIVE' } })),
    );
    expect(value).toEqual({ state: 'SUCCESS' });
    expect(sent.map((entry) => ('sleepMs' in entry ? entry.sleepMs : entry.operation))).toEqual([
      'DescribeTable',
      20_000,
      'DescribeTable',
      24_000,
      'DescribeTable',
    ]);
  });
});

describe('abort signals', () => {
  it('an aborted signal sends nothing', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const controller = new AbortController();
        controller.abort();
        const sending = new DynamoDBClient({}).send(new ListTablesCommand({}), { abortSignal: controller.signal });
        return sending.catch((error: Error) => error.name);
      },
      () => scripted(ok({})),
    );
    expect({ value, sent }).toEqual({ value: 'AbortError', sent: [] });
  });

  it('a call that is under way is abandoned but not taken back', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const client = new DynamoDBClient({});
        const controller = new AbortController();
        const sending = client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: controller.signal });
        const outcome = sending.then(
          () => 'answered',
          (error: Error) => error.name,
        );
        for (let turn = 0; turn < 200; turn += 1) await null;
        controller.abort();
        return outcome;
      },
      () => scripted(ok({})),
    );
    expect(value).toBe('AbortError');
    expect(sent).toHaveLength(1);
  });
});

describe('a call that is not awaited', () => {
  it.each(['direct', 'wire'] as const)('fails loudly in a process of its own, %s', async (mode) => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on('unhandledRejection', listener);
    const realm = (await testRealms())({ mode });
    realm.run(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        void new DynamoDBClient({}).send(new ListTablesCommand({}));
        for (let turn = 0; turn < 300; turn += 1) await null;
      },
      scripted(fail('ValidationException', 'no')),
    );
    await nextTurnOfLoop();
    process.off('unhandledRejection', listener);
    expect(unhandled.map((reason) => (reason as Error).name)).toEqual(['ValidationException']);
  });
});

describe('concurrent calls', () => {
  it('leave in the order in which they were sent', async () => {
    const { sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient, GetItemCommand, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');
      const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
      const client = new DynamoDBClient({ endpoint: 'http://localhost:4566', requestHandler: { requestTimeout: 5 } });
      const documents = DynamoDBDocumentClient.from(client);
      await Promise.allSettled([
        documents.send(new PutCommand({ TableName: 'T', Item: { id: 'a' } })),
        client.send(new GetItemCommand({ TableName: 'T', Key: { id: { S: 'a' } } })),
        new LambdaClient({}).send(new InvokeCommand({ FunctionName: undefined })),
        new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'f' })),
        documents.send(new PutCommand({ TableName: 'T', Item: { id: 'b' } })),
        client.send(new ListTablesCommand({})),
      ]);
    }, mapWorld);
    const names = ['PutItem', 'GetItem', 'Invoke', 'PutItem', 'ListTables'];
    expect(
      sent
        .filter((entry) => 'operation' in entry)
        .map((entry) => entry.operation)
        .slice(0, 5),
    ).toEqual(names);
  });
});
