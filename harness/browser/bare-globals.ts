/**
 * Removes from a worker all globals that are not part of the language: network, storage, messages, timers.
 *
 * The remaining globals are those of a bare realm. From them the prelude creates the globals that learners' code sees.
 */

/**
 * The global names of the language itself, and those that the prelude removes or replaces itself.
 * https://tc39.es/ecma262/#sec-global-object
 */
const OF_THE_LANGUAGE: ReadonlySet<PropertyKey> = new Set([
  ...['globalThis', 'Infinity', 'NaN', 'undefined', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
  ...['Object', 'Function', 'Boolean', 'Symbol', 'Number', 'BigInt', 'Math', 'Date', 'String', 'RegExp', 'Intl'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['Array', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'Int8Array', 'Uint8Array'],
  ...['Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float16Array', 'Float32Array'],
  ...['Float64Array', 'BigInt64Array', 'BigUint64Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef'],
  ...['FinalizationRegistry', 'JSON', 'Promise', 'Proxy', 'Reflect', 'Iterator', 'WebAssembly', 'console'],
  ...['SuppressedError', 'DisposableStack', 'AsyncDisposableStack', 'Temporal'],
]);

/** Removes all other names from the global object and its prototypes. */
export function removeWorkerGlobals(): void {
  for (const key of Reflect.ownKeys(globalThis)) {
    if (!OF_THE_LANGUAGE.has(key)) Reflect.deleteProperty(globalThis, key);
  }
  const inherited: unknown = Object.getPrototypeOf(globalThis);
  for (let at = inherited; isObject(at) && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const key of Reflect.ownKeys(at)) Reflect.deleteProperty(at, key);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
