/**
 * The answer to a transaction that meets others on its way, through the service's public interface.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import type { MetCall } from '../../contract/call-fault.ts';
import { conflict, type StepFootprint } from '../../kernel/footprint.ts';
import { type DynamoDBForTests, withThings } from './dynamodb-for-tests.ts';
import { tablePath } from './outcome.ts';

const putting = (...ids: readonly string[]) => ({
  TransactItems: ids.map((id) => ({ Put: { TableName: 'Things', Item: { id: { S: id } } } })),
});

const plain = (id: string): Record<string, Input> => ({
  PutItem: { TableName: 'Things', Item: { id: { S: id } } },
  UpdateItem: {
    TableName: 'Things',
    Key: { id: { S: id } },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
  DeleteItem: { TableName: 'Things', Key: { id: { S: id } } },
});
const PLAIN_WRITES = Object.keys(plain('a'));
const getting = (...ids: readonly string[]) => ({
  TransactItems: ids.map((id) => ({ Get: { TableName: 'Things', Key: { id: { S: id } } } })),
});

const running = (operation: string, input: Input = {}, isOver = false): MetCall => ({ operation, input, isOver });

function withConflicts(): DynamoDBForTests {
  const db = withThings();
  db.faults = ['conflict'];
  return db;
}

/** The faults that may strike at a call which meets these others. */
const meetingOthers = (
  operation: string,
  input: Input = {},
  others: readonly MetCall[] = [],
  db: DynamoDBForTests = withConflicts(),
) => db.faultsAt(operation, input, others).flatMap((fault) => ('served' in fault ? [fault] : []));

/** The same for a transaction that meets transactions. */
const meeting = (input: Input, others: readonly Input[], db?: DynamoDBForTests) =>
  meetingOthers(
    'TransactWriteItems',
    input,
    others.map((other) => running('TransactWriteItems', other)),
    db,
  );

describe('a transaction that meets others', () => {
  it('DD-06 is cancelled with TransactionConflict for the items in common, and None for the others', () => {
    const [cancelled, ...others] = meeting(putting('a', 'b'), [putting('c'), putting('b')]);
    expect(others).toEqual([]);
    expect(cancelled).toMatchObject({ fault: 'conflict', isMetBefore: true, served: { effects: [] } });
    expect(cancelled?.served.answer).toEqual({
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
    const db = withConflicts();
    const [cancelled] = meeting(putting('a'), [putting('a')], db);
    expect(cancelled?.served.footprint).toEqual({ reads: ['dynamodb/Things/{"id":{"S":"a"}}'], writes: [] });
    expect(db.ask('Scan', { TableName: 'Things' })).toMatchObject({ Count: 0 });
  });

  it('DD-06 is cancelled because of one that was cancelled beside it, so each can cancel the other', () => {
    const over = running('TransactWriteItems', putting('a'), true);
    expect(meetingOthers('TransactWriteItems', putting('a'), [over])).toHaveLength(1);
  });

  it.each(PLAIN_WRITES)('DD-07 is cancelled because of a %s on its way to one of its items', (operation) => {
    const { [operation]: input } = plain('b');
    const [cancelled] = meetingOthers('TransactWriteItems', putting('a', 'b'), [running(operation, input)]);
    expect(cancelled?.served.answer).toMatchObject({
      error: {
        code: 'TransactionCanceledException',
        members: { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] },
      },
    });
    expect(meetingOthers('TransactWriteItems', putting('a'), [running(operation, input)])).toEqual([]);
    expect(meetingOthers('TransactWriteItems', putting('b'), [running(operation, input, true)])).toEqual([]);
  });

  it('does not meet calls that only read, and none is cancelled without a budget', () => {
    const reads = [
      running('GetItem', { TableName: 'Things', Key: { id: { S: 'a' } } }),
      running('TransactGetItems', getting('a')),
    ];
    expect(meetingOthers('TransactWriteItems', putting('a'), reads)).toEqual([]);
    expect(meeting(putting('a'), [putting('a')], withThings())).toEqual([]);
  });
});

describe('a plain write that meets a transaction', () => {
  it.each(PLAIN_WRITES)('DD-07 is refused with TransactionConflictException: %s', (operation) => {
    const { [operation]: input } = plain('a');
    const [refused, ...more] = meetingOthers(operation, input, [running('TransactWriteItems', putting('b', 'a'))]);
    expect(more).toEqual([]);
    expect(refused?.served.answer).toEqual({
      ok: false,
      error: { code: 'TransactionConflictException', message: 'Transaction is ongoing for the item', status: 400 },
    });
    expect(refused).not.toHaveProperty('isMetBefore');
  });

  it('DD-07 is not refused because of another item, another plain write, or a transaction that is over', () => {
    const { PutItem: input } = plain('a');
    const others = [
      running('TransactWriteItems', putting('b')),
      running('PutItem', input),
      running('TransactWriteItems', putting('a'), true),
    ];
    expect(meetingOthers('PutItem', input, others)).toEqual([]);
  });
});

describe('a transactional read', () => {
  it('DD-09 is cancelled because of a transaction or a plain write on its way to one of its items', () => {
    const { PutItem } = plain('b');
    for (const other of [running('TransactWriteItems', putting('b')), running('PutItem', PutItem)]) {
      const [cancelled] = meetingOthers('TransactGetItems', getting('a', 'b'), [other]);
      expect(cancelled?.served.answer).toMatchObject({
        error: { members: { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] } },
      });
      expect(meetingOthers('TransactGetItems', getting('a'), [other])).toEqual([]);
    }
  });
});

describe('the footprint of a call on its way', () => {
  const nothing: StepFootprint = { reads: [], writes: [] };
  const { service, state } = withThings();
  const footprints = (operation: string, input: Input = {}) => {
    const { passing = nothing, looking = nothing } = service.meets?.(state, { operation, input }) ?? {};
    return { setsOut: passing, arrives: { ...looking, adds: passing.adds ?? [] } };
  };
  const transaction = footprints('TransactWriteItems', putting('a', 'b'));
  const write = footprints('PutItem', plain('a').PutItem);

  it('lets a transaction depend on each call that it can meet, from the moment that this one sets out', () => {
    for (const other of [transaction, write]) {
      expect(conflict(transaction.arrives, other.setsOut)).toBe(true);
      expect(conflict(transaction.arrives, other.arrives)).toBe(true);
      expect(conflict(transaction.setsOut, other.setsOut)).toBe(false);
    }
  });

  it('lets plain writes depend on transactions, and not on each other', () => {
    expect(conflict(write.arrives, transaction.setsOut)).toBe(true);
    expect(conflict(write.arrives, write.arrives)).toBe(false);
    expect(conflict(write.arrives, write.setsOut)).toBe(false);
    expect(conflict(footprints('PutItem', plain('c').PutItem).arrives, transaction.setsOut)).toBe(false);
  });

  it('is that of every item if the request can not be read', () => {
    const unread = footprints('TransactWriteItems', { TransactItems: [] });
    expect(conflict(unread.setsOut, transaction.arrives)).toBe(true);
  });

  it('depends on the definitions of its tables, since they say which items it is about', () => {
    const created: StepFootprint = { reads: [], writes: [tablePath('Things')] };
    const createdBeside: StepFootprint = { reads: [], writes: [tablePath('Others')] };
    for (const { setsOut } of [transaction, write, footprints('TransactGetItems', getting('a'))]) {
      expect(conflict(setsOut, created)).toBe(true);
      expect(conflict(setsOut, createdBeside)).toBe(false);
    }
  });

  it('is nothing for all other calls', () => {
    expect(service.meets?.(state, { operation: 'GetItem', input: {} })).toBeNull();
    expect(service.meets?.(state, { operation: 'BatchWriteItem', input: {} })).toBeNull();
  });
});
