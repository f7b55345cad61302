/**
 * Records a run while other choices make it: what was possible at each step, what was chosen, asked and answered, and when the
 * run came to rest.
 *
 * Events get names that hold in every linear extension of the run's happens-before relation, so that the same steps can be made
 * to come in another order. Chooses nothing itself.
 */

import type { AgendaEvent, Gate } from '../agenda.ts';
import {
  type Choices,
  type NamedOption,
  type NextStepFacts,
  nameOfOption,
  type Pick,
  placeOfOption,
} from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';

/**
 * What scheduled an event: a step, by its place in the recorded run, from 0; or `FIRST`, for everything before the first step;
 * or the nth rest, `FIRST - n`.
 */
export type Scheduler = number;

export const FIRST: Scheduler = -1;

/** An event's name in every linear extension of one recorded run. */
export type EventName = string;

/** Gives events their names, in the recorded run or in another order of its steps. */
export class EventNames {
  /** The place in the recorded run of each step of this run so far. */
  readonly #placeOf: Scheduler[] = [];
  readonly #restsAfter: number[] = [];
  /**
   * By rest: how many events the last step before it had scheduled. What a rest schedules is counted on from there, and which
   * step came last before the rest differs between extensions, so names count anew from the rest.
   */
  readonly #countedBefore = new Map<Scheduler, number>();

  /** What schedules the events that are put on the agenda now. */
  get scheduler(): Scheduler {
    return this.schedulerIn(this.#placeOf.length);
  }

  /** The step that has this place in the recorded run begins now. */
  began(place: number): void {
    this.#placeOf.push(place);
  }

  rested(): void {
    this.#restsAfter.push(this.#placeOf.length);
  }

  /** What scheduled the events that were put on the agenda in this step of this run (the first is 1) and are there now. */
  schedulerIn(step: number): Scheduler {
    const rest = this.#restsAfter.lastIndexOf(step);
    if (rest >= 0) return FIRST - 1 - rest;
    return this.#placeOf[step - 1] ?? FIRST;
  }

  /** The names of all events that are possible at one point. */
  of(possible: readonly AgendaEvent[]): readonly EventName[] {
    return possible.map(({ scheduledInStep, nth }) => {
      const scheduler = this.schedulerIn(scheduledInStep);
      return `${scheduler}/${nth - this.#before(scheduler, possible)}`;
    });
  }

  #before(scheduler: Scheduler, possible: readonly AgendaEvent[]): number {
    if (scheduler >= FIRST) return 0;
    const known = this.#countedBefore.get(scheduler);
    if (known !== undefined) return known;
    const before = Math.min(...possible.map(({ nth }) => nth)) - 1;
    this.#countedBefore.set(scheduler, before);
    return before;
  }
}

/** How many places are free, by the names of gates. Of a gate for which no event has waited yet, that is not known. */
export type Rooms = ReadonlyMap<string, number>;

export interface RecordedStep {
  readonly possible: readonly AgendaEvent[];
  readonly chosen: number;
  /** What was free when the step was chosen. */
  readonly rooms: Rooms;
}

/** A question other than which step comes next, and its answer. */
export interface RecordedAnswer extends Pick {
  /** The place of the chosen option; in another order of steps it can have another index. */
  readonly place: number;
  /** What the chosen option stood for. */
  readonly name: string;
}

const NO_GATES: Rooms = new Map();

/** All answers, by the step or the rest that asked. */
export type RecordedAnswers = ReadonlyMap<Scheduler, readonly RecordedAnswer[]>;

/** The choices of a run, passed on and recorded. */
export class RecordedRun implements Choices {
  readonly #choices: Choices;
  readonly #answers = new Map<Scheduler, RecordedAnswer[]>();
  readonly #restsAfter: number[] = [];
  readonly #gates = new Map<string, Gate>();
  readonly #telling: number[] = [];
  readonly steps: RecordedStep[] = [];

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  get record(): readonly Pick[] {
    return this.#choices.record;
  }

  get sharedPoints(): number | undefined {
    return this.#choices.sharedPoints;
  }

  /**
   * Its telling choices (see {@link tellingChoices}), each answer by its place. Two runs compare by their places as they do by their
   * records' indexes; but only places are known for an order of the steps that has not been run.
   */
  get telling(): readonly number[] {
    return this.#telling;
  }

  get answers(): RecordedAnswers {
    return this.#answers;
  }

  /** After how many steps the run came to rest, each time. */
  get restsAfter(): readonly number[] {
    return this.#restsAfter;
  }

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    const chosen = this.#choices.pick(reason, of, named);
    if (chosen !== 0) this.#telling.push(placeOfOption(chosen, named));
    if (of > 1)
      this.#answered({ reason, of, chosen, place: placeOfOption(chosen, named), name: nameOfOption(chosen, named) });
    return chosen;
  }

  next(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    const { next } = this.#choices;
    const chosen =
      next === undefined ? this.#choices.pick('next', possible.length) : next.call(this.#choices, possible, facts);
    this.#seeGates(possible);
    if (facts !== undefined) this.#seeGates(facts.waiting);
    if (chosen !== null && possible.length > 1) this.#telling.push(chosen);
    if (chosen !== null) this.steps.push({ possible, chosen, rooms: this.rooms });
    return chosen;
  }

  /** What is free now; when the run is over, what is free at its end. */
  get rooms(): Rooms {
    if (this.#gates.size === 0) return NO_GATES;
    return new Map([...this.#gates].map(([name, gate]) => [name, gate.look().places]));
  }

  #seeGates(events: readonly AgendaEvent[]): void {
    for (const { gate } of events) if (gate !== undefined) this.#gates.set(gate.name, gate);
  }

  touch(footprint: StepFootprint): void {
    this.#choices.touch?.(footprint);
  }

  isSleepSetBlocked(): boolean {
    return this.#choices.isSleepSetBlocked?.() === true;
  }

  rest(): void {
    this.#restsAfter.push(this.steps.length);
    this.#choices.rest?.();
  }

  #answered(answer: RecordedAnswer): void {
    const done = this.steps.length;
    const rest = this.#restsAfter.lastIndexOf(done);
    const scheduler = rest >= 0 ? FIRST - 1 - rest : done - 1;
    const before = this.#answers.get(scheduler);
    if (before === undefined) this.#answers.set(scheduler, [answer]);
    else before.push(answer);
  }
}

/**
 * The choices that tell one record from another: which step came next, and each answer that is not the ordinary course. In
 * another order of the same steps a question with the ordinary answer may not be asked at all: no step is asked for a fault
 * after the last fault of the budget has struck.
 */
export function tellingChoices(record: readonly Pick[]): readonly number[] {
  return record.filter(({ reason, chosen }) => reason === 'next' || chosen !== 0).map(({ chosen }) => chosen);
}

/** The option that stands for this; -1 if it is not offered. */
export function optionNamed(name: string, of: number, named: readonly NamedOption[] | undefined): number {
  return Array.from({ length: of }, (_, option) => nameOfOption(option, named)).indexOf(name);
}
