/**
 * Reads the members of requests that are neither items nor expressions, with DynamoDB's wording.
 *
 * Constraint errors have the wording that AWS generates from its own model.
 */

import type { Input } from '../../contract/answer.ts';
import { asTold, type Refusal, unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven, RequestReader } from '../../contract/request.ts';
import { serializationError, tableNotFound, validationError } from './refusal.ts';
import type { DynamoDBState, Table } from './state.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[a-zA-Z0-9_.-]+$/;
const MAX_NAME_LENGTH = 255;

/** Members whose value NONE has no effect; other values are not modelled. */
const REPORTS: ReadonlySet<string> = new Set(['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);

/** Reads members, and refuses them as DynamoDB does. */
export const DYNAMODB_MEMBERS = new RequestReader({
  missing: (member) => constraint('null', lowerFirst(member), 'Member must not be null'),
  wrongType: () => serializationError('Unexpected value type in payload'),
  outOfBounds: (member, value, { min, max }) =>
    bound(
      member,
      value < min
        ? `Member must have value greater than or equal to ${min}`
        : `Member must have value less than or equal to ${max}`,
    ),
  notOneOf: (member, value, allowed) =>
    constraint(`'${asTold(value)}'`, lowerFirst(member), `Member must satisfy enum value set: [${allowed.join(', ')}]`),
});

/** Refuses members that are given but not modelled. */
export function checkRequest(operation: string, input: Input, modelled: ReadonlySet<string>): void {
  checkMembers(operation, input, modelled, REPORTS);
  for (const report of REPORTS) {
    const value = input[report];
    if (isGiven(value) && value !== 'NONE') throw unmodelled(`${report}: ${asTold(value)} in ${operation}`);
  }
}

const TABLE_ARN = /^arn:[^:]+:dynamodb:([^:]*):([^:]*):table\/([^/]+)$/;

/** The table that `TableName`, or another member like it, names: by its name or by its ARN (DD-13). */
export function nameOf({ region, accountId }: DynamoDBState, input: Input, member = 'TableName'): string {
  const name = DYNAMODB_MEMBERS.text(input, member);
  const [arn, inRegion, ofAccount, inArn] = TABLE_ARN.exec(name) ?? [];
  if (arn === undefined || inArn === undefined) return plainName(input, member);
  if (inRegion !== region || ofAccount !== accountId)
    throw unmodelled(`A table of another account or Region («${arn}»)`);
  return inArn;
}

/** A name that follows the rules for tables' names, and can't be an ARN: that of an index. */
export function plainName(input: Input, member: string): string {
  const name = DYNAMODB_MEMBERS.text(input, member);
  const at = lowerFirst(member);
  if (name === '') throw constraint("''", at, 'Member must have length greater than or equal to 1');
  if (!NAME.test(name)) {
    throw constraint(`'${name}'`, at, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw constraint(`'${name}'`, at, `Member must have length less than or equal to ${MAX_NAME_LENGTH}`);
  }
  return name;
}

/** The table that an item operation names. */
export function tableOf(state: DynamoDBState, name: string): Table {
  const table = state.tables.get(name);
  if (table === undefined) throw tableNotFound();
  return table;
}

/** «1 validation error detected: …», the wording that AWS generates from its own model. */
export function constraint(value: string, at: string, rule: string): Refusal {
  return validationError(
    `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${rule}`,
  );
}

/**
 * The newer wording of the same error, which does not repeat the value. AWS changes from one to the other, Region by Region.
 */
export function bound(at: string, rule: string): Refusal {
  return validationError(`1 validation error detected: Value at '${at}' failed to satisfy constraint: ${rule}`);
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
