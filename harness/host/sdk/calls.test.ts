/**
 * Everything that learners do with clients and commands works, and works the same in both modes.
 */

import { describe, expect, it } from 'vitest';
import { ok } from '../../simulator/contract/answer.ts';
import { bothModes } from './fixtures/both-modes.ts';
import { mapWorld, scripted } from './fixtures/worlds.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('Lambda’s Invoke', () => {
  it('LS-27 a function error is an answer with FunctionError and a payload that turns into text', async () => {
    const output = {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      Payload: utf8('{"a":"ü"}'),
    };
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
        const command = new InvokeCommand({
          FunctionName: 'a:b/c',
          Payload: '{"x":1}',
          InvocationType: 'RequestResponse',
          Qualifier: 'live',
        });
        const { Payload, ...rest } = await new LambdaClient({}).send(command);
        return { ...rest, text: Payload?.transformToString(), isBytes: Payload instanceof Uint8Array };
      },
      () => scripted(ok(output)),
    );
    expect(value).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', text: '{"a":"ü"}', isBytes: true });
    expect(sent).toEqual([
      {
        service: 'Lambda',
        operation: 'Invoke',
        input: {
          FunctionName: 'a:b/c',
          Payload: utf8('{"x":1}'),
          InvocationType: 'RequestResponse',
          Qualifier: 'live',
        },
      },
    ]);
  });

  it('an asynchronous invocation is answered 202 without a payload', async () => {
    const { value } = await bothModes(
      async ({ require }) => {
        const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
        const { StatusCode, Payload, $metadata } = await new LambdaClient({}).send(
          new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', LogType: 'None' }),
        );
        return { StatusCode, Payload, httpStatusCode: $metadata.httpStatusCode };
      },
      () => scripted(ok({ StatusCode: 202, Payload: new Uint8Array(0) })),
    );
    expect(value).toEqual({ StatusCode: 202, Payload: null, httpStatusCode: 202 });
  });

  it('a function name that is missing is the SDK’s own error, and nothing is sent', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
        const command = new InvokeCommand({ FunctionName: undefined });
        return new LambdaClient({}).send(command).catch((error: Error) => error.message);
      },
      () => scripted(ok({})),
    );
    expect(value).toMatch(/No value provided for input HTTP label: FunctionName/);
    expect(sent).toEqual([]);
  });
});

describe('clients', () => {
  it('can be aggregated, be given a callback, be destroyed, and be asked for their region', async () => {
    const { value, sent } = await bothModes(async ({ require }) => {
      const { DynamoDB } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocument } = require('@aws-sdk/lib-dynamodb');
      const client = new DynamoDB({ region: 'eu-central-1' });
      const documents = DynamoDBDocument.from(client);
      await documents.put({ TableName: 'T', Item: { id: 'a' } });
      const plain = await client.getItem({ TableName: 'T', Key: { id: { S: 'a' } } });
      const called = await new Promise((resolve) => {
        documents.get({ TableName: 'T', Key: { id: 'a' } }, (_error: unknown, output?: { Item?: unknown }) =>
          resolve(output?.Item),
        );
      });
      client.destroy();
      return { item: plain.Item, called, region: await client.config.region() };
    }, mapWorld);
    expect(value).toEqual({ item: { id: { S: 'a' } }, called: { id: 'a' }, region: 'eu-central-1' });
    expect(sent).toHaveLength(3);
  });

  it('are instances of their class, even if a learner extends it', async () => {
    const { value, sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDB, DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const { DynamoDBDocumentClient } = require('@aws-sdk/lib-dynamodb');
        class Mine extends DynamoDBClient {
          readonly mine = true;
        }
        const mine = new Mine({});
        await mine.send(new ListTablesCommand({}));
        const plain = new DynamoDBClient({});
        return [
          mine instanceof Mine && mine instanceof DynamoDBClient && mine.mine,
          mine.constructor === Mine && plain.constructor === DynamoDBClient,
          plain.constructor.name === 'DynamoDBClient' && DynamoDBClient.name === 'DynamoDBClient',
          new DynamoDB({}) instanceof DynamoDBClient,
          DynamoDBDocumentClient.from(plain) instanceof DynamoDBDocumentClient,
        ];
      },
      () => scripted(ok({ TableNames: [] })),
    );
    expect(value).toEqual([true, true, true, true, true]);
    expect(sent).toEqual([{ service: 'DynamoDB', operation: 'ListTables', input: {} }]);
  });

  it('run the middleware that a learner adds, on the client and on the command', async () => {
    const { value, sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient, GetCommand, PutCommand } = require('@aws-sdk/lib-dynamodb');
      const seen: string[] = [];
      const client = new DynamoDBClient({});
      const documents = DynamoDBDocumentClient.from(client);
      const watch = (name: string) => (next: (args: never) => Promise<never>) => async (args: { input: object }) => {
        seen.push(name + JSON.stringify(args.input));
        return next(args as never);
      };
      const put = new PutCommand({ TableName: 'T', Item: { id: 'a' } });
      put.middlewareStack.add(watch('command') as never, { step: 'initialize' });
      await documents.send(put);
      client.middlewareStack.add(watch('client') as never, { step: 'build' });
      const { Item } = await documents.send(new GetCommand({ TableName: 'T', Key: { id: 'a' } }));
      return { seen, Item };
    }, mapWorld);
    expect(value).toEqual({
      // A document command shares its stack with the command that it wraps, so the SDK runs this middleware twice.
      seen: [
        'command{"TableName":"T","Item":{"id":"a"}}',
        'command{"TableName":"T","Item":{"id":"a"}}',
        'client{"TableName":"T","Key":{"id":{"S":"a"}}}',
      ],
      Item: { id: 'a' },
    });
    expect(sent).toHaveLength(2);
  });
});

describe('commands', () => {
  it('can be sent again, and later changes to their input change nothing that was sent', async () => {
    const { sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      const Item = { id: { S: 'a' }, toJSON: undefined as never };
      const command = new PutItemCommand({ TableName: 'T', Item });
      const first = client.send(command);
      await first;
      Item.id.S = 'b';
      await client.send(command);
    }, mapWorld);
    expect(sent.map((call) => ('input' in call ? call.input.Item : null))).toEqual([
      { id: { S: 'a' } },
      { id: { S: 'b' } },
    ]);
  });

  it('send only what their schema names', async () => {
    const { sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');
      const input = {
        TableName: 'T',
        Key: { id: { S: 'a' } },
        Extra: 1,
        ConsistentRead: undefined,
        toJSON: () => 'smuggled',
      };
      await new DynamoDBClient({}).send(new GetItemCommand(input));
    }, mapWorld);
    expect(sent).toEqual([
      { service: 'DynamoDB', operation: 'GetItem', input: { TableName: 'T', Key: { id: { S: 'a' } } } },
    ]);
  });

  it('reach the service with the types that the SDK would serialise, right or wrong', async () => {
    const { sent } = await bothModes(async ({ require }) => {
      const { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      await client.send(new GetItemCommand({ TableName: 7, Key: { id: { N: 1 } } } as never));
      await client.send(new QueryCommand({ TableName: 'T', Limit: '5' } as never));
      await client.send(new PutItemCommand({ TableName: 'T', Item: { id: { S: 'a', N: '1' } } } as never));
      await client.send(new GetItemCommand(undefined as never));
    }, mapWorld);
    expect(sent.map((call) => ('input' in call ? call.input : null))).toEqual([
      // The SDK's serialiser turns a number into an empty text here; the service refuses it.
      { TableName: 7, Key: { id: { N: '' } } },
      { TableName: 'T', Limit: '5' },
      { TableName: 'T', Item: { id: { S: 'a', N: '1' } } },
      {},
    ]);
  });

  it('are given an idempotency token if they have none', async () => {
    const { sent } = await bothModes(
      async ({ require }) => {
        const { DynamoDBClient, TransactWriteItemsCommand } = require('@aws-sdk/client-dynamodb');
        const client = new DynamoDBClient({});
        const command = new TransactWriteItemsCommand({ TransactItems: [] });
        await client.send(command);
        await client.send(command);
      },
      () => scripted(ok({})),
    );
    const tokens = sent.map((call) => ('input' in call ? call.input.ClientRequestToken : null));
    expect(tokens[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(tokens[0]).not.toBe(tokens[1]);
  });
});
