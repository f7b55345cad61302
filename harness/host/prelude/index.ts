/**
 * The prelude: the first script in a realm, between a learner's code and everything else.
 *
 * It creates the globals, freezes the language's own objects, runs environments one after the other and passes commands and
 * reports as text. It holds only one reference to an object outside its realm, a function that parses URLs, and never exposes
 * it. The host bundles it into one script.
 */

import type { HostCommand, HostRun } from '../../simulator/host.ts';
import type { RealmSdk, RealmSdkFactory, RealmSdkOptions } from '../sdk/realm-port.ts';
import { decode } from '../wire.ts';
import { makeConsole } from './console.ts';
import { RealmEnvironment } from './environment.ts';
import { type GlobalParts, installGlobals, removeStrayGlobals } from './globals.ts';
import { type LoadedModule, runHandler } from './handler.ts';
import { makeRequire } from './modules.ts';
import { makeProcess } from './process.ts';
import { makeCrypto, makeRandom } from './random.ts';
import { RealmTextDecoder, RealmTextEncoder } from './text.ts';
import { makeTimers } from './time.ts';

/** A bundle's completion value: the function that evaluates the learner's module. */
export type ModuleFactory = (
  require: (name: string) => unknown,
  module: { exports: Record<string, unknown> },
  exports: Record<string, unknown>,
) => void;

/** A realm as the host sees it. Text in, text out. */
export interface Realm {
  begin(runJson: string): void;
  /** Creates a fresh environment; `load` must follow. False if the realm can't be cleaned and must be discarded. */
  start(commandJson: string): boolean;
  load(factory: ModuleFactory): void;
  deliver(commandJson: string): void;
  kill(): void;
  /** Reports an unhandled rejection. */
  rejected(reason: unknown): void;
  /** The reports since the last call, as JSON text of a list; '' for none. */
  collect(): string;
}

export function makeRealm(sdkFactory: RealmSdkFactory, sdkOptions: RealmSdkOptions): Realm {
  const outbox: string[] = [];
  const clock = { epochMs: 0, nowMs: 0 };
  const random = makeRandom();
  let run: HostRun = { epochMs: 0, seed: 0, frames: false, afresh: true };
  let environment: RealmEnvironment | null = null;
  let loaded: LoadedModule | null = null;
  let process: object = {};
  const current = (): RealmEnvironment => {
    if (environment === null) throw new Error('no environment is running');
    return environment;
  };

  const timers = makeTimers(current);
  const crypto = makeCrypto(random);
  const logging = makeConsole(current);
  const performance = Object.freeze({ now: () => clock.nowMs, timeOrigin: 0 });
  const sdk: RealmSdk = sdkFactory(
    {
      call: (service, operation, input) => current().call(service, operation, input),
      sleep: (delayMs) =>
        new Promise((resolve) => {
          current().setTimer(() => resolve(), delayMs, false);
        }),
      random: () => random.fraction(),
    },
    sdkOptions,
  );
  const parts: GlobalParts = {
    clock: { epochNowMs: () => clock.epochMs + clock.nowMs, nowMs: () => clock.nowMs },
    random,
    timers,
    console: logging.console,
    crypto: crypto.web,
    performance,
    process: () => process,
    current,
  };
  const baseline = installGlobals(parts);
  const require = makeRequire({
    current,
    sdk: (name) => sdk.require(name),
    crypto: crypto.node,
    timers,
    performance,
    process: () => process,
    text: { TextEncoder: RealmTextEncoder, TextDecoder: RealmTextDecoder },
  });

  return {
    begin(runJson) {
      run = decode(runJson) as HostRun;
      environment?.die();
      environment = null;
      outbox.length = 0;
      clock.epochMs = run.epochMs;
      clock.nowMs = 0;
    },
    start(commandJson) {
      const command = decode(commandJson) as HostCommand & { kind: 'start' };
      environment?.die();
      clock.nowMs = command.nowMs;
      logging.reset();
      random.reseed(seedFor(run.seed, command.environment));
      const clean = sdk.resetSdk() && removeStrayGlobals(baseline);
      environment = new RealmEnvironment(command.environment, command.settings, outbox, run.frames);
      process = makeProcess(command.settings, current, logging.write);
      return clean;
    },
    load(factory) {
      loaded = runHandler.load(current(), factory, require);
    },
    deliver(commandJson) {
      const command = decode(commandJson) as Exclude<HostCommand, { kind: 'start' | 'kill' }>;
      if (environment === null || !environment.alive) return;
      clock.nowMs = command.nowMs;
      if (command.kind === 'answer') environment.answer(command.number, command.answer);
      else if (command.kind === 'fire') environment.fire(command.timer);
      else if (loaded !== null) runHandler.invoke(environment, loaded, command, () => clock.nowMs);
    },
    kill() {
      environment?.die();
    },
    rejected(reason) {
      environment?.uncaught(reason, 'Runtime.UnhandledPromiseRejection');
    },
    collect() {
      if (outbox.length === 0) return '';
      const text = `[${outbox.join(',')}]`;
      outbox.length = 0;
      return text;
    },
  };
}

/** Different environments draw different numbers, which are the same in every equal run. */
function seedFor(seed: number, environment: string): number {
  let mixed = seed >>> 0;
  for (let i = 0; i < environment.length; i += 1) mixed = (Math.imul(mixed, 31) + environment.charCodeAt(i)) >>> 0;
  return mixed;
}
