/**
 * `util.isDeepStrictEqual`: whether two values are the same in kind, prototype and content.
 *
 * https://nodejs.org/api/assert.html#comparison-details_1
 */

import { sameBytes } from './hmac.ts';
import { typesOfUtil as is } from './kinds-of-values.ts';

/** Pairs that are being compared: a circle must come back to the same place on both sides. */
type Pairs = readonly (readonly [object, object])[];

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, []);
}

function equal(a: unknown, b: unknown, pairs: Pairs): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (!sameConstructor(a, b) || written(a) !== written(b)) return false;
  const [left, right] = [
    pairs.findLastIndex(([known]) => known === a),
    pairs.findLastIndex(([, known]) => known === b),
  ];
  if (left >= 0 && right >= 0) return left === right;
  const deeper: Pairs = [...pairs, [a, b]];
  return sameKind(a, b) && sameInside(a, b, deeper) && sameProperties(a, b, deeper);
}

/** By the constructor that both inherit, as Node does; by the prototype where there is none. */
function sameConstructor(a: object, b: object): boolean {
  if (a.constructor !== undefined && !Object.hasOwn(a, 'constructor')) return a.constructor === b.constructor;
  return Object.getPrototypeOf(a) === Object.getPrototypeOf(b);
}

const written = (value: object): string => Object.prototype.toString.call(value);

const KINDS = [
  ...['isDate', 'isRegExp', 'isMap', 'isSet', 'isNativeError', 'isBoxedPrimitive', 'isArrayBuffer', 'isDataView'],
  ...['isTypedArray', 'isPromise', 'isWeakMap', 'isWeakSet'],
].flatMap((name) => is[name] ?? []);

function sameKind(a: object, b: object): boolean {
  return Array.isArray(a) === Array.isArray(b) && KINDS.every((isOfKind) => isOfKind(a) === isOfKind(b));
}

/** What is in an object beside its properties. */
function sameInside(a: object, b: object, pairs: Pairs): boolean {
  if (Array.isArray(a)) return a.length === (b as unknown[]).length;
  if (is.isDate?.(a)) return Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b));
  if (is.isRegExp?.(a)) return sameMembers(a, b, ['source', 'flags', 'lastIndex'], pairs);
  if (is.isNativeError?.(a)) return sameError(a, b, pairs);
  if (is.isBoxedPrimitive?.(a)) return Object.is(a.valueOf(), b.valueOf()) && typeof a.valueOf() === typeof b.valueOf();
  if (is.isArrayBuffer?.(a)) return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
  if (ArrayBuffer.isView(a)) return sameBytes(bytesUnder(a), bytesUnder(b as ArrayBufferView));
  if (is.isSet?.(a)) return sameSet(a as Set<unknown>, b as Set<unknown>, pairs);
  if (is.isMap?.(a)) return sameMap(a as Map<unknown, unknown>, b as Map<unknown, unknown>, pairs);
  return !(is.isPromise?.(a) || is.isWeakMap?.(a) || is.isWeakSet?.(a));
}

function bytesUnder({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

function sameMembers(a: object, b: object, names: readonly string[], pairs: Pairs): boolean {
  return names.every((name) => equal(Reflect.get(a, name), Reflect.get(b, name), pairs));
}

/** Node looks at these although they are not enumerable. */
function sameError(a: object, b: object, pairs: Pairs): boolean {
  const hidden = ['cause', 'errors'];
  return (
    sameMembers(a, b, ['name', 'message', ...hidden], pairs) &&
    hidden.every((name) => Object.hasOwn(a, name) === Object.hasOwn(b, name))
  );
}

/** Own enumerable properties, symbols too. Those of a typed array are its bytes. */
function sameProperties(a: object, b: object, pairs: Pairs): boolean {
  const keys = enumerableKeys(a);
  const others = new Set(enumerableKeys(b));
  return (
    keys.length === others.size &&
    keys.every((key) => others.has(key) && equal(Reflect.get(a, key), Reflect.get(b, key), pairs))
  );
}

function enumerableKeys(value: object): readonly PropertyKey[] {
  const isIndexed = is.isTypedArray?.(value) === true;
  return Reflect.ownKeys(value).filter(
    (key) =>
      Object.prototype.propertyIsEnumerable.call(value, key) &&
      !(isIndexed && typeof key === 'string' && /^\d+$/.test(key)),
  );
}

/** Members have no order: each must find another one that no other member has taken. */
function sameSet(a: Set<unknown>, b: Set<unknown>, pairs: Pairs): boolean {
  if (a.size !== b.size) return false;
  const left = [...b].filter((member) => !a.has(member));
  return [...a]
    .filter((member) => !b.has(member))
    .every((member) => take(left, (other) => equal(member, other, pairs)));
}

function sameMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, pairs: Pairs): boolean {
  if (a.size !== b.size) return false;
  const left = [...b].filter(([key]) => !a.has(key));
  return [...a].every(([key, value]) =>
    b.has(key)
      ? equal(value, b.get(key), pairs)
      : take(left, ([otherKey, other]) => equal(key, otherKey, pairs) && equal(value, other, pairs)),
  );
}

function take<Member>(from: Member[], fits: (member: Member) => boolean): boolean {
  const at = from.findIndex(fits);
  if (at >= 0) from.splice(at, 1);
  return at >= 0;
}
