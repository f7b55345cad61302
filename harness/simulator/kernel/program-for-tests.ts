/**
 * Small concurrent programs for tests of exploration: lanes of operations on shared variables, run over the real agenda.
 *
 * Their outcome is all that a lane saw and all that was left at the end. It does not depend on how steps that have nothing
 * in common came: so equal sets of outcomes mean that nothing was missed.
 */

import { Agenda } from './agenda.ts';
import type { Choices } from './choices.ts';
import type { StepFootprint } from './footprint.ts';
import { type RunCount, run } from './run.ts';

type Access = 'read' | 'write' | 'increment' | 'compare-and-set';

export type Operation =
  | { readonly kind: Access; readonly variable: string }
  /** Adds one to what was read before; if somebody else was quicker, reads again and tries again. */
  | { readonly kind: 'swap'; readonly variable: string }
  /** May end its lane: a choice with a budget that all lanes share. */
  | { readonly kind: 'fault' }
  /**
   * May end its lane or only be seen, one crash and one jolt for all lanes: whoever spends one says so, and whoever was asked
   * and went on does not.
   */
  | { readonly kind: 'crash'; readonly variable: string }
  /** Adds one to another variable, and which one depends on this: what it touches is known only when it runs. */
  | { readonly kind: 'route'; readonly variable: string; readonly to: readonly [string, string] }
  /** Adds what chance says; chance may ask once more, and what it changes depends on its answers. */
  | { readonly kind: 'draw'; readonly variable: string }
  | { readonly kind: 'sleep'; readonly forMs: number }
  | { readonly kind: 'fork'; readonly operations: readonly Operation[] }
  | { readonly kind: 'if-zero'; readonly operations: readonly Operation[] };

export interface Program {
  readonly lanes: readonly (readonly Operation[])[];
  readonly faults: number;
  /** Lanes that are equal start in one order only: nobody is asked which of them comes first. */
  readonly symmetric?: boolean;
}

/** What a step says that it looks at and changes; a test may falsify it. */
export type Declare = (footprint: StepFootprint) => StepFootprint;

/** Runs once. Null if the choices gave the run up. */
export async function outcomeOf(
  program: Program,
  choices: Choices,
  declare: Declare = (it) => it,
): Promise<string | null> {
  return (await runOf(program, choices, declare))?.outcome ?? null;
}

/** What one run showed, and what it took. */
export interface ProgramRun {
  readonly outcome: string;
  readonly faults: number;
  readonly count: RunCount;
}

/** Runs once, and counts. Null if the choices gave the run up. */
export async function runOf(
  program: Program,
  choices: Choices,
  declare: Declare = (it) => it,
): Promise<ProgramRun | null> {
  return new Execution(program, choices, declare).run();
}

class Execution {
  readonly #agenda = new Agenda();
  readonly #clock = { nowMs: 0, step: 0 };
  readonly #choices: Choices;
  readonly #declare: Declare;
  readonly #variables = new Map<string, number>();
  readonly #seen = new Map<string, string[]>();
  readonly #left = new Set(['crash', 'jolt']);
  #faults: number;

  constructor({ lanes, faults, symmetric = false }: Program, choices: Choices, declare: Declare) {
    this.#choices = choices;
    this.#declare = declare;
    this.#faults = faults;
    for (const [index, operations] of lanes.entries()) {
      this.#goOn(String(index), operations, 0, symmetric ? `all ${JSON.stringify(operations)}` : null);
    }
  }

  async run(): Promise<ProgramRun | null> {
    const left = this.#faults;
    const { end, count } = await run({
      agenda: this.#agenda,
      clock: this.#clock,
      choices: this.#choices,
      mode: 'exploration',
      maxSteps: 1_000,
      settle: () => false,
      allowEarly: () => false,
    });
    if (end === 'cut') return null;
    const outcome = JSON.stringify([[...this.#seen].sort(), [...this.#variables].sort(), this.#clock.nowMs]);
    return { outcome, faults: left - this.#faults, count };
  }

  #touch(reads: readonly string[], writes: readonly string[]): void {
    this.#choices.touch?.(this.#declare({ reads, writes }));
  }

  /** `queue`: where the next operation stands in line with its likes. */
  #goOn(lane: string, operations: readonly Operation[], last: number, queue: string | null = null): void {
    const [next, ...rest] = operations;
    if (next === undefined) return;
    const sleeps = next.kind === 'sleep';
    const { nowMs, step } = this.#clock;
    if (sleeps) this.#touch([], ['timers']);
    const event = {
      kind: sleeps ? 'sleep' : 'step',
      atMs: nowMs + (sleeps ? next.forMs : 0),
      lane: queue ?? lane,
      label: lane,
      ...(queue === null ? {} : { alike: true as const }),
    } as const;
    this.#agenda.schedule({ ...event, cause: null, run: () => this.#carryOut(lane, next, rest, last) }, nowMs, step);
  }

  #carryOut(lane: string, operation: Operation, rest: readonly Operation[], last: number): void {
    switch (operation.kind) {
      case 'sleep':
        this.#see(lane, `at ${this.#clock.nowMs}`);
        this.#goOn(lane, rest, last);
        break;
      case 'fork':
        this.#goOn(`${lane}/${rest.length}`, operation.operations, last);
        this.#goOn(lane, rest, last);
        break;
      case 'if-zero':
        this.#goOn(lane, last === 0 ? [...operation.operations, ...rest] : rest, last);
        break;
      case 'fault':
        if (!this.#fails(lane)) this.#goOn(lane, rest, last);
        break;
      case 'crash':
        if (!this.#crashes(lane, operation.variable)) this.#goOn(lane, rest, last);
        break;
      case 'swap':
        this.#goOn(
          lane,
          this.#swaps(lane, operation.variable, last) ? rest : [readOf(operation), operation, ...rest],
          last,
        );
        break;
      case 'route':
        this.#route(lane, operation);
        this.#goOn(lane, rest, last);
        break;
      case 'draw':
        this.#goOn(lane, rest, this.#draw(lane, operation.variable));
        break;
      default:
        this.#goOn(lane, rest, this.#access(lane, operation, last, rest.length));
    }
  }

  #access(
    lane: string,
    { kind, variable }: Extract<Operation, { readonly kind: Access }>,
    last: number,
    left: number,
  ): number {
    const value = this.#variables.get(variable) ?? 0;
    const reads = kind === 'read' || kind === 'compare-and-set';
    const writes = kind === 'write' || kind === 'increment' || (kind === 'compare-and-set' && value === last);
    this.#touch(reads ? [variable] : [], writes ? [variable] : []);
    if (writes) this.#variables.set(variable, kind === 'write' ? 10 * left + lane.length : last + 1);
    if (reads) this.#see(lane, kind === 'read' ? `${variable} is ${value}` : `${variable} was ${last}: ${writes}`);
    return kind === 'read' ? value : last;
  }

  #route(lane: string, { variable, to }: Operation & { readonly kind: 'route' }): void {
    const value = this.#variables.get(variable) ?? 0;
    const target = to[value % 2 === 0 ? 0 : 1];
    this.#touch([variable], [target]);
    this.#variables.set(target, (this.#variables.get(target) ?? 0) * 3 + 1);
    this.#see(lane, `${variable} led to ${target}`);
  }

  /** Whether nobody had changed it since it was read. Whoever comes too late has only looked. */
  #swaps(lane: string, variable: string, last: number): boolean {
    const isAsRead = (this.#variables.get(variable) ?? 0) === last;
    this.#touch([variable], isAsRead ? [variable] : []);
    if (isAsRead) this.#variables.set(variable, last + 1);
    this.#see(lane, `${variable} was ${last}: ${isAsRead}`);
    return isAsRead;
  }

  /** The ways that this can go differ in how much is asked and in what is looked at and changed. */
  #draw(lane: string, variable: string): number {
    if (this.#choices.pick('draw', 2) === 0) return 0;
    const value = this.#variables.get(variable) ?? 0;
    this.#touch([variable], []);
    const drawn = this.#choices.pick('draw more', 1 + (value % 3));
    this.#see(lane, `draws ${drawn}`);
    if (drawn === 0) return 0;
    this.#touch([], [variable]);
    this.#variables.set(variable, value + drawn);
    return drawn;
  }

  #fails(lane: string): boolean {
    // Who is not struck does not care whether it could have been.
    if (this.#faults === 0) return false;
    if (this.#choices.pick('fault', 2) === 0) return false;
    this.#faults -= 1;
    this.#touch([], ['faults']);
    this.#see(lane, 'fails');
    return true;
  }

  #crashes(lane: string, variable: string): boolean {
    const possible = [...this.#left];
    if (possible.length === 0) return false;
    const strikes = possible[this.#choices.pick('crash', possible.length + 1, ['none', ...possible]) - 1];
    if (strikes === undefined) return false;
    this.#left.delete(strikes);
    this.#touch([], [strikes, variable]);
    this.#variables.set(variable, 7);
    this.#see(lane, strikes);
    return strikes === 'crash';
  }

  #see(lane: string, what: string): void {
    const seen = this.#seen.get(lane);
    if (seen === undefined) this.#seen.set(lane, [what]);
    else seen.push(what);
  }
}

function readOf({ variable }: { readonly variable: string }): Operation {
  return { kind: 'read', variable };
}
