/**
 * The answer to a transaction that meets others on its way, through the service's public interface.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { type DynamoDBForTests, withThings } from './dynamodb-for-tests.ts';

const putting = (...ids: readonly string[]) => ({
  TransactItems: ids.map((id) => ({ Put: { TableName: 'Things', Item: { id: { S: id } } } })),
});

/** The faults that may strike at a transaction which meets these others. */
const meeting = (input: Input, running: readonly Input[], db: DynamoDBForTests = withThings()) =>
  db.faultsAt('TransactWriteItems', input, running).flatMap((fault) => ('served' in fault ? [fault] : []));

describe('a transaction that meets others', () => {
  it('DD-06 is cancelled with TransactionConflict for the items in common, and None for the others', () => {
    const [conflict, ...others] = meeting(putting('a', 'b'), [putting('c'), putting('b')]);
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ fault: 'conflict', served: { effects: [] } });
    expect(conflict?.served.answer).toEqual({
      ok: false,
      error: {
        code: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]',
        status: 400,
        members: {
          CancellationReasons: [
            { Code: 'None' },
            { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
          ],
        },
      },
    });
  });

  it('DD-07 does not conflict with a transaction on other items, nor with one that is refused', () => {
    expect(meeting(putting('a'), [putting('b')])).toEqual([]);
    expect(meeting(putting('a'), [])).toEqual([]);
    expect(meeting(putting('a'), [putting('a', 'a'), { TransactItems: [] }])).not.toEqual([]);
    expect(meeting({ TransactItems: [] }, [putting('a')])).toEqual([]);
  });

  it('writes nothing', () => {
    const db = withThings();
    const [conflict] = meeting(putting('a'), [putting('a')], db);
    expect(conflict?.served.footprint).toEqual({ reads: ['dynamodb/Things/{"id":{"S":"a"}}'], writes: [] });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 0 });
  });

  it('can meet other transactions, and no other call', () => {
    const { service } = withThings();
    expect(service.meets?.({ operation: 'TransactWriteItems', input: {} })?.fault).toBe('conflict');
    expect(service.meets?.({ operation: 'TransactGetItems', input: {} })).toBeNull();
    expect(service.meets?.({ operation: 'PutItem', input: {} })).toBeNull();
  });
});
