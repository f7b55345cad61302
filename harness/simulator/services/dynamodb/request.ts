/**
 * Members of requests that are neither items nor expressions: reading them, and refusing by name what is not modelled.
 *
 * An operation lists the members that it models; whatever else is given is refused. Constraint errors have AWS's wording.
 */

import { isRecord } from './attribute-value.ts';
import { isGiven } from './expression/placeholders.ts';
import { serializationError, tableNotFound, unmodelled, validationError } from './refusal.ts';
import type { DynamoDBState, Table } from './state.ts';

export type Input = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[a-zA-Z0-9_.-]+$/;
const MAX_NAME_LENGTH = 255;

/** Members whose value NONE asks for nothing; other values are not modelled. */
const REPORTS: ReadonlySet<string> = new Set(['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);

/** Refuses members that are given but not modelled. */
export function checkMembers(operation: string, input: Input, modelled: ReadonlySet<string>): void {
  for (const member of Object.keys(input)) {
    const value = input[member];
    if (modelled.has(member) || !isGiven(value)) continue;
    if (REPORTS.has(member)) {
      if (value !== 'NONE') throw unmodelled(`${member}: ${String(value)} in ${operation}`);
    } else throw unmodelled(`${member} in ${operation}`);
  }
}

/** The member `TableName`, or another name that follows the same rules. */
export function nameOf(input: Input, member = 'TableName'): string {
  const name = input[member];
  const at = lowerFirst(member);
  if (!isGiven(name)) throw constraint('null', at, 'Member must not be null');
  if (typeof name !== 'string') throw serializationError('Unexpected value type in payload');
  if (name.startsWith('arn:')) throw unmodelled(`An ARN as ${member}`);
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

/** A member with a fixed set of values; `undefined` if it is not given. */
export function enumOf<T extends string>(input: Input, member: string, values: readonly T[]): T | undefined {
  const value = input[member];
  if (!isGiven(value)) return undefined;
  const known = values.find((allowed) => allowed === value);
  if (known !== undefined) return known;
  const rule = `Member must satisfy enum value set: [${values.join(', ')}]`;
  throw constraint(`'${String(value)}'`, lowerFirst(member), rule);
}

export function booleanOf(input: Input, member: string): boolean | undefined {
  const value = input[member];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'boolean') throw serializationError('Unexpected value type in payload');
  return value;
}

/** A whole number within bounds; `undefined` if it is not given. */
export function integerOf(
  input: Input,
  member: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = input[member];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw serializationError('Unexpected value type in payload');
  }
  if (value < min) {
    throw bound(member, `Member must have value greater than or equal to ${min}`);
  }
  if (value > max) {
    throw bound(member, `Member must have value less than or equal to ${max}`);
  }
  return value;
}

/** A member that is a structure or a map, and must be there. */
export function recordOf(input: Input, member: string): Input {
  const value = input[member];
  if (!isGiven(value)) throw constraint('null', lowerFirst(member), 'Member must not be null');
  if (!isRecord(value)) throw serializationError('Unexpected value type in payload');
  return value;
}

/** A member that is a list of structures, and must be there. */
export function recordsOf(input: Input, member: string): readonly Input[] {
  const value = input[member];
  if (!isGiven(value)) throw constraint('null', lowerFirst(member), 'Member must not be null');
  if (!Array.isArray(value) || !value.every(isRecord)) throw serializationError('Unexpected value type in payload');
  return value;
}

/** «1 validation error detected: …», the wording that AWS generates from its own model. */
export function constraint(value: string, at: string, rule: string) {
  return validationError(
    `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${rule}`,
  );
}

/** The newer wording of the same: it does not repeat the value. AWS moves from one to the other, Region by Region. */
export function bound(at: string, rule: string) {
  return validationError(`1 validation error detected: Value at '${at}' failed to satisfy constraint: ${rule}`);
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
