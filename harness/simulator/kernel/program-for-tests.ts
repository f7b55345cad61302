/**
 * Small concurrent programs for tests of exploration: lanes of operations on shared variables, run over the real agenda.
 *
 * The outcome of a run is everything that each lane saw, and the state at the end. It does not depend on the order of independent
 * steps, so all schedules of an equivalence class have one outcome, and equal sets of outcomes mean that no class was missed.
 */

import { Agenda, type Gate } from './agenda.ts';
import type { Choices } from './choices.ts';
import type { StepFootprint } from './footprint.ts';
import { type RunCount, run } from './run.ts';

type Access = 'read' | 'write' | 'increment' | 'compare-and-set';

export type LaneOperation =
  | { readonly kind: Access; readonly variable: string }
  /** Adds one to what was read before; if another lane has changed the variable since, reads again and tries again. */
  | { readonly kind: 'swap'; readonly variable: string }
  /** May end its lane: a fault, with a budget that all lanes share. */
  | { readonly kind: 'fault' }
  /**
   * May end its lane (a crash) or only be seen (a jolt); there is one of each for all lanes. Only a step that spends one writes
   * the budget; a step that was asked and went on touches nothing.
   */
  | { readonly kind: 'crash'; readonly variable: string }
  /** Changes another variable, and the value of this one says which: its footprint depends on state. */
  | { readonly kind: 'route'; readonly variable: string; readonly to: readonly [string, string] }
  /** Adds what the choices say. It may ask a second question, and its footprint depends on the answers. */
  | { readonly kind: 'draw'; readonly variable: string }
  | { readonly kind: 'sleep'; readonly forMs: number }
  /** Takes a place, does this, and gives the place back; as long as none is free, the lane waits. A lane that ends gives it back, too. */
  | { readonly kind: 'hold'; readonly place: Place; readonly operations: readonly LaneOperation[] }
  | { readonly kind: 'give back'; readonly place: Place }
  | { readonly kind: 'fork'; readonly operations: readonly LaneOperation[] }
  | { readonly kind: 'if-zero'; readonly operations: readonly LaneOperation[] };

const CRASHES = ['none', 'crash', 'jolt'].map((name, place) => ({ name, place }));

type Place = 'one place' | 'two places';

export interface LaneProgram {
  readonly lanes: readonly (readonly LaneOperation[])[];
  readonly faults: number;
  /** The first steps of equal lanes are marked `alike`, so only one order of them is offered. */
  readonly symmetric?: boolean;
}

/** The footprint that a step declares, made from the true one; a test may falsify it. */
export type FootprintDeclaration = (footprint: StepFootprint) => StepFootprint;

/** Runs once. Null if the choices cut the run. */
export async function outcomeOfProgram(
  program: LaneProgram,
  choices: Choices,
  declare: FootprintDeclaration = (it) => it,
): Promise<string | null> {
  return (await runOf(program, choices, declare))?.outcome ?? null;
}

/** What one run showed, and what it cost. */
export interface ProgramRun {
  readonly outcome: string;
  readonly faults: number;
  readonly count: RunCount;
}

/** Runs once, and counts. Null if the choices cut the run. */
export async function runOf(
  program: LaneProgram,
  choices: Choices,
  declare: FootprintDeclaration = (it) => it,
): Promise<ProgramRun | null> {
  return new Execution(program, choices, declare).run();
}

class Execution {
  readonly #agenda = new Agenda();
  readonly #clock = { nowMs: 0, step: 0, preemptions: 0 };
  readonly #choices: Choices;
  readonly #declare: FootprintDeclaration;
  readonly #variables = new Map<string, number>();
  readonly #seen = new Map<string, string[]>();
  readonly #left = new Set(['crash', 'jolt']);
  readonly #free = new Map<Place, number>([
    ['one place', 1],
    ['two places', 2],
  ]);
  readonly #held = new Map<string, Place>();
  #faults: number;

  constructor({ lanes, faults, symmetric = false }: LaneProgram, choices: Choices, declare: FootprintDeclaration) {
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
      isSpent: (answer) => this.#isSpent(answer),
    });
    if (end === 'cut') return null;
    const outcome = JSON.stringify([[...this.#seen].sort(), [...this.#variables].sort(), this.#clock.nowMs]);
    return { outcome, faults: left - this.#faults, count };
  }

  #isSpent(answer: string): boolean {
    if (answer === 'fault: 1') return this.#faults === 0;
    return (answer === 'crash: crash' || answer === 'crash: jolt') && !this.#left.has(answer.slice('crash: '.length));
  }

  #touch(reads: readonly string[], writes: readonly string[], adds: readonly string[] = []): void {
    this.#choices.touch?.(this.#declare({ reads, writes, adds }));
  }

  /** `queue`: the lane in which the next operation stands, together with equal ones; null for a lane of its own. */
  #goOn(lane: string, operations: readonly LaneOperation[], last: number, queue: string | null = null): void {
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
      ...(next.kind === 'hold' ? { gate: this.#gateOf(next.place) } : {}),
    } as const;
    this.#agenda.schedule({ ...event, cause: null, run: () => this.#carryOut(lane, next, rest, last) }, nowMs, step);
  }

  #carryOut(lane: string, operation: LaneOperation, rest: readonly LaneOperation[], last: number): void {
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
      case 'hold':
        this.#take(lane, operation.place);
        this.#goOn(lane, [...operation.operations, { kind: 'give back', place: operation.place }, ...rest], last);
        break;
      case 'give back':
        this.#giveBack(lane);
        this.#goOn(lane, rest, last);
        break;
      case 'fault':
        if (this.#fails(lane)) this.#giveBack(lane);
        else this.#goOn(lane, rest, last);
        break;
      case 'crash':
        if (this.#crashes(lane, operation.variable)) this.#giveBack(lane);
        else this.#goOn(lane, rest, last);
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
    { kind, variable }: Extract<LaneOperation, { readonly kind: Access }>,
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

  #gateOf(place: Place): Gate {
    const footprint = this.#declare({ reads: [place], writes: [] });
    return { name: place, look: () => ({ places: this.#free.get(place) ?? 0, footprint }) };
  }

  #take(lane: string, place: Place): void {
    this.#touch([], [place]);
    const free = this.#free.get(place) ?? 0;
    this.#see(lane, `takes one of ${free}`);
    this.#free.set(place, free - 1);
    this.#held.set(lane, place);
  }

  #giveBack(lane: string): void {
    const place = this.#held.get(lane);
    if (place === undefined) return;
    this.#touch([], [], [place]);
    this.#free.set(place, (this.#free.get(place) ?? 0) + 1);
    this.#held.delete(lane);
  }

  #route(lane: string, { variable, to }: LaneOperation & { readonly kind: 'route' }): void {
    const value = this.#variables.get(variable) ?? 0;
    const target = to[value % 2 === 0 ? 0 : 1];
    this.#touch([variable], [target]);
    this.#variables.set(target, (this.#variables.get(target) ?? 0) * 3 + 1);
    this.#see(lane, `${variable} led to ${target}`);
  }

  /** Whether the variable is still as it was read. If not, the step has read it and written nothing. */
  #swaps(lane: string, variable: string, last: number): boolean {
    const isAsRead = (this.#variables.get(variable) ?? 0) === last;
    this.#touch([variable], isAsRead ? [variable] : []);
    if (isAsRead) this.#variables.set(variable, last + 1);
    this.#see(lane, `${variable} was ${last}: ${isAsRead}`);
    return isAsRead;
  }

  /** The branches of this step differ in what is asked, and in their footprints. */
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
    // A step that is not struck does not read the budget: it would be the same step if nothing were left to strike with.
    if (this.#faults === 0) return false;
    if (this.#choices.pick('fault', 2) === 0) return false;
    this.#faults -= 1;
    this.#touch([], ['faults']);
    this.#see(lane, 'fails');
    return true;
  }

  #crashes(lane: string, variable: string): boolean {
    const offered = CRASHES.filter(({ name }) => name === 'none' || this.#left.has(name));
    if (offered.length === 1) return false;
    const strikes = offered[this.#choices.pick('crash', offered.length, offered)]?.name ?? 'none';
    if (strikes === 'none') return false;
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

function readOf({ variable }: { readonly variable: string }): LaneOperation {
  return { kind: 'read', variable };
}
