import { describe, expect, it } from 'vitest';
import { applyDynamoDB, newDynamoDB } from './dynamodb.ts';
import { transactionConflict } from './transaction-conflict.ts';

const AT = { nowMs: 0, epochMs: 0 };

function withThings() {
  const state = newDynamoDB();
  const created = applyDynamoDB(
    state,
    'CreateTable',
    {
      TableName: 'Things',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
    AT,
  );
  if (!created.answer?.ok) throw new Error('no table');
  return state;
}

const putting = (...ids: readonly string[]) => ({
  TransactItems: ids.map((id) => ({ Put: { TableName: 'Things', Item: { id: { S: id } } } })),
});

describe('a transaction that meets others', () => {
  it('DD-06 is cancelled with TransactionConflict for the items in common, and None for the others', () => {
    const conflict = transactionConflict(withThings(), putting('a', 'b'), [putting('c'), putting('b')]);
    expect(conflict?.answer).toEqual({
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

  it('DD-07 does not conflict with a transaction about other items, nor with one that is refused', () => {
    expect(transactionConflict(withThings(), putting('a'), [putting('b')])).toBeNull();
    expect(transactionConflict(withThings(), putting('a'), [])).toBeNull();
    expect(transactionConflict(withThings(), putting('a'), [putting('a', 'a'), { TransactItems: [] }])).not.toBeNull();
    expect(transactionConflict(withThings(), { TransactItems: [] }, [putting('a')])).toBeNull();
  });

  it('writes nothing', () => {
    const state = withThings();
    const { footprint } = transactionConflict(state, putting('a'), [putting('a')]) ?? {};
    expect(footprint).toEqual({ reads: ['dynamodb/Things/{"id":{"S":"a"}}'], writes: [] });
    expect(applyDynamoDB(state, 'Scan', { TableName: 'Things' }, AT).answer).toMatchObject({ output: { Count: 0 } });
  });
});
