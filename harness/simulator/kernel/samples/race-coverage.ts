/**
 * Race coverage: how many racing pairs of steps an exploration has seen, and how many of them both ways round.
 *
 * Two steps race if they conflict, no step between them orders them, and the later one, or a step that led to it, could have come
 * in place of the earlier one. A step has the same key in every run (`coarse-identity.ts`), so a pair of one run is found again in
 * another. Counts only; it neither chooses nor proves: a pair that no run showed is not in the count at all.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, NamedOption, NextStepFacts, Pick } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';
import { CoarseIdentities, CoarseIdentitiesOfRun } from './coarse-identity.ts';
import { ConflictIndex } from './conflict-index.ts';
import { HappensBeforeBits } from './happens-before-bits.ts';

/** Pairs of steps that race. */
export interface RacesSeen {
  readonly pairs: number;
  /** Of these, how many were seen in both orders. */
  readonly bothWays: number;
}

/** If more keys and pairs than this are known, no further run is watched: it would cost memory and tell nothing more. */
const MOST_KNOWN = 1_000_000;
/** More keys than an exploration has. */
const KEYS = 2 ** 26;

const FORWARD = 1;
const BACKWARD = 2;
const BOTH = FORWARD | BACKWARD;
const RACES = 4;

export class RaceCoverage {
  readonly #identities = new CoarseIdentities();
  readonly #conflicts = new ConflictIndex();
  /** By both keys, the smaller one first: the orders in which the pair was seen, and whether it races. */
  readonly #pairs = new Map<number, number>();
  readonly #mostKnown: number;
  #run: WatchedRun | null = null;

  constructor(mostKnown = MOST_KNOWN) {
    this.#mostKnown = mostKnown;
  }

  /** The same choices, watched until the next run is. */
  watch(choices: Choices): Choices {
    this.#run?.finishStep();
    this.#run = null;
    if (this.#identities.size + this.#pairs.size > this.#mostKnown) return choices;
    this.#run = new WatchedRun(this.#identities, this.#conflicts, (pair) => this.#see(pair));
    return new WatchedChoices(choices, this.#run);
  }

  /** What all watched runs have shown together. */
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

/** Two steps of one run that conflict and that nothing else orders, by their keys, in the order in which they came. */
interface SeenPair {
  readonly first: number;
  readonly second: number;
  /** Whether the other order was possible. */
  readonly races: boolean;
}

interface WatchedStep {
  readonly key: number;
  readonly event: AgendaEvent;
  readonly possible: readonly AgendaEvent[];
}

class WatchedRun {
  readonly #identities: CoarseIdentitiesOfRun;
  readonly #conflicts: ConflictIndex;
  readonly #tell: (pair: SeenPair) => void;
  readonly #steps: WatchedStep[] = [];
  readonly #happensBefore = new HappensBeforeBits();
  readonly #lastInLane = new Map<string, number>();
  #isRunning = false;

  constructor(identities: CoarseIdentities, conflicts: ConflictIndex, tell: (pair: SeenPair) => void) {
    this.#identities = new CoarseIdentitiesOfRun(identities);
    this.#conflicts = conflicts;
    this.#tell = tell;
    conflicts.begin();
  }

  step(event: AgendaEvent, possible: readonly AgendaEvent[]): void {
    this.finishStep();
    this.#identities.see(possible);
    this.#steps.push({ key: this.#identities.ran(event), event, possible });
    this.#isRunning = true;
  }

  touch(footprint: StepFootprint): void {
    if (this.#isRunning) this.#conflicts.touch(footprint);
  }

  rest(): void {
    this.finishStep();
    this.#identities.rest();
    this.#happensBefore.rest();
  }

  /** The step is over: reports the earlier steps that it conflicts with. */
  finishStep(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    const later = this.#steps.length - 1;
    const { key, event } = this.#steps[later] as WatchedStep;
    const before = this.#lastInLane.get(event.lane);
    this.#lastInLane.set(event.lane, later);
    this.#happensBefore.begin(later);
    if (event.scheduledInStep > 0) this.#happensBefore.addPredecessor(event.scheduledInStep - 1);
    if (before !== undefined) this.#happensBefore.addPredecessor(before);
    for (const { step: earlier, onlyTheClock } of this.#conflicts.conflictsOf(later)) {
      if (!this.#happensBefore.addPredecessor(earlier) || onlyTheClock) continue;
      const first = this.#steps[earlier] as WatchedStep;
      this.#tell({ first: first.key, second: key, races: this.#couldHaveCome(later, earlier) });
    }
  }

  /** Whether a step, or the step that led to it, was possible when the earlier one was chosen. */
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

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    return this.#choices.pick(reason, of, named);
  }

  next(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    const { next } = this.#choices;
    const chosen =
      next === undefined ? this.#choices.pick('next', possible.length) : next.call(this.#choices, possible, facts);
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

  isSleepSetBlocked(): boolean {
    return this.#choices.isSleepSetBlocked?.() === true;
  }
}
