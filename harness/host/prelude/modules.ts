/**
 * The modules that a learner's module may import inside a realm: AWS SDK clients, and the few built-in modules that need no
 * machine.
 *
 * All others are refused by name with advice. The world learns of the refusal, so catching the error does not hide it. The
 * bundler refuses most of them earlier, with a line number.
 */

import { Buffer } from 'buffer/index.js';
import { format } from './console.ts';
import type { RealmEnvironment } from './environment.ts';

export interface ModuleSources {
  readonly current: () => RealmEnvironment;
  readonly sdk: (name: string) => unknown;
  readonly crypto: Readonly<Record<string, unknown>>;
  readonly timers: Readonly<Record<string, unknown>>;
  readonly performance: object;
  readonly process: () => object;
  readonly text: Readonly<Record<string, unknown>>;
}

/** Why a built-in module is absent, and what to use instead. */
const REFUSED: Readonly<Record<string, string>> = {
  fs: 'A lab has no files. Keep state in DynamoDB, or data in your source.',
  net: 'A lab has no sockets. Reach AWS through its SDK clients.',
  tls: 'A lab has no sockets. Reach AWS through its SDK clients.',
  dgram: 'A lab has no sockets. Reach AWS through its SDK clients.',
  http: 'A lab has no network. Reach AWS through its SDK clients.',
  https: 'A lab has no network. Reach AWS through its SDK clients.',
  http2: 'A lab has no network. Reach AWS through its SDK clients.',
  child_process: 'A lab has no other processes. Invoke another function through the Lambda client.',
  worker_threads: 'A lab has no threads. Invoke another function through the Lambda client.',
  cluster: 'A lab has no other processes. Invoke another function through the Lambda client.',
  vm: 'A lab runs no code from strings.',
  module: 'A lab loads only the files of the lab and the AWS SDK.',
};

/** Creates the `require` function for bundles. */
export function makeRequire(sources: ModuleSources): (name: string) => unknown {
  const builtIn = builtInModules(sources);
  // A bundle can add properties to the function that it is given. It is frozen so that none remains for the next run.
  return Object.freeze((name: string) => {
    if (name.startsWith('@aws-sdk/') || name.startsWith('@smithy/')) return sources.sdk(name);
    const plain = name.replace(/^node:/, '');
    const found = builtIn[plain];
    if (found !== undefined) return found();
    const root = plain.split('/')[0] ?? plain;
    return sources.current().refuse(
      `Your code imports «${name}».`,
      REFUSED[root] ??
        `A lab has these modules: the AWS SDK and ${Object.keys(builtIn)
          .map((key) => `node:${key}`)
          .join(', ')}.`,
    );
  });
}

function builtInModules(sources: ModuleSources): Readonly<Record<string, () => unknown>> {
  const { timers } = sources;
  const setTimeoutOf = timers.setTimeout as (callback: () => void, delayMs?: number) => unknown;
  const sleep = (delayMs: number, value?: unknown): Promise<unknown> =>
    new Promise((resolve) => setTimeoutOf(() => resolve(value), delayMs));
  return {
    buffer: () => ({ Buffer }),
    crypto: () => ({
      ...sources.crypto,
      randomBytes: (size: number) =>
        Buffer.from((sources.crypto.getRandomValues as (view: Uint8Array) => Uint8Array)(new Uint8Array(size))),
    }),
    timers: () => timers,
    'timers/promises': () => ({
      setTimeout: sleep,
      setImmediate: (value?: unknown) => sleep(1, value),
      scheduler: { wait: sleep },
    }),
    // Libraries import it for features that a lab never uses.
    zlib: () => ({ gunzipSync: () => sources.current().refuse('Your code unzips data.', 'A lab has no zlib.') }),
    perf_hooks: () => ({ performance: sources.performance }),
    process: () => sources.process(),
    util: () => ({
      ...sources.text,
      format: (...values: unknown[]) => values.map(format).join(' '),
      inspect: format,
      promisify,
    }),
  };
}

type NodeCallback = (error: unknown, value?: unknown) => void;

function promisify(original: (...args: unknown[]) => unknown): (...args: unknown[]) => Promise<unknown> {
  return (...args) =>
    new Promise((resolve, reject) => {
      const done: NodeCallback = (error, value) =>
        error === null || error === undefined ? resolve(value) : reject(error);
      original(...args, done);
    });
}

export { Buffer };
