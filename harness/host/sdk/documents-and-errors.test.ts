/**
 * Both ways of a call agree: the same calls reach the world, and the same values reach the learner.
 *
 * Every piece of code here runs in two realms, one per mode, under frozen intrinsics.
 */

import { describe, expect, it } from 'vitest';
import { fail, notSimulated, ok } from '../../simulator/contract/answer.ts';
import { bothModes } from './fixtures/both-modes.ts';
import { testRealms } from './fixtures/test-realm.ts';
import { mapWorld, scripted } from './fixtures/worlds.ts';

describe('the document client', () => {
  it('marshalls inputs and unmarshalls outputs as the SDK does', async () => {
    const { value, sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, GetCommand, PutCommand } = require('@aws-sdk/lib-dynamodb');
      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
        marshallOptions: { removeUndefinedValues: true },
      });
      const Item = {
        id: 'a',
        n: 1,
        list: [true, null],
        set: new Set(['x']),
        bytes: new Uint8Array([1]),
        gone: undefined,
      };
      await documents.send(new PutCommand({ TableName: 'T', Item }));
      const { Item: found } = await documents.send(new GetCommand({ TableName: 'T', Key: { id: 'a' } }));
      return { ...found, set: [...(found?.set ?? [])] };
    }, mapWorld);
    expect(value).toEqual({ id: 'a', n: 1, list: [true, null], set: ['x'], bytes: new Uint8Array([1]) });
    expect(sent[0]).toEqual({
      service: 'DynamoDB',
      operation: 'PutItem',
      input: {
        TableName: 'T',
        Item: {
          id: { S: 'a' },
          n: { N: '1' },
          list: { L: [{ BOOL: true }, { NULL: true }] },
          set: { SS: ['x'] },
          bytes: { B: new Uint8Array([1]) },
        },
      },
    });
  });

  it('shares its last translation options with every document client of the same base, as the SDK does', async () => {
    const { value } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
        const { DynamoDBDocumentClient, GetCommand } = require('@aws-sdk/lib-dynamodb');
        const base = new DynamoDBClient({});
        const first = DynamoDBDocumentClient.from(base);
        DynamoDBDocumentClient.from(base, { unmarshallOptions: { wrapNumbers: true } });
        const { Item } = await first.send(new GetCommand({ TableName: 'T', Key: { id: 'a' } }));
        return Item;
      },
      () => scripted(ok({ Item: { n: { N: '1' } } })),
    );
    expect(value).toEqual({ n: { value: '1' } });
  });

  it('throws the marshaller’s own error before anything is sent', async () => {
    const { value, sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');
      const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      const sending = documents.send(new PutCommand({ TableName: 'T', Item: { id: 'a', map: { gone: undefined } } }));
      return sending.catch((error: Error) => error.message);
    }, mapWorld);
    expect(value).toMatch(/removeUndefinedValues/);
    expect(sent).toEqual([]);
  });
});

describe('errors', () => {
  it('DD-01 a failed condition is the SDK’s own exception, with the existing item', async () => {
    const { value } = await bothModes(async ({ require }) => {
      const {
        ConditionalCheckFailedException,
        DynamoDBClient,
        DynamoDBServiceException,
        PutItemCommand,
      } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      const put = () =>
        client.send(
          new PutItemCommand({
            TableName: 'T',
            Item: { id: { S: 'a' } },
            ConditionExpression: 'attribute_not_exists(id)',
          }),
        );
      await put();
      const error = await put().catch((caught: unknown) => caught);
      if (!(error instanceof ConditionalCheckFailedException)) return 'another class';
      const { name, message, $fault, $metadata, Item } = error;
      return { name, message, $fault, $metadata, Item, isBase: error instanceof DynamoDBServiceException };
    }, mapWorld);
    expect(value).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1, totalRetryDelay: 0 },
      Item: { id: { S: 'a' } },
      isBase: true,
    });
  });

  it('a code that the SDK has no class for is the service’s base exception under its own name', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, DynamoDBServiceException, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const error = await new DynamoDBClient({}).send(new ListTablesCommand({})).catch((caught: unknown) => caught);
        if (!(error instanceof DynamoDBServiceException)) return 'another class';
        return {
          name: error.name,
          message: error.message,
          fault: error.$fault,
          status: error.$metadata.httpStatusCode,
        };
      },
      () => scripted(fail('ValidationException', 'One or more parameter values were invalid')),
    );
    expect(value).toEqual({
      name: 'ValidationException',
      message: 'One or more parameter values were invalid',
      fault: 'client',
      status: 400,
    });
    expect(sent).toHaveLength(1);
  });

  it('a cancelled transaction says why, item by item', async () => {
    const { value } = await bothModes(
      async ({ require }) => {
        const {
          DynamoDBClient,
          TransactionCanceledException,
          TransactWriteItemsCommand,
        } = require('@aws-sdk/client-dynamodb');
        const command = new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName: 'T', Item: { id: { S: 'a' } } } }],
          ClientRequestToken: 'once',
        });
        const error = await new DynamoDBClient({}).send(command).catch((caught: unknown) => caught);
        return error instanceof TransactionCanceledException ? error.CancellationReasons : 'another class';
      },
      () =>
        scripted(
          fail('TransactionCanceledException', 'Transaction cancelled', 400, {
            CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' } } }],
          }),
        ),
    );
    expect(value).toEqual([{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' } } }]);
  });

  it('a request that is not simulated is refused in one sentence and never retried', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        return new DynamoDBClient({}).send(new ListTablesCommand({})).catch((error: Error) => error.message);
      },
      () => scripted(notSimulated('ListTables')),
    );
    expect(value).toBe('ListTables is not simulated.');
    expect(sent).toHaveLength(1);
  });
});

describe('data', () => {
  it('may use any name for a key on the direct way, even `__proto__`', async () => {
    const realm = (await testRealms())({ mode: 'direct' });
    const { value } = realm.run(async ({ require }) => {
      const { DynamoDBClient, GetItemCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      const Item = { id: { S: 'a' }, map: { M: JSON.parse('{"__proto__":{"S":"x"},"constructor":{"S":"y"}}') } };
      await client.send(new PutItemCommand({ TableName: 'T', Item }));
      const { Item: found } = await client.send(new GetItemCommand({ TableName: 'T', Key: { id: { S: 'a' } } }));
      return JSON.stringify(found);
    }, mapWorld());
    expect(value).toBe('{"id":{"S":"a"},"map":{"M":{"__proto__":{"S":"x"},"constructor":{"S":"y"}}}}');
  });
});
