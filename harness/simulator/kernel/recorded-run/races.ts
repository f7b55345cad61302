/**
 * The races of one run: pairs of steps of which either could have come first, and it would have made a difference.
 *
 * Takes notes of footprints besides what a `NotedRun` takes notes of, and says what order of the same steps has one pair swapped
 * and everything else as it was, as far as it can be.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { MayHurry } from '../choices.ts';
import { FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { type OrderedStep, reasonsFor } from '../source-dpor/happens-before.ts';
import { type EventName, EventNames, FIRST, NotedRun } from './recorded-run.ts';

/** Two steps of a run, by their places from 0. */
export interface Race {
  readonly first: number;
  readonly second: number;
}

export class RacingRun extends NotedRun {
  readonly #touched: FootprintOfStep[] = [];
  #isInStep = false;

  override next(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null {
    const chosen = super.next(possible, mayHurry);
    if (chosen !== null) this.#touched.push(new FootprintOfStep());
    this.#isInStep = true;
    return chosen;
  }

  override touch(footprint: StepFootprint): void {
    super.touch(footprint);
    if (this.#isInStep) this.#touched.at(-1)?.add(footprint);
  }

  /** What somebody does who waited for rest is no part of the step that came last before it. */
  override rest(): void {
    super.rest();
    this.#isInStep = false;
  }

  touchedBy(place: number): StepFootprint {
    return this.#touched[place] ?? new FootprintOfStep();
  }
}

export interface Races {
  /** In the order of the second step; of those with the same one, the latest first. */
  readonly races: readonly Race[];
  /** For each step, the steps that come before it for a reason. */
  readonly after: readonly ReadonlySet<number>[];
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
    // Places serve as keys: they are the same within this run.
    const madeBy = Math.max(FIRST, events.makerIn(scheduledInStep));
    const step = { name, chosen: { key: place, madeBy, lane }, touched: run.touchedBy(place) };
    const reasons = reasonsFor([...steps, { ...step, after: new Set() }], place, run.restsAfter);
    for (const first of reasons.races) races.push({ first, second: place });
    steps.push({ ...step, after: reasons.after });
    events.began(place);
  }
  return { races, after: steps.map(({ after }) => after), names: steps.map(({ name }) => name) };
}

/** All steps by their places, the second of the race right before the first, and before it whatever it needs. */
export function swapped({ first, second }: Race, after: readonly ReadonlySet<number>[]): readonly number[] {
  const needed = after[second] ?? new Set();
  const places = [...after.keys()];
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
