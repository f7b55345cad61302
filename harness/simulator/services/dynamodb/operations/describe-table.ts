/**
 * DescribeTable and ListTables.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { isGiven } from '../../../contract/request.ts';
import { compareUtf8 } from '../byte-order.ts';
import { type AppliedAt, type Outcome, readOutcome, tablePath } from '../outcome.ts';
import { tableNotFound } from '../refusal.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf } from '../request.ts';
import type { DynamoDBState } from '../state.ts';
import { tableDescription } from '../table-description.ts';
import { describeTableStream } from '../table-stream.ts';

const DESCRIBE_MEMBERS: ReadonlySet<string> = new Set(['TableName']);
const LIST_MEMBERS: ReadonlySet<string> = new Set(['ExclusiveStartTableName', 'Limit']);
const MAX_NAMES = 100;

export function describeTable(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('DescribeTable', input, DESCRIBE_MEMBERS);
  const name = nameOf(state, input);
  const table = state.tables.get(name);
  if (table === undefined) throw tableNotFound(name);
  const description = tableDescription(state, table.definition, 'ACTIVE', at.epochMs);
  return readOutcome(ok({ Table: { ...description, ...describeTableStream(state, name, table.stream) } }), [
    tablePath(name),
  ]);
}

export function listTables(state: DynamoDBState, input: Input): Outcome {
  checkRequest('ListTables', input, LIST_MEMBERS);
  const limit = DYNAMODB_MEMBERS.integer(input, 'Limit', { min: 1, max: MAX_NAMES }) ?? MAX_NAMES;
  const start = isGiven(input.ExclusiveStartTableName) ? nameOf(state, input, 'ExclusiveStartTableName') : '';
  const names = [...state.tables.keys()].filter((name) => compareUtf8(name, start) > 0).sort(compareUtf8);
  const page = names.slice(0, limit);
  const last = names.length > page.length ? { LastEvaluatedTableName: page[page.length - 1] } : {};
  return readOutcome(ok({ TableNames: page, ...last }), ['dynamodb/*']);
}
