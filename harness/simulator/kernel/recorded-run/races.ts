/**
 * The races of one run: pairs of steps that conflict and that nothing else orders, so either could have come first.
 *
 * Records footprints besides what a `RecordedRun` records, and says in which order of the same steps one race is reversed and
 * everything else stays as it was, as far as it can.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { MayComeEarly } from '../choices.ts';
import { FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { type HappensBefore, type OrderedStep, relateToEarlier } from '../source-dpor/happens-before.ts';
import { type EventName, EventNames, FIRST, RecordedRun } from './recorded-run.ts';

/** Two steps of a run, by their places from 0. */
export interface Race {
  readonly first: number;
  readonly second: number;
}

/** A recorded run with the footprints of its steps, from which its races follow. */
export class RacingRun extends RecordedRun {
  readonly #footprints: FootprintOfStep[] = [];
  #isInStep = false;

  override next(possible: readonly AgendaEvent[], mayComeEarly?: MayComeEarly): number | null {
    const chosen = super.next(possible, mayComeEarly);
    if (chosen !== null) this.#footprints.push(new FootprintOfStep());
    this.#isInStep = true;
    return chosen;
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
  /** The name of the event of each step. */
  readonly names: readonly EventName[];
}

/** Finds the races of a run that is over. */
export function racesOf(run: RacingRun): Races {
  const steps: (OrderedStep & { readonly name: EventName })[] = [];
  const races: Race[] = [];
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
    events.began(place);
  }
  return {
    races,
    happensBefore: steps.map(({ predecessors }) => predecessors),
    names: steps.map(({ name }) => name),
  };
}

/**
 * An order of all steps, by their places, in which a race is reversed: its second step comes right before its first, and before
 * both come the steps between them that happen before the second.
 */
export function reversalOf({ first, second }: Race, happensBefore: HappensBefore): readonly number[] {
  const needed = happensBefore[second] ?? new Set();
  const places = [...happensBefore.keys()];
  const between = places.slice(first + 1, second);
  return [
    ...places.slice(0, first),
    ...between.filter((place) => needed.has(place)),
    second,
    first,
    ...between.filter((place) => !needed.has(place)),
    ...places.slice(second + 1),
  ];
}
