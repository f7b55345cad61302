/**
 * `node:crypto` as far as it needs no keys but those of HMAC: hashes, signatures of webhooks, chance of the run.
 */

import { Buffer, dataBytes } from './buffer.ts';
import { callLater } from './environment-now.ts';
import { encodeDigest, findHash, namesOfHashes, RealmHash } from './hash.ts';
import { RealmHmac, timingSafeEqual } from './hmac.ts';
import { invalidArgument, nodeError, outOfRange, requireFunction, requireInteger } from './node-errors.ts';
import { NODE_NAMES } from './node-names.ts';
import type { RealmRandom } from './random.ts';
import { fillWithRefusals } from './refusals.ts';
import type { RealmCrypto } from './web-crypto.ts';

type Callback<Value> = (error: null, value: Value) => void;

/** https://nodejs.org/api/crypto.html#cryptorandomintmin-max-callback */
const MOST_INTEGERS = 2 ** 48 - 1;
const MOST_BYTES = 2 ** 31 - 1;

const HASH_IS_NO_STREAM = 'A hash of a lab is no stream: give it data with update(…).';

/** The members that a lab has; the others are refused where the module is put together. */
export function makeNodeCrypto(random: RealmRandom, web: RealmCrypto): object {
  fillWithRefusals(RealmHash.prototype, 'hash', NODE_NAMES.hashInstance, HASH_IS_NO_STREAM);
  fillWithRefusals(RealmHmac.prototype, 'hmac', NODE_NAMES.hashInstance, HASH_IS_NO_STREAM);
  const randomBytes = makeRandomBytes(random);
  const randomFillSync = makeRandomFill(random);
  return {
    createHash: (algorithm: unknown) => new RealmHash(algorithm),
    createHmac: (algorithm: unknown, key: unknown) => new RealmHmac(algorithm, key),
    hash: hashAtOnce,
    getHashes: namesOfHashes,
    timingSafeEqual,
    Hash: RealmHash,
    Hmac: RealmHmac,
    getRandomValues: web.getRandomValues,
    randomUUID: () => random.uuid(),
    randomInt: makeRandomInt(random),
    randomBytes,
    pseudoRandomBytes: randomBytes,
    prng: randomBytes,
    rng: randomBytes,
    randomFillSync,
    randomFill: (view: unknown, ...rest: unknown[]): void => {
      const callback = requireFunction('callback', rest.at(-1)) as Callback<unknown>;
      const filled = randomFillSync(view, ...rest.slice(0, -1));
      callLater(() => callback(null, filled));
    },
    webcrypto: web,
    subtle: web.subtle,
  };
}

/** `hash('sha256', data)`. */
function hashAtOnce(algorithm: unknown, data: unknown, output: unknown = 'hex'): Buffer | string {
  const found = findHash(algorithm);
  const encoding = typeof output === 'object' && output !== null ? Reflect.get(output, 'outputEncoding') : output;
  if (found === null) throw new Error(`Digest method ${String(algorithm)} is not supported`);
  if (encoding !== 'buffer' && !Buffer.isEncoding(String(encoding ?? 'hex')))
    throw nodeError(
      TypeError,
      'ERR_INVALID_ARG_VALUE',
      `The argument 'outputEncoding' is invalid. Received '${encoding}'`,
    );
  return encodeDigest(found(dataBytes(data, 'input')), encoding ?? 'hex');
}

function makeRandomInt(random: RealmRandom): (...args: unknown[]) => number | undefined {
  return (...args) => {
    const callback = typeof args.at(-1) === 'function' ? (args.pop() as Callback<number>) : null;
    const [low, high] = args.length > 1 && args[1] !== undefined ? args : [0, args[0]];
    if (!Number.isSafeInteger(low)) throw invalidArgument('min', 'a safe integer', low);
    if (!Number.isSafeInteger(high)) throw invalidArgument('max', 'a safe integer', high);
    const [from, to] = [Number(low), Number(high)];
    if (to <= from) throw outOfRange('max', `greater than the value of "min" (${from})`, to);
    if (to - from > MOST_INTEGERS) throw outOfRange('max - min', `<= ${MOST_INTEGERS}`, to - from);
    const drawn = from + Math.floor(random.fraction() * (to - from));
    if (callback === null) return drawn;
    callLater(() => callback(null, drawn));
    return undefined;
  };
}

function makeRandomBytes(random: RealmRandom): (size: unknown, callback?: unknown) => Buffer | undefined {
  return (size, callback) => {
    const bytes = Buffer.from(random.fill(new Uint8Array(requireInteger('size', size, 0, MOST_BYTES))));
    if (callback === undefined) return bytes;
    const done = requireFunction('callback', callback) as Callback<Buffer>;
    callLater(() => done(null, bytes));
    return undefined;
  };
}

/** `offset` and `size` count elements of the view, as in Node. */
function makeRandomFill(random: RealmRandom): (view: unknown, offset?: unknown, size?: unknown) => unknown {
  return (view, offset = 0, size) => {
    if (!ArrayBuffer.isView(view) && !(view instanceof ArrayBuffer))
      throw invalidArgument('buf', 'an instance of ArrayBuffer or ArrayBufferView', view);
    const bytes = dataBytes(view, 'buf');
    const width = Number(Reflect.get(view, 'BYTES_PER_ELEMENT') ?? 1);
    const elements = bytes.length / width;
    const from = requireInteger('offset', offset, 0, elements);
    const count = size === undefined ? elements - from : requireInteger('size', size, 0, elements - from);
    random.fill(bytes.subarray(from * width, (from + count) * width));
    return view;
  };
}
