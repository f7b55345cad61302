/**
 * Errors of Node's own functions, with Node's codes and words, for arguments that a function can't take.
 *
 * https://nodejs.org/api/errors.html#nodejs-error-codes
 */

type ErrorKind = new (message: string) => Error;

/** An error with a `code`. */
export function nodeError(Kind: ErrorKind, code: string, message: string): Error {
  return Object.assign(new Kind(message), { code });
}

/** `expected` goes on from «must be»: `of type string`. */
export function invalidArgument(name: string, expected: string, received: unknown): Error {
  const message = `The "${name}" argument must be ${expected}. Received ${describeReceived(received)}`;
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** `expected` goes on from «It must be»: `>= 0`. */
export function outOfRange(name: string, expected: string, received: unknown): Error {
  const message = `The value of "${name}" is out of range. It must be ${expected}. Received ${String(received)}`;
  return nodeError(RangeError, 'ERR_OUT_OF_RANGE', message);
}

export function illegalConstructor(): Error {
  return nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

/** An integer between the two, both included. */
export function requireInteger(name: string, value: unknown, from: number, to: number): number {
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < from || value > to) throw outOfRange(name, `>= ${from} && <= ${to}`, value);
  return value;
}

export function requireFunction<Value>(name: string, value: Value): Value {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
  return value;
}

function describeReceived(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') return `an instance of ${value.constructor?.name ?? 'Object'}`;
  const shown = typeof value === 'string' ? `'${value.slice(0, 25)}${value.length > 25 ? '...' : ''}'` : String(value);
  return `type ${typeof value} (${shown}${typeof value === 'bigint' ? 'n' : ''})`;
}
