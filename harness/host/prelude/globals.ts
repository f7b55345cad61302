/**
 * The globals of a realm: made once, unchangeable from then on, and swept between environments.
 *
 * A learner may add globals (that is how one tries to lock through `globalThis`); they live as long as the environment,
 * as they do on AWS, and are gone in the next. What would reach outside the run is not there, or refuses by name.
 */

import { RealmAbortController, RealmAbortSignal } from './abort.ts';
import { atobOf, btoaOf } from './base64.ts';
import { Buffer } from './buffer.ts';
import { refuseCodeFromStrings } from './code-from-strings.ts';
import { RealmDOMException } from './dom-exception.ts';
import type { RealmEnvironment } from './environment.ts';
import { freezeDeep, hiddenIntrinsics, removeLastMatch } from './intrinsics.ts';
import { limitAllocation } from './memory.ts';
import type { RealmRandom } from './random.ts';
import { refusedGlobals, refuseMissingMembers } from './refused-globals.ts';
import { keepToOwnFrames } from './stacks.ts';
import { structuredCloneOf } from './structured-clone.ts';
import { RealmTextDecoder, RealmTextEncoder } from './text.ts';
import { makeDate, type RealmClock, Timeout } from './time.ts';
import { RealmURL, RealmURLSearchParams } from './url.ts';
import { RealmFinalizationRegistry, RealmWeakRef } from './weak.ts';
import { type RealmCrypto, RealmCryptoKey, RealmSubtleCrypto } from './web-crypto.ts';
import { RealmCustomEvent, RealmEvent, RealmEventTarget } from './web-events.ts';
import { fetchOf } from './web-fetch.ts';
import { RealmHeaders } from './web-headers.ts';
import { RealmRequest } from './web-request.ts';
import { RealmResponse } from './web-response.ts';

export interface GlobalParts {
  readonly clock: RealmClock;
  readonly random: RealmRandom;
  readonly timers: Readonly<Record<string, unknown>>;
  readonly console: object;
  readonly crypto: RealmCrypto;
  readonly performance: object;
  readonly process: () => object;
  readonly current: () => RealmEnvironment;
}

/** Of the engine: none of them can be replayed, or handlers need them no more. What Node has of them is put in their place. */
const REMOVED = [
  'Atomics',
  'SharedArrayBuffer',
  'WebAssembly',
  'WeakRef',
  'FinalizationRegistry',
  'escape',
  'unescape',
] as const;

/** Makes and seals the globals; returns their names. */
export function installGlobals(parts: GlobalParts): ReadonlySet<PropertyKey> {
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
  removeLastMatch();
  refuseCodeFromStrings(parts.current);
  Object.defineProperty(Math, 'random', { value: () => parts.random.fraction(), configurable: true, writable: true });
  keepToOwnFrames();
  limitAllocation(parts.current);
  for (const [name, value] of Object.entries({ ...refusedGlobals(), ...globalsOf(parts) })) define(name, { value });
  refuseMissingMembers(parts.crypto, Timeout);
  define('process', { get: parts.process });
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
    structuredClone: structuredCloneOf,
    atob: atobOf,
    btoa: btoaOf,
    global: globalThis,
    ...namedAsSaid({
      TextEncoder: RealmTextEncoder,
      TextDecoder: RealmTextDecoder,
      URL: RealmURL,
      URLSearchParams: RealmURLSearchParams,
      AbortController: RealmAbortController,
      AbortSignal: RealmAbortSignal,
      Event: RealmEvent,
      EventTarget: RealmEventTarget,
      CustomEvent: RealmCustomEvent,
      DOMException: RealmDOMException,
      WeakRef: RealmWeakRef,
      FinalizationRegistry: RealmFinalizationRegistry,
      Crypto: parts.crypto.constructor,
      CryptoKey: RealmCryptoKey,
      SubtleCrypto: RealmSubtleCrypto,
      Buffer,
      Headers: RealmHeaders,
      Request: RealmRequest,
      Response: RealmResponse,
      fetch: fetchOf,
    }),
  };
}

/** The same classes under the names that learners' code calls them by. */
function namedAsSaid(classes: Readonly<Record<string, object>>): Readonly<Record<string, object>> {
  for (const [name, value] of Object.entries(classes)) Object.defineProperty(value, 'name', { value: name });
  return classes;
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

/** Removes what an environment left on `globalThis`. False if something can't be removed: the realm must go. */
export function removeStrayGlobals(baseline: ReadonlySet<PropertyKey>): boolean {
  const keys = Reflect.ownKeys(globalThis);
  if (keys.length === baseline.size) return true;
  return keys.filter((key) => !baseline.has(key)).every((key) => Reflect.deleteProperty(globalThis, key));
}
