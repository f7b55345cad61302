/**
 * The ways a step can go: what it was answered when it asked for values, and what it then looked at and changed.
 *
 * A step that asks (does a fault strike?) is several steps in one. Each of its ways sleeps on its own: until something happens
 * that this way conflicts with, letting the step go this way shows nothing that was not seen before. Chooses nothing.
 */

import { conflict, type StepFootprint } from '../footprint.ts';

/** A question that a step asked, and the option that it was given. */
export interface Answer {
  readonly of: number;
  readonly chosen: number;
  /** What the option stands for, also where fewer or others are offered. */
  readonly name: string;
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
 * Whether these are all the ways in which a step can go on that was answered in the same manner so far. One that was asked
 * nothing more had no other way; nor has it later, since what is used up does not come back.
 *
 * @param ways Ways that begin alike.
 * @param asked How many questions they have in common.
 */
export function areAll(ways: readonly Way[] | undefined, asked = 0): boolean {
  const first = ways?.[0];
  if (ways === undefined || first === undefined) return false;
  const options = new Set<string>();
  for (const { answers } of ways) {
    const answer = answers[asked];
    if (answer === undefined) return true;
    options.add(answer.name);
  }
  if (options.size < (first.answers[asked]?.of ?? 0)) return false;
  return [...options].every((option) => areAll(thatGo(ways, asked, option), asked + 1));
}

/** The options at a question that lead to something new; all of them if nothing sleeps. */
export function optionsLeft(
  ways: readonly Way[] | undefined,
  before: readonly Answer[],
  of: number,
  nameOf: (option: number) => string,
): number[] {
  const options = Array.from({ length: of }, (_, option) => option);
  if (ways === undefined) return options;
  const asked = before.length;
  const alike = ways.filter(({ answers }) => before.every(({ name }, at) => answers[at]?.name === name));
  return options.filter((option) => !areAll(thatGo(alike, asked, nameOf(option)), asked + 1));
}

/** Whether a step going this way is among them. */
export function includes(ways: readonly Way[] | undefined, went: readonly Answer[]): boolean {
  return ways?.some(({ answers }) => areEqual(answers.map(nameOf), went.map(nameOf))) === true;
}

/**
 * Whether a step has gone a way that had been tried elsewhere. A question that was answered with the ordinary course and one
 * that was not asked, since nothing is left to choose, are the same.
 */
export function isKnown(ways: readonly Way[] | undefined, went: readonly Answer[]): boolean {
  return ways?.some(({ answers }) => areEqual(deviationsOf(answers), deviationsOf(went))) === true;
}

function nameOf({ name }: Answer): string {
  return name;
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, at) => name === others[at]);
}

function deviationsOf(answers: readonly Answer[]): readonly string[] {
  return answers.flatMap(({ chosen, name }) => (chosen === 0 ? [] : [name]));
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

function thatGo(ways: readonly Way[], asked: number, option: string): readonly Way[] {
  return ways.filter(({ answers }) => answers[asked]?.name === option);
}

/** A way that can be sent to another process. */
export function asData({ answers, touched: { reads, writes, adds } }: Way): Way {
  const touched = { reads: [...reads], writes: [...writes], ...(adds === undefined ? {} : { adds: [...adds] }) };
  return { answers: answers.map((answer) => ({ ...answer })), touched };
}
