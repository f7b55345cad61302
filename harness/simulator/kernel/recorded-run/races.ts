/**
 * The races of one run: pairs of steps that conflict and that nothing else orders, so either could have come first.
 *
 * Records footprints besides what a `RecordedRun` records, and says in which order of the same steps one race is reversed and
 * everything else stays as it was, as far as it can.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { NextStepFacts } from '../choices.ts';
import { FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { type HappensBefore, type OrderedStep, relateToEarlier } from '../source-dpor/happens-before.ts';
import { type EventName, EventNames, FIRST, RecordedRun } from './recorded-run.ts';

/** Two steps of a run, by their places from 0. */
export interface Pair {
  readonly first: number;
  readonly second: number;
}

/** Two steps that race. */
export type Race = Pair;

/** A recorded run with the footprints of its steps, from which its races follow. */
export class RacingRun extends RecordedRun {
  readonly #footprints: FootprintOfStep[] = [];
  #isInStep = false;

  override next(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    const chosen = super.next(possible, facts);
    if (chosen !== null) this.#footprints.push(new FootprintOfStep());
    this.#isInStep = true;
    return chosen;
  }

  /** Footprints are told by steps that run, so a run that records them begins at its start. */
  override get sharedPoints(): undefined {
    return undefined;
  }

  override touch(footprint: StepFootprint): void {
    super.touch(footprint);
    if (this.#isInStep) this.#footprints.at(-1)?.add(footprint);
  }

  /** What the scenario does at a rest is no part of the step that came last before it. */
  override rest(): void {
    super.rest();
    this.#isInStep = false;
  }

  footprintOf(place: number): StepFootprint {
    return this.#footprints[place] ?? new FootprintOfStep();
  }
}

export interface Races {
  /** In the order of the second step; of those with the same second step, the latest first step first. */
  readonly races: readonly Race[];
  readonly happensBefore: HappensBefore;
  /**
   * For each step, the steps that come before it in every run in which it comes: those of its lane, the one that scheduled it, all
   * before a rest, and what comes before these. Conflicts give no such order.
   */
  readonly programOrder: HappensBefore;
  /** The name of the event of each step. */
  readonly names: readonly EventName[];
}

/** Finds the races of a run that is over. */
export function racesOf(run: RacingRun): Races {
  const steps: (OrderedStep & { readonly name: EventName })[] = [];
  const races: Race[] = [];
  const programOrder: ReadonlySet<number>[] = [];
  const events = new EventNames();
  for (const [place, { possible, chosen }] of run.steps.entries()) {
    for (const after of run.restsAfter) if (after === place) events.rested();
    const { lane, scheduledInStep } = possible[chosen] as AgendaEvent;
    const name = events.of(possible)[chosen] ?? '';
    // Places serve as keys: within one run a place identifies a step.
    const scheduledBy = Math.max(FIRST, events.schedulerIn(scheduledInStep));
    const step = { name, chosen: { key: place, scheduledBy, lane }, footprint: run.footprintOf(place) };
    const related = relateToEarlier([...steps, { ...step, predecessors: new Set() }], place, run.restsAfter);
    for (const first of related.races) races.push({ first, second: place });
    steps.push({ ...step, predecessors: related.predecessors });
    programOrder.push(comesAfter(steps, programOrder, place, run.restsAfter));
    events.began(place);
  }
  return {
    races,
    happensBefore: steps.map(({ predecessors }) => predecessors),
    programOrder,
    names: steps.map(({ name }) => name),
  };
}

/** The steps that come before this one in every run, conflicts aside. */
function comesAfter(
  steps: readonly Pick<OrderedStep, 'chosen'>[],
  programOrder: HappensBefore,
  place: number,
  restsAfter: readonly number[],
): ReadonlySet<number> {
  const rest = restsAfter.findLast((atRest) => atRest <= place) ?? 0;
  const own = steps[place]?.chosen;
  const before = new Set<number>();
  for (const [other, { chosen }] of steps.slice(0, place).entries()) {
    if (other >= rest && chosen.lane !== own?.lane && chosen.key !== own?.scheduledBy) continue;
    before.add(other);
    for (const earlier of programOrder[other] ?? []) before.add(earlier);
  }
  return before;
}

/** Whether two steps can come the other way round: the program's own order does not put the second behind the first. */
export function canBeReversed({ first, second }: Pair, { programOrder }: Pick<Races, 'programOrder'>): boolean {
  return first < second && programOrder[second]?.has(first) === false;
}

/**
 * An order of all steps, by their places, in which a pair is reversed: its second step comes right before its first. Before both
 * stay the steps between them that happen before the second; those that follow the first in the program's own order move with it.
 */
export function reversalOf(
  { first, second }: Pair,
  { happensBefore, programOrder }: Pick<Races, 'happensBefore' | 'programOrder'>,
): readonly number[] {
  const places = [...happensBefore.keys()];
  const between = places.slice(first + 1, second);
  const stays = (place: number) =>
    happensBefore[second]?.has(place) === true && programOrder[place]?.has(first) === false;
  return [
    ...places.slice(0, first),
    ...between.filter(stays),
    second,
    first,
    ...between.filter((place) => !stays(place)),
    ...places.slice(second + 1),
  ];
}
