/**
 * The ways a step can go: what it was answered when it asked for values, and what it then looked at and changed.
 *
 * A step that asks (does a fault strike?) is several steps in one. Each of its ways sleeps on its own: until something happens
 * that this way conflicts with, letting the step go this way shows nothing that was not seen before. Chooses nothing.
 */

import { conflict, type StepFootprint } from './footprint.ts';

/** A question that a step asked, and the option that it was given. */
export interface Answer {
  readonly of: number;
  readonly chosen: number;
}

export interface Way {
  /** All that was asked and answered, in order. Whoever is answered so asks these questions and no more. */
  readonly answers: readonly Answer[];
  readonly touched: StepFootprint;
}

/** Ways of steps, by the steps' keys. */
export type Ways = ReadonlyMap<number, readonly Way[]>;

export const NO_WAYS: Ways = new Map();

/**
 * Whether these are all the ways in which a step can go on that was answered in the same manner so far.
 *
 * @param ways Ways that begin alike.
 * @param asked How many questions they have in common.
 */
export function areAll(ways: readonly Way[] | undefined, asked = 0): boolean {
  const first = ways?.[0];
  if (ways === undefined || first === undefined) return false;
  const question = first.answers[asked];
  if (question === undefined) return true;
  for (let option = 0; option < question.of; option += 1) {
    if (!areAll(thatGo(ways, asked, option), asked + 1)) return false;
  }
  return true;
}

/** The options at a question that lead to something new; all of them if nothing sleeps. */
export function optionsLeft(ways: readonly Way[] | undefined, before: readonly Answer[], of: number): number[] {
  const options = Array.from({ length: of }, (_, option) => option);
  if (ways === undefined) return options;
  const asked = before.length;
  const alike = ways.filter(({ answers }) => before.every(({ chosen }, at) => answers[at]?.chosen === chosen));
  return options.filter((option) => !areAll(thatGo(alike, asked, option), asked + 1));
}

/** Whether a step going this way is among them. */
export function includes(ways: readonly Way[] | undefined, went: readonly Answer[]): boolean {
  return (
    ways?.some(
      ({ answers }) => answers.length === went.length && answers.every(({ chosen }, at) => chosen === went[at]?.chosen),
    ) === true
  );
}

/** Those that sleep on when another step happens: whatever has nothing in common with it. */
export function undisturbed(from: readonly Ways[], key: number, touched: StepFootprint): Ways {
  const asleep = new Map<number, readonly Way[]>();
  for (const ways of from) {
    for (const [step, all] of ways) {
      if (step === key) continue;
      const still = all.filter((way) => !conflict(way.touched, touched));
      if (still.length > 0) asleep.set(step, [...(asleep.get(step) ?? []), ...still]);
    }
  }
  return asleep;
}

function thatGo(ways: readonly Way[], asked: number, option: number): readonly Way[] {
  return ways.filter(({ answers }) => answers[asked]?.chosen === option);
}
