/**
 * BatchWriteItem: up to 25 puts and deletions without conditions (fact DD-10).
 *
 * AWS applies each separately and may leave some undone; here all are applied at one point, and one is left undone only as a fault
 * (`partial-batch.ts`). https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */

import type { Input } from '../../../contract/answer.ts';
import { memberOf, readAttributeMap, typeOf } from '../attribute-value.ts';
import { judge, store, type Write } from '../item-write.ts';
import { keyAttributes, keyOfItem, readKey } from '../key.ts';
import { type AppliedAt, itemChanged, itemPath, type Outcome, writeOutcome } from '../outcome.ts';
import { validationError } from '../refusal.ts';
import { bound, checkRequest, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState, Table } from '../state.ts';

const MEMBERS: ReadonlySet<string> = new Set(['RequestItems']);
const REQUEST_MEMBERS: ReadonlySet<string> = new Set(['PutRequest', 'DeleteRequest']);
const PUT_MEMBERS: ReadonlySet<string> = new Set(['Item']);
const DELETE_MEMBERS: ReadonlySet<string> = new Set(['Key']);
const MAX_WRITES = 25;

export function batchWriteItem(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('BatchWriteItem', input, MEMBERS);
  const requestItems = DYNAMODB_MEMBERS.record(input, 'RequestItems');
  const names = Object.keys(requestItems);
  const counts = names.map((name) => ({ name, count: DYNAMODB_MEMBERS.records(requestItems, name).length }));
  if (names.length === 0) throw bound('RequestItems', 'Member must have length greater than or equal to 1');
  for (const { name, count } of counts) {
    const member = `RequestItems.${name}.member`;
    if (count === 0) throw bound(member, 'Member must have length greater than or equal to 1');
    if (count > MAX_WRITES) throw bound(member, `Member must have length less than or equal to ${MAX_WRITES}`);
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total > MAX_WRITES) throw validationError('Too many items requested for the BatchWriteItem call');
  const writes = names.flatMap((name) => {
    const table = tableOf(state, nameOf(state, { TableName: name }));
    return DYNAMODB_MEMBERS.records(requestItems, name).map((request) => readWrite(table, request));
  });
  const paths = writes.map((write) => itemPath(write.table.definition.name, write.key.canonical));
  if (new Set(paths).size < paths.length) throw validationError('Provided list of item keys contains duplicates');

  // All writes are judged before any is stored: a batch with an item that is too big is refused as a whole.
  const judged = writes.map((write) => ({ write, judgement: judge(write) }));
  const notes = judged.flatMap(({ write, judgement }) => {
    const after = judgement.kind === 'passes' ? judgement.after : undefined;
    store(write, after, at);
    return itemChanged(write.table.definition.name, write.key.attributes, judgement.before, after?.attributes);
  });
  return writeOutcome({ UnprocessedItems: {} }, { reads: paths, writes: paths }, notes);
}

function readWrite(table: Table, request: Input): Write {
  checkRequest('BatchWriteItem', request, REQUEST_MEMBERS);
  const { PutRequest: put, DeleteRequest: deletion } = request;
  if (put !== undefined && deletion !== undefined) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (put === undefined && deletion === undefined) {
    throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  const common = {
    table,
    condition: undefined,
    showOnFailure: false,
    tooBig: 'Item size has exceeded the maximum allowed size',
  };
  if (put !== undefined) {
    const putRequest = DYNAMODB_MEMBERS.record(request, 'PutRequest');
    checkRequest('PutRequest', putRequest, PUT_MEMBERS);
    const item = readAttributeMap(DYNAMODB_MEMBERS.record(putRequest, 'Item'));
    const { key } = table.definition;
    // For a key of the wrong type, and for none, a batch uses the message of a lookup, as recorded from AWS.
    const isMistyped = keyAttributes(key).some(({ name, type }) => {
      const value = memberOf(item, name);
      return value === undefined || typeOf(value) !== type;
    });
    if (isMistyped) throw validationError('The provided key element does not match the schema');
    return { ...common, key: keyOfItem(table.definition, item), after: () => item };
  }
  const deleteRequest = DYNAMODB_MEMBERS.record(request, 'DeleteRequest');
  checkRequest('DeleteRequest', deleteRequest, DELETE_MEMBERS);
  return {
    ...common,
    key: readKey(table.definition, DYNAMODB_MEMBERS.record(deleteRequest, 'Key')),
    after: () => undefined,
  };
}
