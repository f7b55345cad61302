/**
 * Holds footprints to what they say: neighbours of a run that declared nothing in common are swapped, and nothing may differ.
 *
 * For whoever writes a service, a downstream or a lab, and for tests; an exploration takes footprints at their word. It finds
 * what is missing in a footprint, and says between which two steps; it can't prove that nothing is.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices } from '../choices.ts';
import { conflict, FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { type Order, SameSteps } from './followed-extension.ts';
import { RacingRun } from './races.ts';
import { type EventName, EventNames, FIRST } from './recorded-run.ts';

/** All that an outcome is made of, each part as text under a name: what the scenario saw, what is left, the trace of a lane. */
export type OutcomeParts = Readonly<Record<string, string>>;

export interface SwappedStep {
  /** From 0, in the run that was looked through. */
  readonly place: number;
  readonly lane: string;
  /** For people: `Get clicks`. */
  readonly label: string;
  readonly footprint: StepFootprint;
}

/** Two neighbours that said that they have nothing in common, and have. */
export interface NotCommuting {
  readonly first: SwappedStep;
  readonly second: SwappedStep;
  /** What shows it, in a sentence. */
  readonly shownBy: string;
}

export interface SwapReport {
  /** How many pairs of neighbours declared nothing in common and were swapped. */
  readonly swapped: number;
  readonly notCommuting: readonly NotCommuting[];
}

/**
 * Runs once, then once more for each pair of neighbours that declared nothing in common, with these two swapped.
 *
 * @param run Runs once under the choices, from the same beginning each time, and says what came of it.
 * @param choices Those of the first run. Any will do: {@link seeded} ones meet more than the ordinary course.
 */
export async function swapNeighbours(
  run: (choices: Choices) => Promise<OutcomeParts>,
  choices: Choices,
): Promise<SwapReport> {
  const noted = new RacingRun(choices);
  const outcome = await run(noted);
  const steps = stepsOf(noted);
  const notCommuting: NotCommuting[] = [];
  let swapped = 0;
  for (const [first, second] of neighbours(steps, noted.restsAfter)) {
    swapped += 1;
    const shownBy = second.wasPossible
      ? await shown(run, { noted, steps, outcome }, first.place)
      : 'the second is not possible before the first';
    if (shownBy !== null) notCommuting.push({ first, second, shownBy });
  }
  return { swapped, notCommuting };
}

interface Step extends SwappedStep {
  readonly name: EventName;
  readonly madeBy: number;
  /** It could have come one step earlier. */
  readonly wasPossible: boolean;
  /** The names of all that was possible when it was chosen, sorted. */
  readonly possible: string;
}

function stepsOf(noted: RacingRun): readonly Step[] {
  const steps: Step[] = [];
  const events = new EventNames();
  let possibleBefore: readonly AgendaEvent[] = [];
  for (const [place, { possible, chosen }] of noted.steps.entries()) {
    for (const after of noted.restsAfter) if (after === place) events.rested();
    const event = possible[chosen] as AgendaEvent;
    const { lane, label, scheduledInStep } = event;
    steps.push({
      ...{ place, lane, label, footprint: noted.touchedBy(place), name: events.of(possible)[chosen] ?? '' },
      possible: [...events.of(possible)].sort().join(' '),
      ...{ madeBy: Math.max(FIRST, events.makerIn(scheduledInStep)), wasPossible: possibleBefore.includes(event) },
    });
    events.began(place);
    possibleBefore = possible;
  }
  return steps;
}

/** Pairs that an exploration takes to commute. */
function neighbours(steps: readonly Step[], restsAfter: readonly number[]): readonly (readonly [Step, Step])[] {
  return steps.flatMap((second, place): readonly (readonly [Step, Step])[] => {
    const first = steps[place - 1];
    if (first === undefined || restsAfter.includes(place)) return [];
    const isOrdered = first.lane === second.lane || second.madeBy === first.place;
    return isOrdered || conflict(first.footprint, second.footprint) ? [] : [[first, second]];
  });
}

interface Known {
  readonly noted: RacingRun;
  readonly steps: readonly Step[];
  readonly outcome: OutcomeParts;
}

/** What differs when the step at this place and the next one are swapped; null if nothing does. */
async function shown(
  run: (choices: Choices) => Promise<OutcomeParts>,
  { noted, steps, outcome }: Known,
  first: number,
): Promise<string | null> {
  const places = steps.map(({ place }) => place);
  places.splice(first, 2, first + 1, first);
  const choices = new Swapped({ places, names: steps.map(({ name }) => name), answers: noted.answers });
  const other = await run(choices);
  if (!choices.isFaithful) return `the run goes another way at step ${choices.done}`;
  const parts = new Set([...Object.keys(outcome), ...Object.keys(other)]);
  for (const part of parts) {
    const [before, after] = [outcome[part] ?? 'nothing', other[part] ?? 'nothing'];
    if (before !== after) return `${part} differs: ${difference(before, after)}`;
  }
  for (const { place, label, possible } of steps.slice(first + 2)) {
    const after = choices.possibleAt(place);
    if (possible !== after)
      return `before «${label}» (step ${place}) something else is possible: ${difference(possible, after)}`;
  }
  for (const { place, label, footprint } of steps) {
    const [before, after] = [asText(footprint), asText(choices.touchedBy(place))];
    if (before !== after)
      return `«${label}» (step ${place}) looks at or changes something else: ${difference(before, after)}`;
  }
  return null;
}

/** Follows the same steps and takes notes of their footprints. */
class Swapped extends SameSteps {
  readonly #places: readonly number[];
  readonly #touched = new Map<number, FootprintOfStep>();
  readonly #events = new EventNames();
  readonly #possible: string[] = [];
  #isInStep = false;
  done = 0;

  constructor(order: Order) {
    super(order);
    this.#places = order.places;
  }

  override next(possible: readonly AgendaEvent[]): number | null {
    const chosen = super.next(possible);
    this.#possible.push([...this.#events.of(possible)].sort().join(' '));
    this.#events.began(this.#places[this.done] ?? 0);
    if (chosen !== null) this.done += 1;
    this.#isInStep = true;
    return chosen;
  }

  override rest(): void {
    super.rest();
    this.#events.rested();
    this.#isInStep = false;
  }

  touch(footprint: StepFootprint): void {
    const place = this.#places[this.done - 1];
    if (place === undefined || !this.#isInStep) return;
    const touched = this.#touched.get(place) ?? new FootprintOfStep();
    touched.add(footprint);
    this.#touched.set(place, touched);
  }

  /** What was possible after so many steps. */
  possibleAt(place: number): string {
    return this.#possible[place] ?? '';
  }

  touchedBy(place: number): StepFootprint {
    return this.#touched.get(place) ?? new FootprintOfStep();
  }
}

function asText({ reads, writes, adds = [] }: StepFootprint): string {
  return JSON.stringify({ reads: [...reads].sort(), writes: [...writes].sort(), adds: [...adds].sort() });
}

/** So much is shown of what differs. */
const SHOWN_BEFORE = 60;
const SHOWN = 240;

/** Both texts from a little before the place where they part. */
function difference(before: string, after: string): string {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  const from = Math.max(0, at - SHOWN_BEFORE);
  return `«${before.slice(from, from + SHOWN)}», and swapped «${after.slice(from, from + SHOWN)}»`;
}

/** Names the pair and says what both declared. */
export function describeNotCommuting({ first, second, shownBy }: NotCommuting): string {
  const said = ({ place, label, lane, footprint }: SwappedStep) =>
    `step ${place} «${label}» of the lane ${lane} declared ${asText(footprint)}`;
  return `${said(first)}\n${said(second)}\nNothing in common, but ${shownBy}`;
}
