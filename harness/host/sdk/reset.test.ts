/**
 * A realm is reused: no change that one environment makes to the SDK is visible in the next one.
 */

import { describe, expect, it } from 'vitest';
import { ok } from '../../simulator/contract/answer.ts';
import { type RealmCode, testRealms } from './fixtures/test-realm.ts';
import { mapWorld, scripted } from './fixtures/worlds.ts';

const realms = testRealms();

const isThere: RealmCode = async ({ require }) => {
  const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = require('@aws-sdk/lib-dynamodb');
  const places = [DynamoDBClient, DynamoDBClient.prototype, GetItemCommand, DynamoDBDocumentClient];
  const bases = places.map((place) => Object.getPrototypeOf(place) as object);
  return [...places, ...bases].some((place) => Reflect.has(place, 'lock'));
};

describe('resetting the SDK', () => {
  it('removes what was added to classes, to their prototypes and to their base classes', async () => {
    const realm = (await realms)();
    realm.run(async ({ require }) => {
      const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');
      const { DynamoDBDocumentClient } = require('@aws-sdk/lib-dynamodb');
      for (const place of [DynamoDBClient, DynamoDBClient.prototype, GetItemCommand, DynamoDBDocumentClient]) {
        Object.assign(place, { lock: true });
      }
      Object.assign(Object.getPrototypeOf(DynamoDBClient.prototype), { lock: true });
    }, mapWorld());
    expect(realm.run(isThere, mapWorld()).value).toBe(true);
    expect(realm.reset()).toBe(true);
    expect(realm.run(isThere, mapWorld()).value).toBe(false);
  });

  it('restores methods that were replaced or deleted', async () => {
    const realm = (await realms)();
    realm.run(async ({ require }) => {
      const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
      DynamoDBClient.prototype.send = (async () => 'hijacked') as never;
      Reflect.deleteProperty(DynamoDBClient.prototype, 'destroy');
    }, mapWorld());
    realm.reset();
    const { value, sent } = realm.run(
      async ({ require }) => {
        const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
        const client = new DynamoDBClient({});
        await client.send(new ListTablesCommand({}));
        return typeof client.destroy;
      },
      scripted(ok({})),
    );
    expect(value).toBe('function');
    expect(sent).toHaveLength(1);
  });

  it('cleans classes that the learner reached only through an error or a payload', async () => {
    const realm = (await realms)();
    const failing: RealmCode = async ({ require }) => {
      const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      const command = new PutItemCommand({ TableName: 'T', Item: { id: { S: 'a' } }, ConditionExpression: 'never' });
      await client.send(command);
      const error = await client.send(command).catch((caught: unknown) => caught);
      const place = (error as Error).constructor;
      const before = Reflect.has(place, 'lock');
      Object.assign(place, { lock: true });
      return before;
    };
    expect(realm.run(failing, mapWorld()).value).toBe(false);
    realm.reset();
    expect(realm.run(failing, mapWorld()).value).toBe(false);
  });

  it('leaves a package as it is that is loaded after a class of another one was handed out', async () => {
    const realm = (await realms)();
    realm.run(async ({ require }) => {
      const { ResourceNotFoundException } = require('@aws-sdk/client-dynamodb');
      return ResourceNotFoundException.name;
    }, mapWorld());
    realm.reset();
    const { value } = realm.run(async ({ require }) => {
      const { SQSServiceException, QueueDoesNotExist } = require('@aws-sdk/client-sqs');
      const ServiceException = Object.getPrototypeOf(SQSServiceException);
      const shapeIds = [SQSServiceException, QueueDoesNotExist].map((error) => String(Reflect.get(error, 'shapeId')));
      let refused = '';
      try {
        Reflect.set(ServiceException, 'shapeId', 'mine');
      } catch (error) {
        refused = (error as Error).message;
      }
      return [...shapeIds, refused.slice(0, 25)];
    }, mapWorld());
    expect(value).toEqual([
      'smithy.ts.sdk.synthetic.com.amazonaws.sqs#SQSServiceException',
      'com.amazonaws.sqs#QueueDoesNotExist',
      'Cannot change «shapeId»: ',
    ]);
  });

  it('says so if a class can’t be restored', async () => {
    const realm = (await realms)();
    realm.run(async ({ require }) => {
      Object.freeze(require('@aws-sdk/client-dynamodb').DynamoDBClient);
    }, mapWorld());
    expect(realm.reset()).toBe(false);
    const other = (await realms)();
    other.run(async ({ require }) => {
      Object.defineProperty(require('@aws-sdk/client-dynamodb').GetItemCommand, 'lock', { value: true });
    }, mapWorld());
    expect(other.reset()).toBe(false);
  });

  it('restarts request ids and randomness, so that equal runs are equal', async () => {
    const realm = (await realms)();
    const ids: RealmCode = async ({ require }) => {
      const { DynamoDBClient, ListTablesCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient({});
      const one = await client.send(new ListTablesCommand({}));
      const two = await client.send(new ListTablesCommand({}));
      return [one.$metadata.requestId, two.$metadata.requestId];
    };
    realm.reset();
    const first = realm.run(ids, scripted(ok({}))).value as string[];
    realm.reset();
    expect(realm.run(ids, scripted(ok({}))).value).toEqual(first);
    expect(first[0]).not.toBe(first[1]);
  });

  it('a package that the lab does not have is refused by name', async () => {
    const realm = (await realms)();
    const { value } = realm.run(async ({ require }) => {
      try {
        return require('@aws-sdk/client-s3' as never);
      } catch (error) {
        return (error as Error).message;
      }
    }, mapWorld());
    expect(value).toBe('«@aws-sdk/client-s3» is not a package of this lab.');
  });
});
