/**
 * The host in this process: environments in realms, commands in, reports out.
 *
 * It is fast, but does not protect against code that never returns; the isolated host runs this one in a child process.
 */

import type { Clocks } from '../../host/computing-time.ts';
import type { RealmSources } from '../../host/realm-sources.ts';
import { decode, encode } from '../../host/wire.ts';
import type { BareHost } from '../../platform/platform.ts';
import type { HostCommand, HostReport, HostRun } from '../../simulator/host.ts';
import { nextTurnOfLoop } from '../turns.ts';
import { compile } from './compile.ts';
import { Computed } from './computed.ts';
import { type HangWatch, StepWatch } from './hang-profile.ts';
import { endStep, receiveRejections, takeOutRejections, turnForStep } from './rejections.ts';
import { type RealmScripts, Slot } from './slot.ts';
import { holdUtc } from './time-zone.ts';

/** The same, with reports still encoded, as a child process sends them. */
export class RealmHost {
  readonly #scripts: RealmScripts;
  readonly #watch: StepWatch | null;
  readonly #slots: (Slot | undefined)[] = [];
  readonly #slotOf = new Map<string, number>();
  readonly #computed = new Computed();
  #runJson = '';
  readonly #letGoOfRejections: () => void;

  constructor(sources: RealmSources, watch: HangWatch | null) {
    this.#watch = watch === null ? null : new StepWatch(watch);
    this.#scripts = compile(sources);
    this.#letGoOfRejections = takeOutRejections();
  }

  /** The processor time of learners' code itself so far. */
  get computedMs(): number {
    return this.#computed.ms;
  }

  /** Stops watching, and taking out rejections. */
  close(): void {
    this.#watch?.close();
    this.#letGoOfRejections();
  }

  begin(run: HostRun): void {
    this.#runJson = encode(run);
    this.#slotOf.clear();
    for (const slot of this.#slots) slot?.begin(this.#runJson);
  }

  /** Carries commands out and returns the encoded list of reports. */
  async deliver(commands: readonly HostCommand[]): Promise<string> {
    const reports: string[] = [];
    for (const command of commands) {
      const collected = await this.#step(command);
      if (collected !== '') reports.push(collected.slice(1, -1));
    }
    return `[${reports.join(',')}]`;
  }

  async #step(command: HostCommand): Promise<string> {
    const turn = turnForStep();
    if (turn !== null) await turn;
    try {
      const slot = this.#carryOut(command);
      receiveRejections((reason) => slot.rejected(reason));
      // Node reports unhandled rejections after the current turn; they belong to the step that made them.
      await nextTurnOfLoop();
      return slot.collect();
    } finally {
      endStep();
    }
  }

  #carryOut(command: HostCommand): Slot {
    const index = this.#slotOf.get(command.environment) ?? this.#assign(command.environment);
    const slot = this.#slots[index] ?? this.#make(index);
    if (command.kind === 'kill') {
      slot.kill();
      return slot;
    }
    if (command.kind !== 'start') {
      slot.deliver(encode(command));
      return slot;
    }
    return this.#start(command, index, slot);
  }

  #start(command: HostCommand & { readonly kind: 'start' }, index: number, usual: Slot): Slot {
    const { first, ...start } = command;
    const { environment, nowMs, settings } = start;
    const startJson = encode(start);
    const firstJson = first === undefined ? null : encode({ kind: 'invoke', environment, nowMs, ...first });
    if (usual.start(startJson, settings.module, firstJson)) return usual;
    const slot = this.#make(index);
    slot.start(startJson, settings.module, firstJson);
    return slot;
  }

  /** The lowest slot that no environment of this run uses. */
  #assign(environment: string): number {
    const index = this.#slotOf.size;
    this.#slotOf.set(environment, index);
    return index;
  }

  #make(index: number): Slot {
    const slot = new Slot(this.#scripts, this.#watch, this.#computed);
    slot.begin(this.#runJson);
    this.#slots[index] = slot;
    return slot;
  }
}

/** The host in this process, as the world sees it. */
export class InRealmHost implements BareHost {
  readonly clocks: Clocks = { computedMs: () => this.#realms.computedMs };
  readonly #realms: RealmHost;
  readonly #letGoOfUtc: () => void;

  /** Without a watch, code that never returns blocks the whole process. Use that only for trusted code. */
  constructor(sources: RealmSources, watch: HangWatch | null = null) {
    this.#realms = new RealmHost(sources, watch);
    this.#letGoOfUtc = holdUtc();
  }

  begin(run: HostRun): void {
    this.#realms.begin(run);
  }

  async deliver(commands: readonly HostCommand[]): Promise<readonly HostReport[]> {
    return decode(await this.#realms.deliver(commands)) as HostReport[];
  }

  close(): void {
    this.#realms.close();
    this.#letGoOfUtc();
  }
}
