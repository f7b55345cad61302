/**
 * How much of what could matter an exploration has seen: pairs of steps that race, in one order or in both.
 *
 * Two steps race if they conflict, nothing between them says in which order they come, and the later one, or what led to it,
 * could have come in place of the earlier. A step has the same name in every run (`step-names.ts`), so a pair of one run is
 * found again in another. Counts only; it neither chooses nor proves: a pair that no run showed is not in the count at all.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, MayHurry, Pick } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';
import { NamesOfRun, StepNames } from './coarse-identity.ts';
import { Meetings } from './conflict-index.ts';
import { StepOrder } from './happens-before-bits.ts';

/** Pairs of steps that race. */
export interface RacesSeen {
  readonly pairs: number;
  /** Of these, how many were seen in both orders. */
  readonly bothWays: number;
}

/** With so many names or pairs no further run is watched: it would cost memory and tell nobody more. */
const MOST_KNOWN = 1_000_000;
/** More steps than an exploration has. */
const KEYS = 2 ** 26;

const FORWARD = 1;
const BACKWARD = 2;
const BOTH = FORWARD | BACKWARD;
const RACES = 4;

export class RaceCoverage {
  readonly #names = new StepNames();
  readonly #meetings = new Meetings();
  /** By both keys, the smaller one first: the orders that were seen. */
  readonly #pairs = new Map<number, number>();
  readonly #mostKnown: number;
  #run: WatchedRun | null = null;

  constructor(mostKnown = MOST_KNOWN) {
    this.#mostKnown = mostKnown;
  }

  /** The same choices, watched until the next ones are. */
  watch(choices: Choices): Choices {
    this.#run?.finishStep();
    this.#run = null;
    if (this.#names.size + this.#pairs.size > this.#mostKnown) return choices;
    this.#run = new WatchedRun(this.#names, this.#meetings, (pair) => this.#see(pair));
    return new WatchedChoices(choices, this.#run);
  }

  /** What all watched runs have shown. */
  get seen(): RacesSeen {
    this.#run?.finishStep();
    let pairs = 0;
    let bothWays = 0;
    for (const seen of this.#pairs.values()) {
      if ((seen & RACES) === 0) continue;
      pairs += 1;
      if ((seen & BOTH) === BOTH) bothWays += 1;
    }
    return { pairs, bothWays };
  }

  #see({ first, second, races }: SeenPair): void {
    const isForward = first < second;
    const pair = isForward ? first * KEYS + second : second * KEYS + first;
    const before = this.#pairs.get(pair);
    const now = (before ?? 0) | (isForward ? FORWARD : BACKWARD) | (races ? RACES : 0);
    if (now !== before) this.#pairs.set(pair, now);
  }
}

/** Two steps of one run that conflict and that nothing else orders, in the order in which they came. */
interface SeenPair {
  readonly first: number;
  readonly second: number;
  /** The other order was possible. */
  readonly races: boolean;
}

interface WatchedStep {
  readonly key: number;
  readonly event: AgendaEvent;
  readonly possible: readonly AgendaEvent[];
}

class WatchedRun {
  readonly #names: NamesOfRun;
  readonly #meetings: Meetings;
  readonly #tell: (pair: SeenPair) => void;
  readonly #steps: WatchedStep[] = [];
  readonly #order = new StepOrder();
  readonly #lastInLane = new Map<string, number>();
  #isRunning = false;

  constructor(names: StepNames, meetings: Meetings, tell: (pair: SeenPair) => void) {
    this.#names = new NamesOfRun(names);
    this.#meetings = meetings;
    this.#tell = tell;
    meetings.begin();
  }

  step(event: AgendaEvent, possible: readonly AgendaEvent[]): void {
    this.finishStep();
    this.#names.see(possible);
    this.#steps.push({ key: this.#names.ran(event), event, possible });
    this.#isRunning = true;
  }

  touch(footprint: StepFootprint): void {
    if (this.#isRunning) this.#meetings.touch(footprint);
  }

  rest(): void {
    this.finishStep();
    this.#names.rest();
    this.#order.rest();
  }

  /** What a step met is told when it is over. */
  finishStep(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    const later = this.#steps.length - 1;
    const { key, event } = this.#steps[later] as WatchedStep;
    const before = this.#lastInLane.get(event.lane);
    this.#lastInLane.set(event.lane, later);
    this.#order.begin(later);
    if (event.scheduledInStep > 0) this.#order.comesAfter(event.scheduledInStep - 1);
    if (before !== undefined) this.#order.comesAfter(before);
    for (const { step: earlier, onlyTheClock } of this.#meetings.ofStep(later)) {
      if (!this.#order.comesAfter(earlier) || onlyTheClock) continue;
      const first = this.#steps[earlier] as WatchedStep;
      this.#tell({ first: first.key, second: key, races: this.#couldHaveCome(later, earlier) });
    }
  }

  /** Whether a step, or what led to it, was possible when the earlier one was chosen. */
  #couldHaveCome(later: number, earlier: number): boolean {
    let at = later;
    for (;;) {
      const { event } = this.#steps[at] as WatchedStep;
      if (event.scheduledInStep > earlier) {
        at = event.scheduledInStep - 1;
        continue;
      }
      return (this.#steps[earlier] as WatchedStep).possible.includes(event);
    }
  }
}

class WatchedChoices implements Choices {
  readonly #choices: Choices;
  readonly #run: WatchedRun;

  constructor(choices: Choices, run: WatchedRun) {
    this.#choices = choices;
    this.#run = run;
  }

  get record(): readonly Pick[] {
    return this.#choices.record;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    return this.#choices.pick(reason, of, names);
  }

  next(possible: readonly AgendaEvent[], mayHurry?: MayHurry): number | null {
    const { next } = this.#choices;
    const chosen =
      next === undefined ? this.#choices.pick('next', possible.length) : next.call(this.#choices, possible, mayHurry);
    const event = chosen === null ? undefined : possible[chosen];
    if (event !== undefined) this.#run.step(event, possible);
    return chosen;
  }

  touch(footprint: StepFootprint): void {
    this.#choices.touch?.(footprint);
    this.#run.touch(footprint);
  }

  rest(): void {
    this.#choices.rest?.();
    this.#run.rest();
  }

  ended(): void {
    this.#choices.ended?.();
  }

  isGivenUp(): boolean {
    return this.#choices.isGivenUp?.() === true;
  }
}
