/**
 * Requests that are refused by name because they are not modelled.
 */

import { describe, expect, it } from 'vitest';
import { withThings } from './dynamodb-for-tests.ts';

const KEY = { id: { S: 'a' } };
const THING = { TableName: 'Things', Key: KEY };

describe('requests that are not simulated', () => {
  it.each([
    ['PutItem', 'Expected', { Item: KEY, Expected: {} }],
    ['UpdateItem', 'AttributeUpdates', { Key: KEY, AttributeUpdates: {} }],
    ['GetItem', 'AttributesToGet', { Key: KEY, AttributesToGet: ['id'] }],
    ['Query', 'KeyConditions', { KeyConditions: {} }],
    ['Scan', 'ScanFilter', { ScanFilter: {} }],
  ])('include %s with the legacy member %s, which is refused by name', (operation, member, input) => {
    expect(withThings().errorOf(operation, { TableName: 'Things', ...input })).toMatchObject({
      code: 'RaceproofNotSimulated',
      message: `${member} in ${operation} is not simulated.`,
    });
  });

  it('include reports of consumed capacity, which are refused by name unless they are NONE', () => {
    const db = withThings(KEY);
    expect(db.errorOf('GetItem', { ...THING, ReturnConsumedCapacity: 'TOTAL' }).message).toBe(
      'ReturnConsumedCapacity: TOTAL in GetItem is not simulated.',
    );
    expect(db.ask('GetItem', { ...THING, ReturnConsumedCapacity: 'NONE' })).toEqual({ Item: KEY });
  });

  it('include unknown operations, which are refused by name', () => {
    expect(withThings().errorOf('ExecuteStatement', { Statement: 'SELECT' }).message).toBe(
      'DynamoDB ExecuteStatement is not simulated.',
    );
  });
});
