/**
 * Laws that hold for all items, keys and conditions.
 *
 * Items are random, with all types, nested. They are sent as a client writes them and compared as DynamoDB prints them.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withOrders, withThings } from './dynamodb-for-tests.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const integer = fc.maxSafeInteger().map(String);
const bytes = fc.uint8Array({ maxLength: 6 });
const value = fc.letrec<{ any: Record<string, unknown> }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text.map((S) => ({ S })),
    integer.map((N) => ({ N })),
    bytes.map((B) => ({ B })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true }),
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'é', '😀'), { minLength: 1 }).map((SS) => ({ SS: SS.sort() })),
    fc.array(tie('any'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(attribute(), tie('any'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
})).any;

function attribute() {
  return text.filter((name) => name !== '__proto__');
}

const item = fc.dictionary(attribute(), value, { maxKeys: 5 }).map((attributes) => ({ ...attributes, id: { S: 'a' } }));

const KEY = { id: { S: 'a' } };

describe('for any item,', () => {
  it('a get returns what was put', () => {
    fc.assert(
      fc.property(item, (drawn) => {
        expect(withThings(drawn).item('Things', KEY)).toEqual(drawn);
      }),
    );
  });

  it('a change that the client makes to its own object afterwards has no effect', () => {
    const list = [{ S: 'x' }];
    const drawn = { ...KEY, list: { L: list }, blob: { B: new Uint8Array([1]) } };
    const db = withThings(drawn);
    list.push({ S: 'y' });
    drawn.blob.B[0] = 9;
    expect(db.item('Things', KEY)).toEqual({ ...KEY, list: { L: [{ S: 'x' }] }, blob: { B: new Uint8Array([1]) } });
  });

  it('a false condition leaves the state as it was, and is a read', () => {
    fc.assert(
      fc.property(item, item, (before, after) => {
        const db = withThings(before);
        const was = db.copy();
        const { answer, footprint, effects } = db.call('PutItem', {
          TableName: 'Things',
          Item: after,
          ConditionExpression: 'attribute_not_exists(id)',
        });
        expect(answer?.ok).toBe(false);
        expect(footprint.writes).toEqual([]);
        expect(effects).toEqual([]);
        expect(db.state).toEqual(was.state);
      }),
    );
  });

  it('an update that removes what another update set restores the item', () => {
    fc.assert(
      fc.property(item, value, (before, fresh) => {
        const db = withThings(before);
        const update = { TableName: 'Things', Key: KEY, ExpressionAttributeNames: { '#n': 'a fresh name' } };
        const values = { ExpressionAttributeValues: { ':v': fresh } };
        db.ask('UpdateItem', { ...update, UpdateExpression: 'SET #n = :v', ...values });
        expect(db.item('Things', KEY)).toEqual({ ...before, 'a fresh name': fresh });
        db.ask('UpdateItem', { ...update, UpdateExpression: 'REMOVE #n' });
        expect(db.item('Things', KEY)).toEqual(before);
      }),
    );
  });

  it('a structured clone of the state gives the same answers', () => {
    fc.assert(
      fc.property(item, (drawn) => {
        const db = withThings(drawn);
        db.ask('UpdateItem', { TableName: 'Things', Key: KEY, UpdateExpression: 'REMOVE x' });
        db.state = structuredClone(db.state);
        expect(db.item('Things', KEY)).toEqual(drawn);
      }),
    );
  });

  it('a change in one copy of a world is not visible in another', () => {
    fc.assert(
      fc.property(item, item, (one, two) => {
        const db = withThings(one);
        const copy = db.copy();
        copy.ask('PutItem', { TableName: 'Things', Item: two });
        copy.ask('DeleteTable', { TableName: 'Things' });
        expect(db.item('Things', KEY)).toEqual(one);
      }),
    );
  });
});

describe('for any sort keys,', () => {
  const number = fc.oneof(
    fc.maxSafeInteger().map(String),
    fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -40, max: 40 })).map(([a, e]) => `${a}e${e}`),
  );

  it('a query is ordered by value, each item once, and backwards is the reverse', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 12 }), (numbers) => {
        const db = withOrders(...numbers.map((N) => ({ customer: { S: 'c' }, number: { N } })));
        const query = (forward: boolean) => {
          const { Items } = db.ask('Query', {
            TableName: 'Orders',
            KeyConditionExpression: 'customer = :c',
            ExpressionAttributeValues: { ':c': { S: 'c' } },
            ScanIndexForward: forward,
          });
          return (Items as { number: { N: string } }[]).map((found) => Number(found.number.N));
        };
        const distinct = [...new Set(numbers.map((N) => Number(N) + 0))].sort((a, b) => a - b);
        expect(query(true)).toEqual(distinct);
        expect(query(false)).toEqual(distinct.toReversed());
      }),
    );
  });

  it.each([1, 2, 3])('pages of %i together return what one page returns', (limit) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 10 }),
        fc.boolean(),
        (numbers, forward) => {
          const db = withOrders(...numbers.map((N) => ({ customer: { S: 'c' }, number: { N: String(N) } })));
          const query = (page: object) =>
            db.ask('Query', {
              TableName: 'Orders',
              KeyConditionExpression: 'customer = :c',
              ExpressionAttributeValues: { ':c': { S: 'c' } },
              ScanIndexForward: forward,
              ...page,
            });
          const found: unknown[] = [];
          let start: unknown;
          do {
            const page = query({ Limit: limit, ExclusiveStartKey: start });
            found.push(...(page.Items as unknown[]));
            start = page.LastEvaluatedKey;
          } while (start !== undefined);
          expect(found).toEqual(query({}).Items);
        },
      ),
    );
  });

  it.each([1, 2, 5])('%i segments of a scan together return each item once', (total) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          text.filter((S) => S !== ''),
          { maxLength: 20 },
        ),
        (ids) => {
          const db = withThings(...ids.map((S) => ({ id: { S } })));
          const found = Array.from({ length: total }, (_, segment) => {
            const { Items } = db.ask('Scan', { TableName: 'Things', Segment: segment, TotalSegments: total });
            return (Items as { id: { S: string } }[]).map(({ id }) => id.S);
          }).flat();
          expect(found.sort()).toEqual(ids.sort());
        },
      ),
    );
  });
});
