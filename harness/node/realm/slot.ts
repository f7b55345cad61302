/**
 * A slot: one realm that holds one execution environment at a time.
 *
 * Environments that exist at the same time never share a realm, so nothing but AWS can be shared between them. A slot is
 * reused from run to run; the prelude inside cleans it. Its promises have a queue of their own, which only this file drains:
 * when `drain` returns, all code inside waits.
 */

import { type Context, constants, createContext, Script } from 'node:vm';
import type { ModuleFactory } from '../../host/prelude/handler.ts';
import type { Realm } from '../../host/prelude/index.ts';
import { WORK } from '../../host/prelude/work.ts';
import type { RealmSdkFactory, SdkMode } from '../../host/sdk/realm-port.ts';
import { type HangWatch, runWatched } from './hang-profile.ts';

/** The scripts of every slot, compiled once. */
export interface RealmScripts {
  readonly prelude: Script;
  readonly sdk: Script;
  /** By module name. */
  readonly modules: ReadonlyMap<string, Script>;
  readonly sdkMode: SdkMode;
}

const DRAIN = new Script('0', { filename: 'drain.js' });

/** Lets learners' code do what was noted for it. The function is the realm's own: nothing of this process goes in. */
const ENTER = new Script(`${WORK}();`, { filename: 'enter.js' });

export class Slot {
  readonly #context: Context;
  /** Null if this slot does not stop code that never returns. */
  readonly #watch: HangWatch | null;
  readonly #scripts: RealmScripts;
  readonly #realm: Realm;

  constructor(scripts: RealmScripts, watch: HangWatch | null) {
    this.#scripts = scripts;
    this.#watch = watch;
    this.#context = createContext(constants.DONT_CONTEXTIFY, {
      microtaskMode: 'afterEvaluate',
      codeGeneration: { strings: false, wasm: false },
    });
    const makeRealm = scripts.prelude.runInContext(this.#context) as (sdk: RealmSdkFactory, mode: SdkMode) => Realm;
    const sdk = scripts.sdk.runInContext(this.#context) as RealmSdkFactory;
    this.#realm = makeRealm(sdk, scripts.sdkMode);
    DRAIN.runInContext(this.#context);
  }

  begin(runJson: string): void {
    this.#realm.begin(runJson);
  }

  /**
   * Starts a fresh environment and gives it its first command, if there is one. False if traces of the previous environment can't be
   * removed.
   */
  start(commandJson: string, module: string, firstJson: string | null): boolean {
    if (!this.#realm.start(commandJson)) return false;
    const script = this.#scripts.modules.get(module);
    if (script !== undefined) {
      // Evaluating a bundle makes a function and calls nothing of it.
      this.#realm.load(script.runInContext(this.#context) as ModuleFactory);
      this.#work();
    }
    if (firstJson !== null) this.deliver(firstJson);
    return true;
  }

  deliver(commandJson: string): void {
    this.#realm.deliver(commandJson);
    this.#work();
  }

  kill(): void {
    this.#realm.kill();
  }

  rejected(reason: unknown): void {
    this.#realm.rejected(reason);
    this.#work();
  }

  /** The reports since the last call, as JSON text; '' for none. */
  collect(): string {
    return this.#realm.collect();
  }

  /** Lets learners' code do what was noted, and everything inside run until all of it waits. */
  #work(): void {
    if (this.#watch === null) {
      this.#realm.work();
      DRAIN.runInContext(this.#context);
      return;
    }
    runWatched(this.#watch, (timeout) => ENTER.runInContext(this.#context, { timeout }));
  }
}
