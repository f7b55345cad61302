/**
 * What stands in a realm from its first moment and is never made again: the globals, the SDK, and `require`.
 *
 * They know no environment: they ask the realm's present for the one that runs.
 */

import type { RealmSdk, RealmSdkFactory, SdkMode } from '../sdk/realm-port.ts';
import { makeConsole, PrintedLines } from './console.ts';
import { installGlobals } from './globals.ts';
import { makeRequire } from './modules.ts';
import type { RealmPresent } from './present.ts';
import { makeCrypto } from './random.ts';
import { RealmTextDecoder, RealmTextEncoder } from './text.ts';
import { makeTimers } from './time.ts';
import { NotedWork } from './work.ts';

export interface Furnishings {
  /** The names of the globals before any environment has added one. */
  readonly baseline: ReadonlySet<PropertyKey>;
  readonly noted: NotedWork;
  readonly printed: PrintedLines;
  readonly require: (name: string) => unknown;
  readonly sdk: RealmSdk;
}

/** Makes all of it, and seals the realm. */
export function furnish(present: RealmPresent, sdkFactory: RealmSdkFactory, mode: SdkMode): Furnishings {
  const { current } = present;
  const timers = makeTimers(current);
  const crypto = makeCrypto(present.random);
  const printed = new PrintedLines(current);
  const noted = new NotedWork();
  // A process's own clock begins with the process. https://nodejs.org/api/perf_hooks.html#performancenow
  const performance = Object.freeze({
    now: () => present.upMs(),
    get timeOrigin() {
      return present.startedEpochMs();
    },
  });
  const process = (): object => present.process;
  const sdk = makeSdk(present, sdkFactory, mode);
  const baseline = installGlobals({
    clock: present,
    random: present.random,
    timers,
    console: makeConsole(printed),
    crypto: crypto.web,
    performance,
    process,
    current,
    work: noted.work,
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
  return { baseline, noted, printed, require, sdk };
}

/** The SDK, whose calls and waiting are those of the environment that runs. */
function makeSdk({ current, random }: RealmPresent, factory: RealmSdkFactory, mode: SdkMode): RealmSdk {
  return factory(
    {
      call: (service, operation, input) => current().call(service, operation, input),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          current().setTimer(() => resolve(), delayMs, false);
        }),
      random: () => random.fraction(),
    },
    { mode },
  );
}
