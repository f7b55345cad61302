/**
 * The prelude: the first script in a realm, between a learner's code and everything else.
 *
 * It creates the globals, freezes the language's own objects, runs environments one after the other and passes commands and
 * reports as text. It holds no reference to any object outside its realm. The host bundles it into one script.
 */

import type { HostCommand, HostRun } from '../../simulator/host.ts';
import type { RealmSdkFactory, SdkMode } from '../sdk/realm-port.ts';
import { decode } from '../wire.ts';
import { RealmEnvironment } from './environment.ts';
import { type Furnishings, furnish } from './furnishings.ts';
import { removeStrayGlobals } from './globals.ts';
import { type LoadedModule, type ModuleFactory, runHandler } from './handler.ts';
import { RealmPresent } from './present.ts';
import { makeProcess } from './process.ts';

/** What the host holds of a realm. Text in, text out. */
export interface Realm {
  begin(runJson: string): void;
  /** Makes a fresh environment; `load` must follow. False when the realm can't be cleaned and must be thrown away. */
  start(commandJson: string): boolean;
  /** The next three run learners' code. No other member does. */
  load(factory: ModuleFactory): void;
  deliver(commandJson: string): void;
  /** A rejection that no code handled. */
  rejected(reason: unknown): void;
  kill(): void;
  /** Everything reported since the last time, as JSON text of a list; '' for none. */
  collect(): string;
}

/** To be called once in a realm, before anything else of it is used. */
export function makeRealm(sdkFactory: RealmSdkFactory, mode: SdkMode): Realm {
  const present = new RealmPresent();
  return new FurnishedRealm(present, furnish(present, sdkFactory, mode));
}

/** Carries commands out, one environment after the other. */
class FurnishedRealm implements Realm {
  readonly #present: RealmPresent;
  readonly #furnishings: Furnishings;
  readonly #outbox: string[] = [];
  #run: HostRun = { epochMs: 0, seed: 0, frames: false, afresh: true };
  #loaded: LoadedModule | null = null;

  constructor(present: RealmPresent, furnishings: Furnishings) {
    this.#present = present;
    this.#furnishings = furnishings;
  }

  begin(runJson: string): void {
    this.#run = decode(runJson) as HostRun;
    this.kill();
    this.#outbox.length = 0;
    this.#present.startRun(this.#run.epochMs);
  }

  start(commandJson: string): boolean {
    const command = decode(commandJson) as HostCommand & { kind: 'start' };
    const { environment: id, process, settings, nowMs } = command;
    const { baseline, printed, restOfProcess, sdk } = this.#furnishings;
    this.kill();
    this.#present.startProcess(nowMs);
    printed.reset();
    this.#present.random.reseed(seedFor(this.#run.seed, id, process));
    const clean = sdk.resetSdk() && removeStrayGlobals(baseline);
    this.#present.enter(
      new RealmEnvironment(id, settings, this.#outbox, this.#run.frames),
      makeProcess(settings, {
        current: this.#present.current,
        write: (level, text) => printed.write(level, text),
        upMs: () => this.#present.upMs(),
        rest: restOfProcess,
      }),
    );
    return clean;
  }

  load(factory: ModuleFactory): void {
    this.#loaded = runHandler.load(this.#present.current(), factory, this.#furnishings.require);
  }

  deliver(commandJson: string): void {
    this.#tell(decode(commandJson) as Exclude<HostCommand, { kind: 'start' | 'kill' }>);
  }

  rejected(reason: unknown): void {
    this.#present.environment?.uncaught(reason, 'Runtime.UnhandledPromiseRejection');
  }

  kill(): void {
    this.#present.environment?.die();
  }

  collect(): string {
    if (this.#outbox.length === 0) return '';
    const text = `[${this.#outbox.join(',')}]`;
    this.#outbox.length = 0;
    return text;
  }

  #tell(command: Exclude<HostCommand, { kind: 'start' | 'kill' }>): void {
    const { environment } = this.#present;
    if (environment === null || !environment.alive) return;
    this.#present.moveTo(command.nowMs);
    if (command.kind === 'answer') environment.answer(command.number, command.answer);
    else if (command.kind === 'fire') environment.fire(command.timer);
    else if (this.#loaded !== null) runHandler.invoke(environment, this.#loaded, command, this.#present);
  }
}

/** Each process of each environment draws numbers of its own, the same ones in every equal run. */
function seedFor(seed: number, environment: string, process: number): number {
  // The first process has always drawn from the bare seed, and stored tokens replay what it drew.
  let mixed = (seed + Math.imul(process - 1, 0x85ebca6b)) >>> 0;
  for (let i = 0; i < environment.length; i += 1) mixed = (Math.imul(mixed, 31) + environment.charCodeAt(i)) >>> 0;
  return mixed;
}
