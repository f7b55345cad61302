/**
 * `node:util` as far as handlers use it: promises from callbacks, comparison, kinds of values, formatted text.
 */

import { format } from './console.ts';
import { isDeepStrictEqual } from './deep-equal.ts';
import { callLater } from './environment-now.ts';
import { invalidArgument, nodeError, requireFunction } from './node-errors.ts';
import { RealmTextDecoder, RealmTextEncoder } from './text.ts';
import { formatText } from './text-format.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type NodeCallback = (error: unknown, value?: unknown) => void;

/** Where a function keeps the promise-making version of itself. https://nodejs.org/api/util.html#utilpromisifycustom */
export const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');

function promisify(original: unknown): AnyFunction {
  const run = requireFunction('original', original) as AnyFunction;
  const custom: unknown = Reflect.get(run, PROMISIFIED);
  if (custom !== undefined) return requireFunction('util.promisify.custom', custom) as AnyFunction;
  return function (...args) {
    return new Promise((resolve, reject) => {
      const done: NodeCallback = (error, value) => (error ? reject(error) : resolve(value));
      run.call(this, ...args, done);
    });
  };
}

function callbackify(original: unknown): AnyFunction {
  const run = requireFunction('original', original) as AnyFunction;
  return function (...args) {
    const done = requireFunction('last argument', args.pop()) as NodeCallback;
    const failed = (reason: unknown): void => callLater(() => done(reason || falsyRejection(reason)));
    (run.apply(this, args) as Promise<unknown>).then((value) => callLater(() => done(null, value)), failed);
  };
}

function falsyRejection(reason: unknown): Error {
  const error = nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
  return Object.assign(error, { reason });
}

function inherits(inheriting: unknown, inherited: unknown): void {
  const child = requireFunction('ctor', inheriting) as AnyFunction;
  const parent = requireFunction('superCtor', inherited) as AnyFunction;
  if (parent.prototype === undefined) throw invalidArgument('superCtor.prototype', 'of type object', parent.prototype);
  Object.defineProperty(child, 'super_', { value: parent, configurable: true, writable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

/** The same function: a lab prints no warnings of Node's. */
function deprecate(original: unknown): AnyFunction {
  const run = requireFunction('fn', original) as AnyFunction;
  return function (...args) {
    return new.target === undefined ? run.apply(this, args) : Reflect.construct(run, args, new.target);
  };
}

/** Says nothing, as Node does without NODE_DEBUG. */
function debuglog(): object {
  return Object.defineProperty((): void => {}, 'enabled', { value: false });
}

/** Escape sequences of terminals. https://nodejs.org/api/util.html#utilstripvtcontrolcharactersstr */
const ESCAPES = new RegExp(
  [
    '[\\u001B\\u009B][[\\]()#;?]*',
    '(?:(?:(?:(?:;[-a-zA-Z\\d/#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d/#&.:=?%@~_]*)*)?(?:\\u0007|\\u001B\\u005C|\\u009C))',
    '|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))',
  ].join(''),
  'g',
);

function stripVTControlCharacters(text: unknown): string {
  if (typeof text !== 'string') throw invalidArgument('str', 'of type string', text);
  return text.replace(ESCAPES, '');
}

/** The members that a lab has; `types` and the refused ones are added where the module is put together. */
export function makeNodeUtil(): Record<string, unknown> {
  return {
    TextEncoder: RealmTextEncoder,
    TextDecoder: RealmTextDecoder,
    format: formatText,
    inspect: Object.assign((value: unknown) => format(value), { custom: Symbol.for('nodejs.util.inspect.custom') }),
    promisify: Object.assign(promisify, { custom: PROMISIFIED }),
    callbackify,
    inherits,
    deprecate,
    debuglog,
    debug: debuglog,
    isDeepStrictEqual,
    isArray: Array.isArray,
    stripVTControlCharacters,
    toUSVString: (text: unknown) => String(text).toWellFormed(),
    _extend: (target: unknown, source: unknown) =>
      typeof target === 'object' && target !== null && typeof source === 'object'
        ? Object.assign(target, source)
        : target,
  };
}
