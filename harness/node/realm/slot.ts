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
import type { RealmSdkFactory, SdkMode } from '../../host/sdk/realm-port.ts';
import type { Computed } from './computed.ts';
import type { StepWatch } from './hang-profile.ts';

/** The scripts of every slot, compiled once. */
export interface RealmScripts {
  readonly prelude: Script;
  readonly sdk: Script;
  /** By module name. */
  readonly modules: ReadonlyMap<string, Script>;
  readonly sdkMode: SdkMode;
}

const DRAIN = new Script('0', { filename: 'drain.js' });

export class Slot {
  readonly #context: Context;
  /** Null if this slot does not stop code that never returns. */
  readonly #watch: StepWatch | null;
  readonly #scripts: RealmScripts;
  readonly #realm: Realm;
  readonly #computed: Computed;

  /** `computed` adds up what learners' code computes here. */
  constructor(scripts: RealmScripts, watch: StepWatch | null, computed: Computed) {
    this.#scripts = scripts;
    this.#computed = computed;
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
   * Starts a fresh environment and gives it its first command, if there is one: both under one watch, since a watch is a thread.
   * False if traces of the previous environment can't be removed.
   */
  start(commandJson: string, module: string, firstJson: string | null): boolean {
    if (!this.#realm.start(commandJson)) return false;
    const script = this.#scripts.modules.get(module);
    this.#enter(() => {
      if (script !== undefined) this.#realm.load(script.runInContext(this.#context) as ModuleFactory);
      if (firstJson === null) return;
      DRAIN.runInContext(this.#context);
      this.#realm.deliver(firstJson);
    });
    return true;
  }

  deliver(commandJson: string): void {
    this.#enter(() => this.#realm.deliver(commandJson));
  }

  kill(): void {
    this.#realm.kill();
  }

  rejected(reason: unknown): void {
    this.#enter(() => this.#realm.rejected(reason));
  }

  /** The reports since the last call, as JSON text; '' for none. */
  collect(): string {
    return this.#realm.collect();
  }

  /** Does some work inside, lets everything there run until all of it waits, and counts what that computes. */
  #enter(work: () => void): void {
    const enter = (): void =>
      this.#computed.during(() => {
        work();
        DRAIN.runInContext(this.#context);
      });
    // Counted inside the watch, as what a watch costs is none of the learner's.
    if (this.#watch === null) enter();
    else this.#watch.run(enter);
  }
}
