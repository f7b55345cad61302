/**
 * Query and Scan, over tables and indexes.
 *
 * The laws of order, pages and segments are in `laws.test.ts`.
 */

import { describe, expect, it } from 'vitest';
import { withOrders, withThings } from '../dynamodb-for-tests.ts';

const order = (customer: string, number: number, more: object = {}) => ({
  customer: { S: customer },
  number: { N: String(number) },
  ...more,
});
const ORDERS = [
  order('ann', 2, { placed: { S: '02' }, state: { S: 'open' }, amount: { N: '20' }, memo: { S: 'm' } }),
  order('ann', 10, { placed: { S: '01' }, state: { S: 'paid' }, amount: { N: '5' } }),
  order('bob', 1, { placed: { S: '01' }, state: { S: 'open' }, amount: { N: '7' } }),
  order('ann', -3),
];

function query(input: object, ...orders: readonly object[]) {
  return withOrders(...((orders.length > 0 ? orders : ORDERS) as Record<string, unknown>[])).call('Query', {
    TableName: 'Orders',
    KeyConditionExpression: 'customer = :c',
    ExpressionAttributeValues: { ':c': { S: 'ann' } },
    ...input,
  });
}

function output(input: object) {
  const { answer } = query(input);
  if (!answer?.ok) throw new Error(answer?.error.message);
  return answer.output;
}

function message(input: object): string {
  const { answer } = query(input);
  return answer?.ok ? 'no error' : String(answer?.error.message);
}

const numbers = (page: Readonly<Record<string, unknown>>) =>
  (page.Items as { number: { N: string } }[]).map(({ number }) => Number(number.N));

describe('a query', () => {
  it('finds one partition in the order of its sort key', () => {
    expect(numbers(output({}))).toEqual([-3, 2, 10]);
  });

  it.each([
    ['#n > :n', [10]],
    ['#n <= :n', [-3, 2]],
    ['#n = :n', [2]],
    ['#n BETWEEN :n AND :n', [2]],
    [':n < #n', [10]],
  ])('narrows by a condition on the sort key: %s', (condition, expected) => {
    const page = output({
      KeyConditionExpression: `customer = :c AND ${condition}`,
      ExpressionAttributeNames: { '#n': 'number' },
      ExpressionAttributeValues: { ':c': { S: 'ann' }, ':n': { N: '2' } },
    });
    expect(numbers(page)).toEqual(expected);
  });

  it('counts before and after its filter', () => {
    const page = output({
      FilterExpression: 'attribute_exists(amount) AND amount > :t',
      ExpressionAttributeValues: { ':c': { S: 'ann' }, ':t': { N: '6' } },
      Limit: 2,
    });
    expect(page).toMatchObject({ Count: 1, ScannedCount: 2, LastEvaluatedKey: order('ann', 2) });
  });

  it('has a LastEvaluatedKey if its limit ended it, even if nothing follows', () => {
    expect(output({ Limit: 3 })).toHaveProperty('LastEvaluatedKey', order('ann', 10));
    expect(output({ Limit: 3, ExclusiveStartKey: order('ann', 10) })).toEqual({ Items: [], Count: 0, ScannedCount: 0 });
    expect(output({ Limit: 4 })).not.toHaveProperty('LastEvaluatedKey');
  });

  it('only counts, if asked', () => {
    expect(output({ Select: 'COUNT' })).toEqual({ Count: 3, ScannedCount: 3 });
  });

  it('reads one megabyte a page', () => {
    const big = { pad: { S: 'x'.repeat(300_000) } };
    const { answer } = query({}, ...[1, 2, 3, 4, 5].map((number) => order('ann', number, big)));
    expect(answer?.ok && answer.output).toMatchObject({ Count: 3, LastEvaluatedKey: order('ann', 3) });
  });

  it('reads one partition, as its footprint says', () => {
    expect(query({}).footprint).toEqual({ reads: ['dynamodb/Orders/{"customer":{"S":"ann"}}/*'], writes: [] });
  });

  it('of a table without sort key reads one item', () => {
    const { footprint } = withThings().call('Query', {
      TableName: 'Things',
      KeyConditionExpression: 'id = :i',
      ExpressionAttributeValues: { ':i': { S: 'a' } },
    });
    expect(footprint.reads).toEqual(['dynamodb/Things/{"id":{"S":"a"}}']);
  });

  it.each([
    [
      { ExclusiveStartKey: order('bob', 1) },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [{ ExclusiveStartKey: { customer: { S: 'ann' } } }, 'The provided starting key is invalid'],
    [
      { Select: 'SPECIFIC_ATTRIBUTES' },
      '1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
    [
      { Select: 'ALL_PROJECTED_ATTRIBUTES' },
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    ],
    [
      { Select: 'ALL_ATTRIBUTES', ProjectionExpression: 'amount' },
      'Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES',
    ],
    [
      { Limit: 0 },
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [{ IndexName: 'by-nothing' }, 'The table does not have the specified index: by-nothing'],
  ])('refuses %o', (input, expected) => {
    expect(message(input)).toBe(expected);
  });
});

describe('a local index', () => {
  const index = { IndexName: 'by-placed' };

  it('orders a partition by its own key, contains items that have it, and returns what it projects', () => {
    expect(output(index).Items).toEqual([
      order('ann', 10, { placed: { S: '01' } }),
      order('ann', 2, { placed: { S: '02' } }),
    ]);
  });

  it('fetches from the table what it does not project', () => {
    expect(output({ ...index, ProjectionExpression: 'amount' }).Items).toEqual([
      { amount: { N: '5' } },
      { amount: { N: '20' } },
    ]);
    expect(output({ ...index, Select: 'ALL_ATTRIBUTES' }).Items).toContainEqual(ORDERS[0]);
  });

  it('reads one partition of the table', () => {
    expect(query(index).footprint.reads).toEqual(['dynamodb/Orders/{"customer":{"S":"ann"}}/*']);
  });
});

describe('a global index', () => {
  const index = {
    IndexName: 'by-state',
    KeyConditionExpression: '#s = :s',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':s': { S: 'open' } },
  };
  const inIndex = (at: number, total: string) => ({
    ...(ORDERS[at] as object),
    amount: { N: total },
  });

  it('has partitions of its own and returns what it projects', () => {
    const { memo: _, ...first } = inIndex(0, '20') as Record<string, unknown>;
    expect(output(index).Items).toEqual([inIndex(2, '7'), first]);
  });

  it('pages by the keys of index and table together', () => {
    const page = output({ ...index, Limit: 1 });
    expect(page.LastEvaluatedKey).toEqual({ ...order('bob', 1), placed: { S: '01' }, state: { S: 'open' } });
    expect(numbers(output({ ...index, ExclusiveStartKey: page.LastEvaluatedKey }))).toEqual([2]);
  });

  it('refuses attributes that it does not project', () => {
    expect(message({ ...index, ProjectionExpression: 'memo' })).toBe(
      'One or more parameter values were invalid: Global secondary index by-state does not project [memo]',
    );
    expect(message({ ...index, Select: 'ALL_ATTRIBUTES' })).toBe(
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary ' +
        'index by-state because its projection type is not ALL',
    );
  });

  it('orders equal sort keys by the key of the table', () => {
    const open = { placed: { S: '01' }, state: { S: 'open' } };
    const orders = [order('bob', 1, open), order('ann', 10, open), order('ann', 9, open)];
    const { answer } = query(index, ...orders);
    expect(answer?.ok && numbers(answer.output)).toEqual([9, 10, 1]);
  });

  it('reads the whole table', () => {
    expect(query(index).footprint.reads).toEqual(['dynamodb/Orders/*']);
  });
});

describe('a scan', () => {
  it('finds all items in the same order, no matter in which order they were written', () => {
    const scan = (items: readonly object[]) =>
      withOrders(...(items as Record<string, unknown>[])).ask('Scan', { TableName: 'Orders' }).Items;
    expect(scan(ORDERS)).toHaveLength(4);
    expect(scan(ORDERS.toReversed())).toEqual(scan(ORDERS));
  });

  it('filters, projects, and reads the whole table', () => {
    const { answer, footprint } = withOrders(...ORDERS).call('Scan', {
      TableName: 'Orders',
      FilterExpression: 'customer = :c AND amount > :t',
      ProjectionExpression: 'amount',
      ExpressionAttributeValues: { ':c': { S: 'ann' }, ':t': { N: '6' } },
    });
    expect(answer).toEqual({ ok: true, output: { Items: [{ amount: { N: '20' } }], Count: 1, ScannedCount: 4 } });
    expect(footprint).toEqual({ reads: ['dynamodb/Orders/*'], writes: [] });
  });

  it.each([
    [
      { Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      { TotalSegments: 2 },
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ],
    [
      { Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
  ])('refuses %o', (input, expected) => {
    expect(withOrders().errorOf('Scan', { TableName: 'Orders', ...input }).message).toBe(expected);
  });
});
