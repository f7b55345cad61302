/**
 * The answer to a transaction for which a table has no throughput left, through the service's public interface.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { withThings } from './dynamodb-for-tests.ts';

const writing = (...ids: readonly string[]): Input => ({
  TransactItems: ids.map((id) => ({ Put: { TableName: 'Things', Item: { id: { S: id } } } })),
});
const reading = (...ids: readonly string[]): Input => ({
  TransactItems: ids.map((id) => ({ Get: { TableName: 'Things', Key: { id: { S: id } } } })),
});

function shortages(operation: string, input: Input, budget: 'cancelled' | 'conflict' = 'cancelled') {
  const db = withThings();
  db.faults = [budget];
  const offered = db.faultsAt(operation, input, []).flatMap((fault) => ('served' in fault ? [fault] : []));
  expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 0 });
  return offered;
}

const NONE = { Code: 'None' };
const SHORTAGE = {
  Code: 'ThrottlingError',
  Message: expect.stringContaining('Throughput exceeds the current capacity of your table or index'),
};

describe('a transaction without throughput', () => {
  it.each([
    ['TransactWriteItems', writing],
    ['TransactGetItems', reading],
  ] as const)('DD-06 UV-88 is cancelled for one of its items, and any of them: %s', (operation, request) => {
    const offered = shortages(operation, request('a', 'b'));
    expect(offered.map(({ fault }) => fault)).toEqual(['cancelled', 'cancelled']);
    expect(offered.map(({ served }) => served.answer)).toMatchObject([
      { error: { code: 'TransactionCanceledException', members: { CancellationReasons: [SHORTAGE, NONE] } } },
      { error: { code: 'TransactionCanceledException', members: { CancellationReasons: [NONE, SHORTAGE] } } },
    ]);
    expect(new Set(offered.map(({ about }) => about)).size).toBe(2);
  });

  it('DD-06 names the code of the reason in its message, and writes nothing', () => {
    const [first] = shortages('TransactWriteItems', writing('a', 'b'));
    expect(first?.served).toMatchObject({
      answer: { error: { message: expect.stringContaining('[ThrottlingError, None]'), status: 400 } },
      effects: [],
      footprint: { writes: [] },
    });
  });

  it('DD-06 is no plain write, no read of one item and no request that is refused anyway', () => {
    expect(shortages('PutItem', { TableName: 'Things', Item: { id: { S: 'a' } } })).toEqual([]);
    expect(shortages('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } })).toEqual([]);
    expect(shortages('TransactWriteItems', { TransactItems: [] })).toEqual([]);
  });

  it('needs a budget of its own', () => {
    expect(shortages('TransactWriteItems', writing('a'), 'conflict')).toEqual([]);
  });
});
