/**
 * What stands in a realm from its first moment and is never made again: the globals, the SDK, and `require`.
 *
 * They know no environment: they ask the realm's present for the one that runs.
 */

import type { RealmSdk, RealmSdkFactory, SdkMode } from '../sdk/realm-port.ts';
import { makeConsole, PrintedLines } from './console.ts';
import { connectEnvironment } from './environment-now.ts';
import { installGlobals } from './globals.ts';
import { freezeDeep } from './intrinsics.ts';
import { makeRequire } from './modules.ts';
import { makePerformance } from './performance.ts';
import type { RealmPresent } from './present.ts';
import { makeRestOfProcess } from './process.ts';
import { makeTimers } from './time.ts';
import { makeWebCrypto } from './web-crypto.ts';

export interface Furnishings {
  /** The names of the globals before any environment has added one. */
  readonly baseline: ReadonlySet<PropertyKey>;
  readonly printed: PrintedLines;
  readonly require: (name: string) => unknown;
  /** What every environment's `process` inherits. */
  readonly restOfProcess: object;
  readonly sdk: RealmSdk;
}

/** Makes all of it, and seals the realm. */
export function furnish(present: RealmPresent, sdkFactory: RealmSdkFactory, mode: SdkMode): Furnishings {
  const { current } = present;
  connectEnvironment(current);
  const timers = makeTimers(current);
  const crypto = makeWebCrypto(present.random);
  const printed = new PrintedLines(current);
  const performance = makePerformance(present);
  const process = (): object => present.process;
  const sdk = makeSdk(present, sdkFactory, mode);
  const baseline = installGlobals({
    clock: present,
    random: present.random,
    timers,
    console: makeConsole(printed),
    crypto,
    performance,
    process,
    current,
  });
  const require = makeRequire({
    current,
    sdk: (name) => sdk.require(name),
    random: present.random,
    crypto,
    timers,
    performance,
    process,
  });
  const restOfProcess = makeRestOfProcess();
  freezeDeep([restOfProcess]);
  return { baseline, printed, require, restOfProcess, sdk };
}

/** The SDK, whose calls and waiting are those of the environment that runs. */
function makeSdk({ current, random }: RealmPresent, factory: RealmSdkFactory, mode: SdkMode): RealmSdk {
  return factory(
    {
      call: (service, operation, input) => current().call(service, operation, input),
      giveUp: (answer) => current().giveUp(answer),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          current().setTimer(() => resolve(), delayMs, false);
        }),
      random: () => random.fraction(),
    },
    { mode },
  );
}
