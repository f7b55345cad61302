/**
 * BatchGetItem and BatchWriteItem.
 */

import { describe, expect, it } from 'vitest';
import { notesIn } from '../../../contract/service-for-tests.ts';
import { withThings } from '../dynamodb-for-tests.ts';

describe('BatchGetItem', () => {
  const things = (keys: readonly string[], more: object = {}) => ({
    RequestItems: { Things: { Keys: keys.map((S) => ({ id: { S } })), ...more } },
  });

  it('returns the items that exist', () => {
    const db = withThings({ id: { S: 'a' }, n: { N: '1' } }, { id: { S: 'b' } });
    expect(db.ask('BatchGetItem', things(['b', 'missing', 'a'], { ProjectionExpression: 'n' }))).toEqual({
      Responses: { Things: [{}, { n: { N: '1' } }] },
      UnprocessedKeys: {},
    });
  });

  it('refuses the same key twice, and more than 100', () => {
    const many = Array.from({ length: 101 }, (_, at) => String(at));
    expect(withThings().errorOf('BatchGetItem', things(['a', 'a'])).message).toBe(
      'Provided list of item keys contains duplicates',
    );
    expect(withThings().errorOf('BatchGetItem', things(many)).message).toBe(
      "1 validation error detected: Value at 'RequestItems.Things.member.Keys' failed to satisfy constraint: " +
        'Member must have length less than or equal to 100',
    );
  });

  it('leaves items beyond 16 MB unprocessed', () => {
    const ids = Array.from({ length: 45 }, (_, at) => String(at));
    const db = withThings(...ids.map((S) => ({ id: { S }, pad: { S: 'x'.repeat(400_000) } })));
    const { Responses, UnprocessedKeys } = db.ask('BatchGetItem', things(ids)) as {
      Responses: { Things: unknown[] };
      UnprocessedKeys: { Things: { Keys: unknown[] } };
    };
    expect(Responses.Things).toHaveLength(41);
    expect(UnprocessedKeys.Things.Keys).toEqual(ids.slice(41).map((S) => ({ id: { S } })));
  });
});

describe('BatchWriteItem', () => {
  it('puts and deletes', () => {
    const db = withThings({ id: { S: 'a' } });
    const requests = [{ DeleteRequest: { Key: { id: { S: 'a' } } } }, { PutRequest: { Item: { id: { S: 'b' } } } }];
    const { footprint, effects } = db.call('BatchWriteItem', { RequestItems: { Things: requests } });
    expect(db.ask('Scan', { TableName: 'Things' }).Items).toEqual([{ id: { S: 'b' } }]);
    expect(footprint.writes).toEqual(['dynamodb/Things/{"id":{"S":"a"}}', 'dynamodb/Things/{"id":{"S":"b"}}']);
    expect(notesIn(effects)).toHaveLength(2);
  });

  it.each([{ id: { N: '1' } }, { n: { N: '1' } }])(
    'DD-16 refuses %j, whose key is missing or of the wrong type, with the message of a lookup',
    (Item) => {
      const requests = [{ PutRequest: { Item } }];
      expect(withThings().errorOf('BatchWriteItem', { RequestItems: { Things: requests } }).message).toBe(
        'The provided key element does not match the schema',
      );
    },
  );

  it('refuses two requests for one item', () => {
    const requests = [{ DeleteRequest: { Key: { id: { S: 'a' } } } }, { PutRequest: { Item: { id: { S: 'a' } } } }];
    expect(withThings().errorOf('BatchWriteItem', { RequestItems: { Things: requests } }).message).toBe(
      'Provided list of item keys contains duplicates',
    );
  });
});
