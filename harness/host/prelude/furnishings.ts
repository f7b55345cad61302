/**
 * What stands in a realm from its first moment and is never made again: the globals, the SDK, and `require`.
 *
 * They know no environment: they ask the realm's present for the one that runs.
 */

import type { RealmSdk, RealmSdkFactory, RealmSdkOptions } from '../sdk/realm-port.ts';
import { makeConsole, PrintedLines } from './console.ts';
import { installGlobals } from './globals.ts';
import { makeRequire } from './modules.ts';
import type { RealmPresent } from './present.ts';
import { makeCrypto } from './random.ts';
import { RealmTextDecoder, RealmTextEncoder } from './text.ts';
import { makeTimers } from './time.ts';

export interface Furnishings {
  /** The names of the globals before any environment has added one. */
  readonly baseline: ReadonlySet<PropertyKey>;
  readonly printed: PrintedLines;
  readonly require: (name: string) => unknown;
  readonly sdk: RealmSdk;
}

/** Makes all of it, and seals the realm. */
export function furnish(present: RealmPresent, sdkFactory: RealmSdkFactory, sdkOptions: RealmSdkOptions): Furnishings {
  const { current } = present;
  const timers = makeTimers(current);
  const crypto = makeCrypto(present.random);
  const printed = new PrintedLines(current);
  const performance = Object.freeze({ now: () => present.nowMs(), timeOrigin: 0 });
  const process = (): object => present.process;
  const sdk = makeSdk(present, sdkFactory, sdkOptions);
  const baseline = installGlobals({
    clock: present,
    random: present.random,
    timers,
    console: makeConsole(printed),
    crypto: crypto.web,
    performance,
    process,
    current,
  });
  const require = makeRequire({
    current,
    sdk: (name) => sdk.require(name),
    crypto: crypto.node,
    timers,
    performance,
    process,
    text: { TextEncoder: RealmTextEncoder, TextDecoder: RealmTextDecoder },
  });
  return { baseline, printed, require, sdk };
}

/** The SDK, whose calls and waiting are those of the environment that runs. */
function makeSdk({ current, random }: RealmPresent, factory: RealmSdkFactory, options: RealmSdkOptions): RealmSdk {
  return factory(
    {
      call: (service, operation, input) => current().call(service, operation, input),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          current().setTimer(() => resolve(), delayMs, false);
        }),
      random: () => random.fraction(),
    },
    options,
  );
}
