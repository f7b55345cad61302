/**
 * Whether a tried run differs from the failing run in one change alone, so that a sentence about that change is true.
 *
 * Let E be the failing run, and e before e′ two of its steps. In the papers' words, e and e′ are reversed by the sequence
 * pre(E, e).v.e′.e: pre(E, e) is what came before e, and v are the steps between the two that happen before e′. Behind them the
 * other steps of E keep their order; what follows e in program order moves with it, even if it conflicts with a step of v. What
 * happens after e or e′ may see another past: such a step may be gone, and others may come that E does not have. Nothing else
 * may differ, faults and answers included. (Abdulla, Aronis, Jonsson and Sagonas, Source Sets: A Foundation for Optimal Dynamic
 * Partial Order Reduction, 2017.) Pure; runs nothing.
 */

import type { FaultKind } from '../../simulator/contract/fault.ts';
import { type Pair, type Races, reversalOf } from '../../simulator/kernel/recorded-run/races.ts';
import type { HappensBefore } from '../../simulator/kernel/source-dpor/happens-before.ts';

/** A step as it came in a run. */
export interface StepThatCame {
  /** Its place in the failing run, from 0. A step that the failing run does not have gets a place behind its last. */
  readonly place: number;
  /** The faults that struck in it. */
  readonly faults: readonly FaultKind[];
  /** The answers to its other questions, where they were not the ordinary course. */
  readonly answers: readonly string[];
}

/** One change of a failing run. */
export interface Change {
  /** The steps of the failing run, in the order and with the faults that the change asks for. */
  readonly order: readonly StepThatCame[];
  /** Nothing can differ in this many of these steps, because what is changed comes behind them. */
  readonly unchanged: number;
  /** The places of the steps whose order or fault is changed. */
  readonly changed: readonly number[];
}

/** The failing run with two of its steps the other way round. */
export function reversed(
  pair: Pair,
  steps: readonly StepThatCame[],
  races: Pick<Races, 'happensBefore' | 'programOrder'>,
): Change {
  const places = reversalOf(pair, races);
  return {
    order: places.flatMap((place) => steps[place] ?? []),
    unchanged: pair.first,
    changed: [pair.first, pair.second],
  };
}

/** The failing run without one fault. A deadline that strikes is a step of its own, and that step is left out. */
export function withoutFault(place: number, fault: FaultKind, steps: readonly StepThatCame[]): Change {
  const isOwnStep = fault === 'deadline';
  const order = steps.flatMap((step) => {
    if (step.place !== place) return [step];
    if (isOwnStep) return [];
    const index = step.faults.indexOf(fault);
    return [{ ...step, faults: step.faults.filter((_, other) => other !== index) }];
  });
  return { order, unchanged: isOwnStep ? place : place + 1, changed: [place] };
}

/** Whether these steps came as the change asks for, and differ in nothing that does not follow from it. */
export function differsInThatAlone(
  { order, unchanged, changed }: Change,
  happensBefore: HappensBefore,
  came: readonly StepThatCame[],
): boolean {
  const isNew = ({ place }: StepThatCame) => place >= happensBefore.length;
  const known = came.filter((step) => !isNew(step));
  const positions = known.map(({ place }) => order.findIndex((step) => step.place === place));
  const gone = order.filter(({ place }) => !known.some((step) => step.place === place));
  return (
    order.slice(0, unchanged).every(({ place }, at) => came[at]?.place === place) &&
    positions.every((position, at) => position > (positions[at - 1] ?? -1)) &&
    known.every((step, at) => didTheSame(step, order[positions[at] ?? -1])) &&
    came.filter(isNew).every(tookItsCourse) &&
    gone.every((step) => tookItsCourse(step) && changed.some((place) => happensBefore[step.place]?.has(place)))
  );
}

function didTheSame(step: StepThatCame, asked: StepThatCame | undefined): boolean {
  return asked !== undefined && sameWords(step.faults, asked.faults) && sameWords(step.answers, asked.answers);
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, at) => word === others[at]);
}

/** A new step must take the ordinary course; and with a step that was otherwise, its fault or answer would be gone. */
function tookItsCourse({ faults, answers }: StepThatCame): boolean {
  return faults.length === 0 && answers.length === 0;
}
