/**
 * Holds footprints to what they say: two neighbouring steps that are independent by their footprints are swapped, and nothing
 * may differ, since independent steps commute.
 *
 * For authors of a service, a downstream or a lab, and for tests; an exploration takes footprints at their word. It finds what is
 * missing in a footprint, and says between which two steps; it cannot prove that nothing is missing.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices } from '../choices.ts';
import { conflict, FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { FollowedExtension, type LinearExtension } from './followed-extension.ts';
import { RacingRun } from './races.ts';
import { type EventName, EventNames, FIRST } from './recorded-run.ts';

/** The parts of an outcome, each as text under a name: what the scenario saw, the state at the end, the trace of a lane. */
export type OutcomeParts = Readonly<Record<string, string>>;

export interface SwappedStep {
  /** Its place in the run that was recorded, from 0. */
  readonly place: number;
  readonly lane: string;
  /** For people: `Get clicks`. */
  readonly label: string;
  readonly footprint: StepFootprint;
}

/** Two neighbours that are independent by their footprints and do not commute. */
export interface NotCommuting {
  readonly first: SwappedStep;
  readonly second: SwappedStep;
  /** What shows it, in a sentence. */
  readonly shownBy: string;
}

export interface SwapReport {
  /** How many pairs of neighbours were independent by their footprints, and were swapped. */
  readonly swapped: number;
  readonly notCommuting: readonly NotCommuting[];
}

/**
 * Runs once, then once more for each pair of neighbours that are independent by their footprints, with these two swapped.
 *
 * @param run Runs once under the choices, from the same beginning each time, and says what came of it.
 * @param choices The choices of the first run. Any will do; `seeded` choices lead to more pairs than the ordinary course.
 */
export async function swapNeighbours(
  run: (choices: Choices) => Promise<OutcomeParts>,
  choices: Choices,
): Promise<SwapReport> {
  const recorded = new RacingRun(choices);
  const outcome = await run(recorded);
  const steps = stepsOf(recorded);
  const notCommuting: NotCommuting[] = [];
  let swapped = 0;
  for (const [first, second] of neighbours(steps, recorded.restsAfter)) {
    swapped += 1;
    const shownBy = second.wasPossible
      ? await shown(run, { recorded, steps, outcome }, first.place)
      : 'the second is not possible before the first';
    if (shownBy !== null) notCommuting.push({ first, second, shownBy });
  }
  return { swapped, notCommuting };
}

interface Step extends SwappedStep {
  readonly name: EventName;
  readonly scheduledBy: number;
  /** Whether it could have come one step earlier. */
  readonly wasPossible: boolean;
  /** The names of all events that were possible when it was chosen, sorted. */
  readonly possible: string;
}

function stepsOf(recorded: RacingRun): readonly Step[] {
  const steps: Step[] = [];
  const events = new EventNames();
  let possibleBefore: readonly AgendaEvent[] = [];
  for (const [place, { possible, chosen }] of recorded.steps.entries()) {
    for (const after of recorded.restsAfter) if (after === place) events.rested();
    const event = possible[chosen] as AgendaEvent;
    const { lane, label, scheduledInStep } = event;
    steps.push({
      ...{ place, lane, label, footprint: recorded.footprintOf(place), name: events.of(possible)[chosen] ?? '' },
      possible: [...events.of(possible)].sort().join(' '),
      ...{
        scheduledBy: Math.max(FIRST, events.schedulerIn(scheduledInStep)),
        wasPossible: possibleBefore.includes(event),
      },
    });
    events.began(place);
    possibleBefore = possible;
  }
  return steps;
}

/** The pairs of neighbours that an exploration takes to commute. */
function neighbours(steps: readonly Step[], restsAfter: readonly number[]): readonly (readonly [Step, Step])[] {
  return steps.flatMap((second, place): readonly (readonly [Step, Step])[] => {
    const first = steps[place - 1];
    if (first === undefined || restsAfter.includes(place)) return [];
    const isOrdered = first.lane === second.lane || second.scheduledBy === first.place;
    return isOrdered || conflict(first.footprint, second.footprint) ? [] : [[first, second]];
  });
}

interface FirstRun {
  readonly recorded: RacingRun;
  readonly steps: readonly Step[];
  readonly outcome: OutcomeParts;
}

/** What differs when the step at this place and the next one are swapped; null if nothing does. */
async function shown(
  run: (choices: Choices) => Promise<OutcomeParts>,
  { recorded, steps, outcome }: FirstRun,
  first: number,
): Promise<string | null> {
  const places = steps.map(({ place }) => place);
  places.splice(first, 2, first + 1, first);
  const choices = new SwappedRun({ places, names: steps.map(({ name }) => name), answers: recorded.answers });
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
    const [before, after] = [asText(footprint), asText(choices.footprintOf(place))];
    if (before !== after)
      return `«${label}» (step ${place}) looks at or changes something else: ${difference(before, after)}`;
  }
  return null;
}

/** Follows the swapped order and records the footprints of its steps. */
class SwappedRun extends FollowedExtension {
  readonly #places: readonly number[];
  readonly #footprints = new Map<number, FootprintOfStep>();
  readonly #events = new EventNames();
  readonly #possible: string[] = [];
  #isInStep = false;
  done = 0;

  constructor(swapped: LinearExtension) {
    super(swapped);
    this.#places = swapped.places;
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
    const known = this.#footprints.get(place) ?? new FootprintOfStep();
    known.add(footprint);
    this.#footprints.set(place, known);
  }

  /** The names of all events that were possible before the step at this place of this run, sorted. */
  possibleAt(place: number): string {
    return this.#possible[place] ?? '';
  }

  footprintOf(place: number): StepFootprint {
    return this.#footprints.get(place) ?? new FootprintOfStep();
  }
}

function asText({ reads, writes, adds = [] }: StepFootprint): string {
  return JSON.stringify({ reads: [...reads].sort(), writes: [...writes].sort(), adds: [...adds].sort() });
}

/** How many characters are shown of two texts that differ: before the place where they part, and in all. */
const SHOWN_BEFORE = 60;
const SHOWN = 240;

/** Both texts, from a few characters before the place where they part. */
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
