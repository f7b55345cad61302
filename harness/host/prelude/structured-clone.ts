/**
 * `structuredClone`: a copy of plain data, with what stands in a circle or twice standing so in the copy.
 *
 * https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializeinternal
 */

import { RealmDOMException } from './dom-exception.ts';
import { refuse } from './environment-now.ts';
import { typesOfUtil as is } from './kinds-of-values.ts';
import { nodeError } from './node-errors.ts';

type Seen = Map<object, unknown>;

/** Throws a DataCloneError for functions, symbols, promises and what else is no data. */
export function structuredCloneOf(...args: readonly unknown[]): unknown {
  const [value, options] = args;
  if (args.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "value" argument must be specified');
  const transfer = typeof options === 'object' && options !== null ? Reflect.get(options, 'transfer') : undefined;
  if (Array.isArray(transfer) && transfer.length > 0)
    refuse('Your code transfers objects with structuredClone.', 'A lab copies them: leave «transfer» out.');
  return clone(value, new Map());
}

function clone(value: unknown, seen: Seen): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw notCloneable(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const found = cloneOfKind(value, seen);
  if (found !== undefined) {
    seen.set(value, found);
    return found;
  }
  if (is.isMap?.(value)) return cloneMap(value as Map<unknown, unknown>, seen);
  if (is.isSet?.(value)) return cloneSet(value as Set<unknown>, seen);
  if (is.isNativeError?.(value)) return cloneError(value, seen);
  if (!isPlain(value)) throw notCloneable(`#<${value.constructor?.name ?? 'Object'}>`);
  return cloneProperties(value, Array.isArray(value) ? new Array(value.length) : {}, seen);
}

/** Objects that hold no others. */
function cloneOfKind(value: object, seen: Seen): object | undefined {
  if (is.isBoxedPrimitive?.(value)) {
    if (is.isSymbolObject?.(value)) throw notCloneable('Object(Symbol())');
    return Object(value.valueOf()) as object;
  }
  if (is.isDate?.(value)) return new Date(Date.prototype.getTime.call(value));
  if (is.isRegExp?.(value)) return new RegExp((value as RegExp).source, (value as RegExp).flags);
  if (is.isArrayBuffer?.(value)) return ArrayBuffer.prototype.slice.call(value, 0);
  if (ArrayBuffer.isView(value)) return cloneView(value, seen);
  return undefined;
}

/** A view of a copy of the whole buffer: two views of one buffer share the copy. */
function cloneView(view: ArrayBufferView, seen: Seen): object {
  const buffer = clone(view.buffer, seen) as ArrayBuffer;
  const name = is.isDataView?.(view) ? 'DataView' : String(Reflect.get(view, Symbol.toStringTag));
  const Kind = Reflect.get(globalThis, name) as new (buffer: ArrayBuffer, offset: number, length: number) => object;
  const length = is.isDataView?.(view) ? view.byteLength : (view as Uint8Array).length;
  return new Kind(buffer, view.byteOffset, length);
}

function cloneMap(map: Map<unknown, unknown>, seen: Seen): object {
  const copy = new Map<unknown, unknown>();
  seen.set(map, copy);
  for (const [key, member] of [...map]) copy.set(clone(key, seen), clone(member, seen));
  return copy;
}

function cloneSet(set: Set<unknown>, seen: Seen): object {
  const copy = new Set<unknown>();
  seen.set(set, copy);
  for (const member of [...set]) copy.add(clone(member, seen));
  return copy;
}

const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** Of an error: its kind, message, stack and cause. An error of one's own becomes a plain one. */
function cloneError(error: object, seen: Seen): object {
  const name = String(Reflect.get(error, 'name'));
  const Kind = Object.hasOwn(ERRORS, name) ? ERRORS[name as keyof typeof ERRORS] : Error;
  const copy = new Kind();
  seen.set(error, copy);
  for (const member of ['message', 'stack', 'cause']) {
    if (member === 'cause' && !Object.hasOwn(error, member)) continue;
    const value = clone(Reflect.get(error, member), seen);
    Object.defineProperty(copy, member, { value, configurable: true, writable: true });
  }
  return copy;
}

function cloneProperties(value: object, copy: object, seen: Seen): object {
  seen.set(value, copy);
  for (const key of Object.keys(value)) {
    const member = clone(Reflect.get(value, key), seen);
    Object.defineProperty(copy, key, { value: member, configurable: true, enumerable: true, writable: true });
  }
  return copy;
}

/** A proxy can't be told from what it stands for: it is copied as that. */
const NO_DATA = [
  'isArgumentsObject',
  'isPromise',
  'isWeakMap',
  'isWeakSet',
  'isGeneratorObject',
  'isMapIterator',
  'isSetIterator',
];

function isPlain(value: object): boolean {
  return !NO_DATA.some((kind) => is[kind]?.(value)) && !/^\[object Weak/.test(Object.prototype.toString.call(value));
}

function notCloneable(what: string): Error {
  return new RealmDOMException(`${what} could not be cloned.`, 'DataCloneError');
}
