/**
 * The one source of chance and of order.
 *
 * Everything that could go one way or another (which step is next, which fault strikes, which random number is drawn) is asked
 * of `pick`. Option 0 is always the ordinary course of things, so a record of choices is a list of deviations from it.
 * Replaying a record gives the byte-equal trace. A question with one option is no choice: it is neither asked nor recorded.
 */

import type { AgendaEvent, Room } from './agenda.ts';
import { invariant } from './bug.ts';
import type { StepFootprint } from './footprint.ts';

export interface Pick {
  readonly reason: string;
  readonly of: number;
  readonly chosen: number;
}

/** Whether a deadline may come while other work is possible. */
export type MayComeEarly = (deadline: AgendaEvent) => boolean;

/** Whether an answer, as explorations name it («fault: crash-before»), can't be given any more: it would spend what is used up. */
export type IsSpent = (answer: string) => boolean;

/** What is known where the next step is chosen, beside the events that are possible. */
export interface NextStepFacts {
  readonly mayComeEarly?: MayComeEarly;
  readonly isSpent?: IsSpent | undefined;
  /** The events that would be possible if there were a place for them. */
  readonly waiting: readonly AgendaEvent[];
}

/**
 * What an option stands for, if the same option can have another index in another run: options that are used up are not offered,
 * and what is used up depends on the order of steps.
 */
export interface NamedOption {
  readonly name: string;
  /** Its place among all that this question could ever offer at this step. Options are offered in the order of their places. */
  readonly place: number;
}

/** What an option stands for. */
export function nameOfOption(option: number, named: readonly NamedOption[] | undefined): string {
  return named?.[option]?.name ?? String(option);
}

/** What tells an option from the others of its question in every order of steps. */
export function placeOfOption(option: number, named: readonly NamedOption[] | undefined): number {
  return named?.[option]?.place ?? option;
}

/** How explorations name an answer. */
export function answerNamed(reason: string, option: number, named?: readonly NamedOption[]): string {
  return `${reason}: ${nameOfOption(option, named)}`;
}

export interface Choices {
  /**
   * Chooses one of `of` options and returns its index. `reason` names the question; it must not depend on chance itself.
   * `named`: what the options stand for, if the same option can have another index in another run.
   */
  pick(reason: string, of: number, named?: readonly NamedOption[]): number;
  /** Everything chosen so far, in order. */
  readonly record: readonly Pick[];
  /** Chooses the next step by what it is. Null ends the run: nothing that could come now would show anything new. */
  next?(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null;
  /** Is told of everything that the running step looks at and changes. */
  touch?(footprint: StepFootprint): void;
  /** Whether the run has entered an equivalence class that has been visited (Godefroid's sleep sets). Then it shows nothing new. */
  isSleepSetBlocked?(): boolean;
  /** Is told that nothing was left to happen, and that the scenario, which waited for that, goes on. */
  rest?(): void;
  /** What a gate looked like where these choices are being asked again; undefined where it can be looked at. */
  lookedLike?(gate: string): Room | undefined;
  /**
   * How many choice points this run has in common with the run before it, in an exploration that searches depth first. Absent if runs are
   * not known to begin alike.
   */
  readonly sharedPoints?: number | undefined;
  /** Is told that the run is over. Throws a {@link Divergence} if the run ended before everything planned for it was chosen. */
  ended?(): void;
}

type Decide = (reason: string, of: number, position: number) => number;

class DecidedChoices implements Choices {
  readonly record: Pick[] = [];
  readonly #decide: Decide;

  constructor(decide: Decide) {
    this.#decide = decide;
  }

  pick(reason: string, of: number): number {
    invariant(of >= 1, `«${reason}» has no option to choose from`);
    if (of === 1) return 0;
    const chosen = this.#decide(reason, of, this.record.length);
    invariant(chosen >= 0 && chosen < of, `«${reason}» chose ${chosen} of ${of}`);
    this.record.push({ reason, of, chosen });
    return chosen;
  }
}

/** The ordinary course: option 0 everywhere. */
export function inOrder(): Choices {
  return new DecidedChoices(() => 0);
}

/** Pseudo-random choices; equal seeds choose equally on every machine. */
export function seeded(seed: number): Choices {
  const next = splitMix32(seed);
  return new DecidedChoices((_reason, of) => next() % of);
}

/** Thrown when a record does not fit its run: code or template have changed, or the code is not deterministic. */
export class Divergence extends Error {
  override name = 'Divergence';
  readonly position: number;

  constructor(position: number, why: string) {
    super(why);
    this.position = position;
  }
}

/** Follows a list of chosen indexes; behind its end the ordinary course goes on. */
export function replay(chosen: readonly number[]): Choices {
  return new DecidedChoices((reason, of, position) => {
    const index = chosen[position] ?? 0;
    if (index >= of)
      throw new Divergence(position, `choice ${position} («${reason}») was ${index}, but only ${of} options are left`);
    return index;
  });
}

/**
 * Visits every schedule exactly once, depth first, option 0 before 1.
 *
 * `next()` gives the choices of one run, or null when every schedule has been visited. The run before must be over: the next
 * one is computed from its record.
 */
export class Exhaustive {
  #path: readonly { readonly of: number; readonly chosen: number }[] = [];
  #current: Choices | null = null;
  #done = false;

  next(): Choices | null {
    if (this.#current !== null) this.#advance(this.#current.record);
    if (this.#done) return null;
    const prefix = this.#path;
    this.#current = new DecidedChoices((reason, of, position) => {
      const known = prefix[position];
      if (known === undefined) return 0;
      if (known.of !== of) throw new Divergence(position, `«${reason}» had ${known.of} options and now has ${of}`);
      return known.chosen;
    });
    return this.#current;
  }

  #advance(record: readonly Pick[]): void {
    const path: { readonly of: number; readonly chosen: number }[] = [...record];
    let last = path.at(-1);
    while (last !== undefined && last.chosen + 1 === last.of) {
      path.pop();
      last = path.at(-1);
    }
    if (last === undefined) this.#done = true;
    else path[path.length - 1] = { of: last.of, chosen: last.chosen + 1 };
    this.#path = path;
  }
}

/**
 * A small pseudo-random generator on 32-bit integers (SplitMix32: an additive counter with a mixing function).
 * Integers only, so that it gives the same numbers on every machine.
 */
export function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return mixed >>> 0;
  };
}
