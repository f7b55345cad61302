/**
 * UpdateItem: changes attributes of an item in one atomic step, or creates the item (facts DD-02, DD-03).
 *
 * `readUpdate` also reads the `Update` of a transaction, which must have an expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */

import type { Input } from '../../../contract/answer.ts';
import { isGiven } from '../../../contract/request.ts';
import { unreachable } from '../../../kernel/bug.ts';
import { type AttributeMap, type AttributeValue, memberOf } from '../attribute-value.ts';
import { applyUpdate } from '../expression/apply-update.ts';
import type { BoundUpdate, DocumentPath } from '../expression/ast.ts';
import { project } from '../expression/project.ts';
import { readExpressions } from '../expression/request-expressions.ts';
import { showsOnFailure, type Write } from '../item-write.ts';
import { isKeyAttribute, readKey } from '../key.ts';
import type { AppliedAt, Outcome } from '../outcome.ts';
import { validationError } from '../refusal.ts';
import { checkRequest, constraint, DYNAMODB_MEMBERS, nameOf, tableOf } from '../request.ts';
import type { DynamoDBState, TableDefinition } from '../state.ts';
import { RETURN_VALUES, writeOne } from './write-one.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'TableName',
  'Key',
  'UpdateExpression',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
]);

type ReturnValues = (typeof RETURN_VALUES)[number];

export function updateItem(state: DynamoDBState, input: Input, at: AppliedAt): Outcome {
  checkRequest('UpdateItem', input, MEMBERS);
  const wanted = DYNAMODB_MEMBERS.oneOf(input, 'ReturnValues', RETURN_VALUES) ?? 'NONE';
  const { write, touched } = readUpdate(state, input);
  const { onlyAdds: _, ...watched } = write;
  return writeOne(wanted === 'NONE' ? write : watched, at, (before, after) => {
    const attributes = returned(wanted, before, after, touched);
    return attributes === undefined || Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
  });
}

/** Reads an update, and the paths that it changes. */
export function readUpdate(state: DynamoDBState, input: Input): { write: Write; touched: readonly DocumentPath[] } {
  const name = nameOf(state, input);
  const rawKey = DYNAMODB_MEMBERS.record(input, 'Key');
  const showOnFailure = showsOnFailure(input);
  const { update, condition } = readExpressions(state.expressions, input, ['UpdateExpression', 'ConditionExpression']);
  const table = tableOf(state, name);
  const key = readKey(table.definition, rawKey);
  const actions = update ?? [];
  checkKeyUntouched(table.definition, actions);
  const write: Write = {
    table,
    key,
    condition,
    showOnFailure,
    after: (before) => inOneOrder(before, key.attributes, applyUpdate(actions, before ?? key.attributes), actions),
    tooBig: 'Item size to update has exceeded the maximum allowed size',
    onlyAdds: (before) => actions.length > 0 && actions.every((action) => isPlainAddition(action, before ?? NO_ITEM)),
  };
  return { write, touched: actions.map(({ path }) => path) };
}

/** Reads the `Update` of a transaction. */
export function readTransactionUpdate(state: DynamoDBState, input: Input): Write {
  if (!isGiven(input.UpdateExpression)) {
    throw constraint('null', 'transactItems.1.member.update.updateExpression', 'Member must not be null');
  }
  return readUpdate(state, input).write;
}

/** The number of digits up to which sums are exact in any order: far below the 38 that a number may have. */
const FEW_DIGITS = 15;

/**
 * `ADD n :one` to a number, or where there is none: the first of two additions creates the number, or even the item, the other adds to it, and it is
 * the same whichever comes first.
 */
function isPlainAddition(action: BoundUpdate[number], before: AttributeMap): boolean {
  if (action.kind !== 'ADD' || !('N' in action.value)) return false;
  const [name, ...below] = action.path;
  if (typeof name !== 'string' || below.length > 0 || action.value.N.length > FEW_DIGITS) return false;
  const present = memberOf(before, name);
  return present === undefined || ('N' in present && present.N.length <= FEW_DIGITS);
}

const NO_ITEM: AttributeMap = Object.freeze({});

/**
 * The item as additions leave it: if they have created a number, its attributes stand in one order, those of the key first, whichever of
 * several additions came first. AWS promises no order.
 */
function inOneOrder(
  before: AttributeMap | undefined,
  key: AttributeMap,
  after: AttributeMap,
  actions: BoundUpdate,
): AttributeMap {
  const creates = Object.keys(after).length > Object.keys(before ?? NO_ITEM).length;
  if (!creates || !actions.every((action) => isPlainAddition(action, before ?? NO_ITEM))) return after;
  const names = Object.keys(after).filter((name) => !(name in key));
  const rest = names.sort().map((name) => [name, after[name] as AttributeValue] as const);
  return Object.freeze({ ...key, ...Object.fromEntries(rest) });
}

function checkKeyUntouched(definition: TableDefinition, actions: BoundUpdate): void {
  for (const { path } of actions) {
    const [name] = path;
    if (typeof name === 'string' && isKeyAttribute(definition.key, name)) {
      throw validationError(
        `One or more parameter values were invalid: Cannot update attribute ${name}. ` +
          'This attribute is part of the key',
      );
    }
  }
}

function returned(
  wanted: ReturnValues,
  before: AttributeMap | undefined,
  after: AttributeMap | undefined,
  touched: readonly DocumentPath[],
): AttributeMap | undefined {
  switch (wanted) {
    case 'NONE':
      return undefined;
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before === undefined ? undefined : project(before, touched);
    case 'UPDATED_NEW':
      return after === undefined ? undefined : project(after, touched);
    default:
      return unreachable(wanted, 'returned');
  }
}
