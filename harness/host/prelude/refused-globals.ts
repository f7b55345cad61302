/**
 * The globals that Node 24 has and a lab has not, and the members that objects of a lab lack: all refused by name when used.
 *
 * `typeof WebAssembly` says «object», as in Node. The language has no value that says «undefined» there and refuses when it is
 * used, and a handler that asks would go another way here than on AWS.
 */

import { Buffer } from './buffer.ts';
import { NODE_NAMES } from './node-names.ts';
import { fillWithRefusals } from './refusals.ts';
import { RealmURL } from './url.ts';
import { type RealmCrypto, SUBTLE_ADVICE } from './web-crypto.ts';
import { NO_NETWORK } from './web-fetch.ts';

const NO_STREAMS = 'A lab has no streams and no files. Work on whole texts, Buffers and arrays.';
const NO_THREADS =
  'A lab has no threads: their order could not be replayed. Invoke another function through the Lambda client.';
const NO_SHARED_MEMORY =
  'A lab has no memory that threads share: their order could not be replayed. Use an ArrayBuffer.';
const NO_COMPILED_CODE = 'A lab runs no compiled code. Write it in TypeScript.';
const NO_MEASURING = 'A lab measures nothing: its time is virtual. performance.now() and Date.now() say what it is.';
const NO_MACHINE = 'A lab runs without a machine. Use AWS through its SDK clients.';
const NO_PATTERNS = 'A lab has no URLPattern. Take the address apart with new URL(…).';

/** By the beginning of a name. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^(XMLHttpRequest|WebSocket|EventSource|FormData|CloseEvent)/, NO_NETWORK],
  [/^(Message|Broadcast)/, NO_THREADS],
  [/^SharedArrayBuffer/, NO_SHARED_MEMORY],
  [/^Performance/, NO_MEASURING],
  [/^URLPattern/, NO_PATTERNS],
  [/^Navigator/, NO_MACHINE],
];

/** The network by names that browsers have and Node has not: handlers are written from all sorts of examples. */
const OF_BROWSERS = 'XMLHttpRequest EventSource';

function adviceOn(name: string): string {
  return ADVICE.find(([beginning]) => beginning.test(name))?.[1] ?? NO_STREAMS;
}

/** By name. What a lab has built takes their place. */
export function refusedGlobals(): Readonly<Record<string, unknown>> {
  const refused = fillWithRefusals(
    {},
    '',
    { ...NODE_NAMES.globals, functions: [...NODE_NAMES.globals.functions, OF_BROWSERS], values: [] },
    adviceOn,
  );
  return {
    ...refused,
    Atomics: fillWithRefusals({}, 'Atomics', NODE_NAMES.Atomics, NO_SHARED_MEMORY),
    WebAssembly: fillWithRefusals({}, 'WebAssembly', NODE_NAMES.WebAssembly, NO_COMPILED_CODE),
    navigator: fillWithRefusals(
      { userAgent: 'Node.js/24', language: 'en-US', languages: ['en-US'], platform: 'linux' },
      'navigator',
      NODE_NAMES.navigator,
      NO_MACHINE,
    ),
  };
}

/** Puts refusals on classes and objects that a lab has. To be called before they are frozen. */
export function refuseMissingMembers(crypto: RealmCrypto, timeout: { readonly prototype: object }): void {
  const ofBuffers =
    'Use the methods that Node’s documentation names: toString(encoding), write(text, encoding) and their like.';
  fillWithRefusals(Object.getPrototypeOf(crypto.subtle) as object, 'crypto.subtle', NODE_NAMES.subtle, SUBTLE_ADVICE);
  fillWithRefusals(Buffer, 'Buffer', NODE_NAMES.Buffer, ofBuffers);
  fillWithRefusals(Buffer.prototype, 'buffer', NODE_NAMES.bufferInstance, ofBuffers);
  fillWithRefusals(RealmURL, 'URL', NODE_NAMES.URL, NO_STREAMS);
  fillWithRefusals(timeout.prototype, 'timeout', NODE_NAMES.timeout, 'Clear the timer, and set another one.');
}
