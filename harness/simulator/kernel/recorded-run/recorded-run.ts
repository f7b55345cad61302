/**
 * Takes notes of a run while somebody else makes its choices: what was possible at each step, what was chosen, asked and
 * answered, and when all had come to rest.
 *
 * Events get names that hold in every order of the same steps, so that the same can be made to happen in another order.
 * Chooses nothing itself.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, MayHurry, Pick } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';

/**
 * Who put an event on the agenda: a step, by its place in the noted run, from 0; or `FIRST`, before the first step; or whoever
 * went on at the nth rest, `FIRST - n`.
 */
export type Maker = number;

export const FIRST: Maker = -1;

/** An event's name in every order of one noted run. */
export type EventName = string;

/** Gives events their names. `placeOf`: the place in the noted run of each step of this run so far. */
export class EventNames {
  readonly #placeOf: Maker[] = [];
  readonly #restsAfter: number[] = [];
  /** What comes after a rest is counted anew: how much the last step before it had put there differs between orders. */
  readonly #countedBefore = new Map<Maker, number>();

  /** Who would be the maker of what is put on the agenda now. */
  get maker(): Maker {
    return this.makerIn(this.#placeOf.length);
  }

  began(place: number): void {
    this.#placeOf.push(place);
  }

  rested(): void {
    this.#restsAfter.push(this.#placeOf.length);
  }

  /** The maker of what was put on the agenda in this step of this run, the first being 1, and is there now. */
  makerIn(step: number): Maker {
    const rest = this.#restsAfter.lastIndexOf(step);
    if (rest >= 0) return FIRST - 1 - rest;
    return this.#placeOf[step - 1] ?? FIRST;
  }

  /** The names of all that is possible at one point. */
  of(possible: readonly AgendaEvent[]): readonly EventName[] {
    return possible.map(({ scheduledInStep, nth }) => {
      const maker = this.makerIn(scheduledInStep);
      return `${maker}/${nth - this.#before(maker, possible)}`;
    });
  }

  #before(maker: Maker, possible: readonly AgendaEvent[]): number {
    if (maker >= FIRST) return 0;
    const known = this.#countedBefore.get(maker);
    if (known !== undefined) return known;
    const before = Math.min(...possible.map(({ nth }) => nth)) - 1;
    this.#countedBefore.set(maker, before);
    return before;
  }
}

export interface NotedStep {
  readonly possible: readonly AgendaEvent[];
  readonly chosen: number;
}

/** What was asked beside the next step, and answered. */
export interface NotedAnswer extends Pick {
  /** What the chosen option stood for; elsewhere it can have another index. */
  readonly name: string;
}

/** By who was at it. */
export type Answers = ReadonlyMap<Maker, readonly NotedAnswer[]>;

/** The choices of somebody else, written down. */
export class NotedRun implements Choices {
  readonly #choices: Choices;
  readonly #answers = new Map<Maker, NotedAnswer[]>();
  readonly #restsAfter: number[] = [];
  readonly steps: NotedStep[] = [];

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  get record(): readonly Pick[] {
    return this.#choices.record;
  }

  get answers(): Answers {
    return this.#answers;
  }

  /** After how many steps all had come to rest, each time. */
  get restsAfter(): readonly number[] {
    return this.#restsAfter;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    const chosen = this.#choices.pick(reason, of, names);
    if (of > 1) this.#answered({ reason, of, chosen, name: nameOfOption(chosen, names) });
    return chosen;
  }

  next(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null {
    const { next } = this.#choices;
    const chosen =
      next === undefined ? this.#choices.pick('next', possible.length) : next.call(this.#choices, possible, mayHurry);
    if (chosen !== null) this.steps.push({ possible, chosen });
    return chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#choices.touch?.(footprint);
  }

  isGivenUp(): boolean {
    return this.#choices.isGivenUp?.() === true;
  }

  rest(): void {
    this.#restsAfter.push(this.steps.length);
    this.#choices.rest?.();
  }

  #answered(answer: NotedAnswer): void {
    const done = this.steps.length;
    const rest = this.#restsAfter.lastIndexOf(done);
    const maker = rest >= 0 ? FIRST - 1 - rest : done - 1;
    const before = this.#answers.get(maker);
    if (before === undefined) this.#answers.set(maker, [answer]);
    else before.push(answer);
  }
}

/** What an option stands for. */
export function nameOfOption(option: number, names: readonly string[] | undefined): string {
  return names?.[option] ?? String(option);
}

/** The option that stands for this; -1 if it is not offered. */
export function optionNamed(name: string, of: number, names: readonly string[] | undefined): number {
  return Array.from({ length: of }, (_, option) => nameOfOption(option, names)).indexOf(name);
}
