/**
 * The globals of a realm: created once, unchangeable from then on, and cleaned between environments.
 *
 * A learner may add globals (to try a lock through `globalThis`, for example). They live as long as the environment, as on
 * AWS, and are gone in the next one. Globals that would reach outside the run are absent, or refuse by name.
 */

import { fromBase64, toBase64 } from '../wire.ts';
import { refuseCodeFromStrings } from './code-from-strings.ts';
import type { RealmEnvironment } from './environment.ts';
import { RealmAbortController, RealmAbortSignal } from './events.ts';
import { freezeDeep, hiddenIntrinsics, removeLastMatch } from './intrinsics.ts';
import { limitAllocation } from './memory.ts';
import { Buffer } from './modules.ts';
import type { RealmRandom } from './random.ts';
import { keepToOwnFrames } from './stacks.ts';
import { RealmTextDecoder, RealmTextEncoder, structuredCloneOf } from './text.ts';
import { makeDate, type RealmClock, Timeout } from './time.ts';
import { RealmURL, RealmURLSearchParams } from './url.ts';
import { WORK } from './work.ts';

export interface GlobalParts {
  readonly clock: RealmClock;
  readonly random: RealmRandom;
  readonly timers: Readonly<Record<string, unknown>>;
  readonly console: object;
  readonly crypto: object;
  readonly performance: object;
  readonly process: () => object;
  readonly current: () => RealmEnvironment;
  /** The realm's own, under a name by which a script finds it. */
  readonly work: () => void;
}

/**
 * Threads, real time, garbage collection and compiled code, none of which can be replayed.
 * https://tc39.es/ecma262/#sec-agents
 */
const REMOVED = [
  'Atomics',
  'SharedArrayBuffer',
  'WebAssembly',
  'WeakRef',
  'FinalizationRegistry',
  'escape',
  'unescape',
] as const;

const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'] as const;

/** Creates and seals the globals; returns their names. */
export function installGlobals(parts: GlobalParts): ReadonlySet<PropertyKey> {
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
  removeLastMatch();
  refuseCodeFromStrings(parts.current);
  Object.defineProperty(Math, 'random', { value: () => parts.random.fraction(), configurable: true, writable: true });
  keepToOwnFrames();
  limitAllocation(parts.current);
  for (const [name, value] of Object.entries(globalsOf(parts))) define(name, { value });
  define('process', { get: parts.process });
  define(WORK, { value: parts.work });
  freezeDeep([
    ...Reflect.ownKeys(globalThis).map((key) => (key === 'process' ? null : Reflect.get(globalThis, key))),
    ...hiddenIntrinsics(),
    Timeout,
    parts.timers,
  ]);
  sealNames();
  return new Set(Reflect.ownKeys(globalThis));
}

/** By name: what a learner's code finds beside the language. `process` is not here, as each environment has its own. */
function globalsOf(parts: GlobalParts): Readonly<Record<string, unknown>> {
  return {
    ...parts.timers,
    Date: makeDate(parts.clock),
    console: parts.console,
    crypto: parts.crypto,
    performance: parts.performance,
    structuredClone: (value: unknown) => structuredCloneOf(value),
    TextEncoder: RealmTextEncoder,
    TextDecoder: RealmTextDecoder,
    URL: RealmURL,
    URLSearchParams: RealmURLSearchParams,
    AbortController: RealmAbortController,
    AbortSignal: RealmAbortSignal,
    Buffer,
    atob: (text: string) => String.fromCharCode(...fromBase64(text)),
    btoa: (text: string) => toBase64(Uint8Array.from(text, (letter) => letter.charCodeAt(0))),
    global: globalThis,
    ...Object.fromEntries(NETWORK.map((name) => [name, refusedCall(name, parts.current)])),
  };
}

function refusedCall(name: string, current: () => RealmEnvironment): () => never {
  return function refused(): never {
    return current().refuse(`Your code calls ${name}.`, 'A lab has no network. Reach AWS through its SDK clients.');
  };
}

/** No global can be replaced or taken away from now on; what is added can be. */
function sealNames(): void {
  for (const key of Reflect.ownKeys(globalThis)) {
    const property = Object.getOwnPropertyDescriptor(globalThis, key);
    if (property?.configurable)
      Object.defineProperty(
        globalThis,
        key,
        'value' in property ? { configurable: false, writable: false } : { configurable: false },
      );
  }
}

function define(name: string, property: { value: unknown } | { get: () => object }): void {
  Object.defineProperty(
    globalThis,
    name,
    'value' in property ? { ...property, configurable: true, writable: true } : { ...property, configurable: true },
  );
}

/** Removes what an environment left on `globalThis`. False if something can't be removed: the realm must be discarded. */
export function removeStrayGlobals(baseline: ReadonlySet<PropertyKey>): boolean {
  const keys = Reflect.ownKeys(globalThis);
  if (keys.length === baseline.size) return true;
  return keys.filter((key) => !baseline.has(key)).every((key) => Reflect.deleteProperty(globalThis, key));
}
