/**
 * Attribute values: how they are read as clients send them, and compared as DynamoDB does.
 *
 * A value keeps AWS's own JSON shape (`{ S: 'x' }`). It is checked and copied once when it is read, and then frozen, so that
 * items can share values. Numbers are normalised and sets sorted, so that equal values look equal. This file knows no keys,
 * items or tables.
 */

import { base64 } from '../../contract/base64.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { compareBytes, compareUtf8 } from './byte-order.ts';
import { compareNumbers, type NumberText, readNumber } from './number.ts';
import { emptySet, serializationError, validationError } from './refusal.ts';

export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

export type AttributeValue =
  | { readonly S: string }
  | { readonly N: NumberText }
  | { readonly B: Uint8Array }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly NumberText[] }
  | { readonly BS: readonly Uint8Array[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

/** An item, or a map inside one. Only its own members count: use {@link memberOf} to look one up. */
export type AttributeMap = { readonly [name: string]: AttributeValue };

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const MAX_NESTING_LEVELS = 32;

const INVALID = 'One or more parameter values were invalid';
const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const AMBIGUOUS =
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';

/** The type of a value: `S`, `N` … */
export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw validationError(EMPTY);
}

/** The own member `name` of a map, if it has one. */
export function memberOf(map: AttributeMap, name: string): AttributeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Reads a map of attributes, as `Item` and `Key` are. */
export function readAttributeMap(raw: unknown, level = 0): AttributeMap {
  if (!isRecord(raw)) throw serializationError('Unexpected value type in payload');
  const map: Record<string, AttributeValue> = {};
  for (const name of Object.keys(raw)) {
    // A member of this name can't be created by assignment, and learners have no use for it.
    if (name === '__proto__') throw unmodelled('The attribute name __proto__');
    if (raw[name] !== undefined) map[name] = readAttributeValue(raw[name], level + 1);
  }
  return Object.freeze(map);
}

/** Reads one value as a client sends it. `level` counts the lists and maps around it. */
export function readAttributeValue(raw: unknown, level = 0): AttributeValue {
  if (!isRecord(raw)) throw serializationError('Unexpected value type in payload');
  let type: string | undefined;
  for (const name of Object.keys(raw)) {
    if (raw[name] === undefined) continue;
    if (type !== undefined) throw validationError(AMBIGUOUS);
    type = name;
  }
  if (type === undefined) throw validationError(EMPTY);
  if (level > MAX_NESTING_LEVELS) throw validationError('Nesting Levels have exceeded supported limits');
  return Object.freeze(readTyped(type, raw[type], level));
}

function readTyped(type: string, content: unknown, level: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(content) };
    case 'N':
      return { N: numberText(content) };
    case 'B':
      return { B: bytes(content) };
    case 'BOOL':
      if (typeof content !== 'boolean') throw serializationError('Unexpected value type in payload');
      return { BOOL: content };
    case 'NULL':
      if (content !== true) throw validationError(`${INVALID}: Null attribute value types must have the value of true`);
      return { NULL: true };
    case 'SS':
      return { SS: stringSet(content) };
    case 'NS':
      return { NS: numberSet(content) };
    case 'BS':
      return { BS: binarySet(content) };
    case 'L':
      return { L: Object.freeze(list(content).map((element) => readAttributeValue(element, level + 1))) };
    case 'M':
      return { M: readAttributeMap(content, level) };
    default:
      // AWS ignores members that it does not know, and then finds no value.
      throw validationError(EMPTY);
  }
}

function stringSet(content: unknown): readonly string[] {
  const members = list(content).map(text);
  if (members.length === 0) throw emptySet(`${INVALID}: An string set  may not be empty`);
  if (new Set(members).size < members.length) {
    throw validationError(`${INVALID}: Input collection [${members.join(', ')}] contains duplicates.`);
  }
  return Object.freeze(members.sort(compareUtf8));
}

function numberSet(content: unknown): readonly NumberText[] {
  const members = list(content).map(numberText);
  if (members.length === 0) throw emptySet(`${INVALID}: An number set  may not be empty`);
  if (new Set(members).size < members.length) throw validationError('Input collection contains duplicates');
  return Object.freeze(members.sort(compareNumbers));
}

function binarySet(content: unknown): readonly Uint8Array[] {
  const members = list(content).map(bytes);
  if (members.length === 0) throw emptySet(`${INVALID}: Binary sets should not be empty`);
  const printed = members.map(base64);
  if (new Set(printed).size < members.length) {
    throw validationError(`${INVALID}: Input collection [${printed.join(', ')}]of type BS contains duplicates.`);
  }
  return Object.freeze(members.sort(compareBytes));
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw serializationError(`${jsonKind(content)} cannot be converted to String`);
  return content;
}

function numberText(content: unknown): NumberText {
  const result = readNumber(text(content));
  if (!result.ok) throw validationError(result.message);
  return result.text;
}

/** Copies binary content from any realm: a `Uint8Array` of another realm is not an instance of this realm's class. */
function bytes(content: unknown): Uint8Array {
  if (!ArrayBuffer.isView(content)) throw serializationError(`${jsonKind(content)} cannot be converted to Blob`);
  return new Uint8Array(content.buffer, content.byteOffset, content.byteLength).slice();
}

function list(content: unknown): readonly unknown[] {
  // An SDK client also accepts a `Set` for a set.
  if (Object.prototype.toString.call(content) === '[object Set]') return [...(content as ReadonlySet<unknown>)];
  if (!Array.isArray(content)) throw serializationError('Unexpected value type in payload');
  return content;
}

function jsonKind(content: unknown): string {
  if (typeof content === 'number') return 'NUMBER_VALUE';
  if (typeof content === 'boolean') return content ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof content === 'string') return 'STRING_VALUE';
  return 'Unexpected value type in payload:';
}

/** Whether two values are equal: types, numbers by value, sets in any order, lists and maps member by member. */
export function valuesEqual(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if ('S' in a) return 'S' in b && a.S === b.S;
  if ('N' in a) return 'N' in b && a.N === b.N;
  if ('B' in a) return 'B' in b && compareBytes(a.B, b.B) === 0;
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL;
  if ('NULL' in a) return 'NULL' in b;
  if ('SS' in a) return 'SS' in b && sameMembers(a.SS, b.SS, (x, y) => x === y);
  if ('NS' in a) return 'NS' in b && sameMembers(a.NS, b.NS, (x, y) => x === y);
  if ('BS' in a) return 'BS' in b && sameMembers(a.BS, b.BS, (x, y) => compareBytes(x, y) === 0);
  if ('L' in a) return 'L' in b && sameMembers(a.L, b.L, valuesEqual);
  return 'M' in b && mapsEqual(a.M, b.M);
}

/** Whether two maps have the same members. */
export function mapsEqual(a: AttributeMap, b: AttributeMap): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [x, y] = [memberOf(a, name), memberOf(b, name)];
    return x !== undefined && y !== undefined && valuesEqual(x, y);
  });
}

function sameMembers<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((member, at) => same(member, b[at] as T));
}

/** The order of two strings, numbers or binaries; `undefined` for values that have no order. */
export function compareScalars(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return compareUtf8(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return compareBytes(a.B, b.B);
  return undefined;
}
