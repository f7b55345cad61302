/**
 * The operations that are simulated, by AWS's names. An operation that is missing from this table is refused by name.
 *
 * All operations have one shape: they read the input, may change `state`, and return the outcome.
 */

import type { Input } from '../../../contract/answer.ts';
import type { Outcome } from '../outcome.ts';
import type { DynamoDBState } from '../state.ts';
import { batchGetItem } from './batch-get-item.ts';
import { batchWriteItem } from './batch-write-item.ts';
import { createTable, deleteTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { describeTable, listTables } from './describe-table.ts';
import { getItem } from './get-item.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';

/** When a call is applied: virtual time, and the calendar time of its zero. */
export interface AppliedAt {
  readonly nowMs: number;
  readonly epochMs: number;
}

export type Applied = (state: DynamoDBState, input: Input, at: AppliedAt) => Outcome;

export const OPERATIONS: ReadonlyMap<string, Applied> = new Map<string, Applied>([
  ['BatchGetItem', batchGetItem],
  ['BatchWriteItem', batchWriteItem],
  ['CreateTable', createTable],
  ['DeleteItem', deleteItem],
  ['DeleteTable', deleteTable],
  ['DescribeTable', describeTable],
  ['DescribeTimeToLive', describeTimeToLive],
  ['GetItem', getItem],
  ['ListTables', listTables],
  ['PutItem', putItem],
  ['Query', query],
  ['Scan', scan],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
  ['UpdateItem', updateItem],
  ['UpdateTimeToLive', updateTimeToLive],
]);
