/**
 * `util.types`: what kind of object the language says that a value is, whatever prototype it was given.
 *
 * Node asks the engine. A realm asks methods that work on one kind of object alone and read nothing else of it. Where the language
 * has no such method (promises, generators, arguments), the kind's own name is read, which a value can forge.
 */

import { RealmCryptoKey } from './web-crypto.ts';

type Test = (value: unknown) => boolean;

/** Whether this method, which throws for every other kind of object, accepts the value. */
function accepts(method: unknown, ...args: unknown[]): Test {
  const call = method as (this: unknown, ...args: unknown[]) => unknown;
  return (value) => {
    if (!isObject(value)) return false;
    try {
      return call.apply(value, args) !== undefined;
    } catch {
      return false;
    }
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

const getter = (prototype: object, name: PropertyKey): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.get;

const KIND_OF_TYPED_ARRAY = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag) as (
  this: unknown,
) => string | undefined;
const kindOfTypedArray = (value: unknown): string | undefined =>
  isObject(value) ? KIND_OF_TYPED_ARRAY.call(value) : undefined;

const written = (value: unknown): string => Object.prototype.toString.call(value);
const isWrittenAs =
  (...names: readonly string[]): Test =>
  (value) =>
    isObject(value) && names.some((name) => written(value) === `[object ${name}]`);

const isNumberObject = accepts(Number.prototype.valueOf);
const isStringObject = accepts(String.prototype.valueOf);
const isBooleanObject = accepts(Boolean.prototype.valueOf);
const isBigIntObject = accepts(BigInt.prototype.valueOf);
const isSymbolObject = accepts(Symbol.prototype.valueOf);
const isArrayBuffer = accepts(getter(ArrayBuffer.prototype, 'byteLength'));
const isTypedArray: Test = (value) => kindOfTypedArray(value) !== undefined;

/** Errors whose kind is not told by a name: an error with a `Symbol.toStringTag` of its own is not seen. */
function isNativeError(value: unknown): boolean {
  const isError = Reflect.get(Error, 'isError') as Test | undefined;
  return isError === undefined ? isObject(value) && written(value) === '[object Error]' : isError(value);
}

const never: Test = () => false;

const TYPED_ARRAYS = [
  ...['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
];

export const typesOfUtil: Readonly<Record<string, Test>> = {
  isArgumentsObject: (value) => isWrittenAs('Arguments')(value) && !(Symbol.toStringTag in (value as object)),
  isArrayBuffer,
  isAnyArrayBuffer: isArrayBuffer,
  /** There are none in a lab. */
  isSharedArrayBuffer: never,
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isDataView: accepts(getter(DataView.prototype, 'byteLength')),
  isTypedArray,
  ...Object.fromEntries(
    TYPED_ARRAYS.map((name) => [`is${name}`, (value: unknown) => kindOfTypedArray(value) === name]),
  ),
  isAsyncFunction: (value) =>
    typeof value === 'function' && isWrittenAs('AsyncFunction', 'AsyncGeneratorFunction')(value),
  isGeneratorFunction: (value) =>
    typeof value === 'function' && isWrittenAs('GeneratorFunction', 'AsyncGeneratorFunction')(value),
  isGeneratorObject: isWrittenAs('Generator', 'AsyncGenerator'),
  isPromise: (value) => value instanceof Promise && Reflect.has(value, 'then'),
  isDate: accepts(Date.prototype.getTime),
  isRegExp: accepts(getter(RegExp.prototype, 'global')),
  isMap: accepts(getter(Map.prototype, 'size')),
  isSet: accepts(getter(Set.prototype, 'size')),
  isMapIterator: isWrittenAs('Map Iterator'),
  isSetIterator: isWrittenAs('Set Iterator'),
  isWeakMap: accepts(WeakMap.prototype.has, {}),
  isWeakSet: accepts(WeakSet.prototype.has, {}),
  isNativeError,
  isNumberObject,
  isStringObject,
  isBooleanObject,
  isBigIntObject,
  isSymbolObject,
  isBoxedPrimitive: (value) =>
    [isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject].some((test) => test(value)),
  isCryptoKey: (value) => value instanceof RealmCryptoKey,
  /** No lab makes one: what would make it is refused. */
  isKeyObject: never,
};
