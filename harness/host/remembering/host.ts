/**
 * A host that remembers: code that receives the same commands as before is not run again.
 *
 * Code in an execution environment sees only its own commands, so its reports follow from their history. This host wraps one
 * that really runs code, and uses it only for new commands. It then replays the environment's whole history there and
 * compares everything that the code does on the way. It runs no code itself.
 */

import type { Host, HostCommand, HostReport, HostRun } from '../../simulator/host.ts';
import { type PutBack, refill } from '../../simulator/kernel/checkpoint.ts';
import type { ComputingTime } from '../computing-time.ts';
import { encode } from '../wire.ts';
import { History, type LearnerCommand } from './history.ts';
import { Known } from './known.ts';
import { OtherThanBefore } from './other-than-before.ts';
import { sameData } from './same-data.ts';

/**
 * More than the explorations of a lab need. Beyond it everything is forgotten and learned again, so memory use stays limited.
 */
const REMEMBERED_CHARACTERS = 64 * 1_048_576;

const NOTHING: readonly HostReport[] = [];

export class RememberingHost implements Host {
  readonly #inner: Host;
  readonly #computing: ComputingTime;
  readonly #rememberedCharacters: number;
  /** By the command that starts an environment. */
  #starts = new Known<History>();
  #characters = 0;
  /** The history of each environment in this run. */
  readonly #at = new Map<string, History>();
  /** The history of each environment in the wrapped host. */
  readonly #innerAt = new Map<string, History>();
  /** The run to which the histories belong: code sees its seed and epoch. */
  #runOfAll: HostRun | null = null;
  #run: HostRun | null = null;
  #innerHasBegun = false;

  constructor(inner: Host, computing: ComputingTime, rememberedCharacters = REMEMBERED_CHARACTERS) {
    this.#inner = inner;
    this.#computing = computing;
    this.#rememberedCharacters = rememberedCharacters;
  }

  begin(run: HostRun): void | Promise<void> {
    this.#at.clear();
    this.#run = run;
    if (run.afresh) {
      this.#innerHasBegun = false;
      return this.#inner.begin(run);
    }
    if (this.#runOfAll !== null && sameData(run, this.#runOfAll)) return;
    this.#runOfAll = run;
    this.#innerHasBegun = false;
    this.#forget();
  }

  deliver(commands: readonly HostCommand[]): readonly HostReport[] | Promise<readonly HostReport[]> {
    if (this.#run === null || this.#run.afresh) return this.#ask(commands);
    const [only] = commands;
    if (only !== undefined && commands.length === 1) return this.#recall(only) ?? this.#learnFrom(commands, 0, []);
    const reports: HostReport[] = [];
    for (const [position, command] of commands.entries()) {
      const known = this.#recall(command);
      if (known === null) return this.#learnFrom(commands, position, reports);
      reports.push(...known);
    }
    return reports;
  }

  /**
   * Histories are all that a run's environments are here. What was forgotten is not brought back: a history that is held would hold all
   * that was learned behind it.
   */
  checkpoint(): PutBack | null {
    const run = this.#run;
    if (run === null || run.afresh) return null;
    const at = new Map(this.#at);
    const starts = this.#starts;
    return () => {
      if (this.#starts !== starts) return false;
      this.#run = run;
      refill(this.#at, at);
      return true;
    };
  }

  /** The reports of the command's environment, if they are known. */
  #recall(command: HostCommand): readonly HostReport[] | null {
    if (command.kind === 'kill') {
      this.#at.delete(command.environment);
      return NOTHING;
    }
    const next =
      command.kind === 'start' ? this.#starts.get(command) : this.#at.get(command.environment)?.after(command);
    if (next === undefined) return null;
    this.#at.set(command.environment, next);
    return next.reports;
  }

  async #learnFrom(commands: readonly HostCommand[], position: number, reports: HostReport[]): Promise<HostReport[]> {
    for (const command of commands.slice(position)) {
      const known = this.#recall(command);
      reports.push(...(known ?? (await this.#learn(command as LearnerCommand))));
    }
    return reports;
  }

  /** Runs code in a state in which it has never been. */
  async #learn(command: LearnerCommand): Promise<readonly HostReport[]> {
    const { environment } = command;
    // A killed environment receives nothing and reports nothing more.
    const before = command.kind === 'start' ? null : (this.#at.get(environment) ?? null);
    if (before === null && command.kind !== 'start') return NOTHING;
    await this.#beginInner();
    const isThere = before === null || this.#innerAt.get(environment) === before;
    const reports = isThere ? await this.#ask([command]) : await this.#bringThere(before, command);
    const next = this.#remember(before, command, reports);
    this.#at.set(environment, next);
    this.#innerAt.set(environment, next);
    return reports;
  }

  /** Starts the environment in the wrapped host again, and replays its history and the new command. */
  async #bringThere(before: History, command: LearnerCommand): Promise<readonly HostReport[]> {
    const path = before.path();
    const reports = await this.#ask([...path.map((step) => step.command), command]);
    const expected = path.flatMap((step) => step.reports);
    const again = reports.slice(0, expected.length);
    if (encode(again) !== encode(expected)) throw new OtherThanBefore(path, again);
    return reports.slice(expected.length);
  }

  #ask(commands: readonly HostCommand[]): Promise<readonly HostReport[]> {
    const starts = commands.filter(({ kind }) => kind === 'start').length;
    return this.#computing.of(commands.length, () => this.#inner.deliver(commands), starts);
  }

  async #beginInner(): Promise<void> {
    if (this.#innerHasBegun || this.#run === null) return;
    this.#innerHasBegun = true;
    this.#innerAt.clear();
    await this.#inner.begin(this.#run);
  }

  #remember(before: History | null, command: LearnerCommand, reports: readonly HostReport[]): History {
    this.#characters += encode(command).length + encode(reports).length;
    if (this.#characters > this.#rememberedCharacters) this.#forget();
    if (before !== null) return before.extend(command, reports);
    const start = new History(null, command, reports);
    this.#starts.add(command, start);
    return start;
  }

  /** Keeps the histories of live environments and forgets all others. */
  #forget(): void {
    this.#starts = new Known();
    this.#characters = 0;
  }
}
