/**
 * TransactGetItems: up to 100 items, read at one point.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
 */

import { type Input, ok } from '../../../contract/answer.ts';
import { type CancellationReason, cancelled, isCancelled, NO_REASON, reasonIn } from '../cancellation.ts';
import type { DocumentPath } from '../expression/ast.ts';
import { project } from '../expression/project.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { readKey } from '../key.ts';
import type { ItemKey } from '../key-schema.ts';
import { itemPath, type Outcome, readOutcome } from '../outcome.ts';
import { checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState, Table } from '../state.ts';
import { checkDistinctItems, checkTransactionSize, readActions } from '../transaction.ts';

const MEMBERS: ReadonlySet<string> = new Set(['TransactItems']);
const GET_MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'Key',
  'ProjectionExpression',
  'ExpressionAttributeNames',
]);

interface Get {
  readonly table: Table;
  readonly key: ItemKey;
  readonly projection: readonly DocumentPath[] | undefined;
}

export function transactGetItems(state: DynamoDBState, input: Input): Outcome {
  checkRequest('TransactGetItems', input, MEMBERS);
  const reasons: CancellationReason[] = [];
  const gets: Get[] = [];
  for (const action of readActions('TransactGetItems', input, ['Get'])) {
    try {
      gets.push(readGet(state, action.input));
      reasons.push(NO_REASON);
    } catch (problem) {
      reasons.push(reasonIn(problem));
    }
  }
  const paths = gets.map(({ table, key }) => itemPath(table.definition.name, key.canonical));
  checkDistinctItems(paths);
  if (isCancelled(reasons)) return readOutcome(cancelled(reasons), paths);
  const items = gets.map(({ table, key }) => table.items.get(key.canonical));
  checkTransactionSize(items.reduce((sum, item) => sum + (item?.sizeBytes ?? 0), 0));
  const responses = gets.map(({ projection }, at) => {
    const item = items[at]?.attributes;
    if (item === undefined) return {};
    return { Item: projection === undefined ? item : project(item, projection) };
  });
  return readOutcome(ok({ Responses: responses }), paths);
}

/** The paths of the items that a transactional read is about, in the order of its actions. Throws the refusal if it can't be read. */
export function itemsOfReadTransaction(state: DynamoDBState, input: Input): readonly string[] {
  return readActions('TransactGetItems', input, ['Get']).map((action) => {
    const { table, key } = readGet(state, action.input);
    return itemPath(table.definition.name, key.canonical);
  });
}

function readGet(state: DynamoDBState, input: Input): Get {
  checkRequest('TransactGetItems', input, GET_MEMBERS);
  const name = nameOf(state, input);
  const rawKey = DYNAMODB_MEMBERS.record(input, 'Key');
  const { projection } = readExpressions(state.expressions, input, ['ProjectionExpression']);
  const table = tableOf(state, name);
  return { table, key: readKey(table.definition, rawKey), projection };
}
