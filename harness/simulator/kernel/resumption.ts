/**
 * Resumption: a run of an exploration goes on from where it leaves the run before, instead of repeating the steps that both share.
 *
 * An exploration that searches depth first leaves the run before at a choice point on its path. Before a choice at which a later run may
 * leave it, the path takes a checkpoint. The next run begins at the last checkpoint that it shares; its choices are asked again what was
 * asked up to there, and nothing is run. The checkpoints are a stack along the current path, so there are never more of them than a run has
 * steps. What gates looked like is remembered with each question, since by then the world has gone on. Knows neither what a checkpoint
 * holds nor how choices are made.
 */

import type { AgendaEvent, Gate, Room } from './agenda.ts';
import { invariant } from './bug.ts';
import type { PutBack } from './checkpoint.ts';
import type { Choices, MayComeEarly, NamedOption, NextStepFacts, Pick } from './choices.ts';
import type { StepFootprint } from './footprint.ts';

/** What a run has asked its choices, and the answer. */
type Asked =
  | { readonly kind: 'answer'; readonly pick: Pick; readonly named: readonly NamedOption[] | undefined }
  | {
      readonly kind: 'step';
      readonly possible: readonly AgendaEvent[];
      readonly early: EarlyEvents;
      readonly waiting: readonly AgendaEvent[];
      readonly looks: GateLooks;
      readonly chosen: number;
    }
  | { readonly kind: 'rest' };

/** The deadlines among the possible events that might have come early; null for none. */
type EarlyEvents = ReadonlySet<AgendaEvent> | null;

/** What each gate looked like, by its name; null if there was none. */
type GateLooks = ReadonlyMap<string, Room> | null;

interface CheckpointOnPath {
  /** How many choice points the path passes before it. */
  readonly depth: number;
  /** How much had been asked before it. */
  readonly asked: number;
  readonly putBack: PutBack;
}

/**
 * The choices of the runs of one exploration, one run after the other. The world of these runs is given this object and no other, and
 * keeps it when it is put back.
 */
export class ResumableChoices implements Choices {
  readonly #takeCheckpoint: () => PutBack | null;
  readonly #checkpoints: CheckpointOnPath[] = [];
  readonly #asked: Asked[] = [];
  /** The number of choice points that the current run has passed. */
  #depth = 0;
  /** The choices of the current run. */
  #choices: Choices | null = null;
  /** The gates at which events of this path have needed a place. */
  readonly #gates = new Map<string, Gate>();
  /** What the gates looked like where the choices are asked again; null while a step is really chosen. */
  #lookedLike: GateLooks = null;

  /** `takeCheckpoint` is called between two steps; null if no checkpoint can be taken there. */
  constructor(takeCheckpoint: () => PutBack | null) {
    this.#takeCheckpoint = takeCheckpoint;
  }

  /** Begins another run. True if everything was put back to a place on its path, and it goes on from there; else it begins at its start. */
  begin(choices: Choices): boolean {
    this.#choices = choices;
    const { sharedPoints = 0 } = choices;
    const last = this.#lastWithin(sharedPoints);
    if (last?.putBack() === true) {
      this.#depth = last.depth;
      this.#asked.length = last.asked;
      for (const asked of this.#asked) this.#askAgain(choices, asked);
      return true;
    }
    this.#depth = 0;
    this.#asked.length = 0;
    this.#checkpoints.length = 0;
    this.#gates.clear();
    return false;
  }

  get record(): readonly Pick[] {
    return this.#current.record;
  }

  pick(reason: string, of: number, named?: readonly NamedOption[]): number {
    const chosen = this.#current.pick(reason, of, named);
    if (of === 1) return chosen;
    this.#asked.push({ kind: 'answer', pick: { reason, of, chosen }, named });
    this.#depth += 1;
    return chosen;
  }

  next(possible: readonly AgendaEvent[], facts?: NextStepFacts): number | null {
    const waiting = facts?.waiting ?? [];
    this.#seeGates(possible);
    this.#seeGates(waiting);
    const looks = this.#gates.size === 0 ? null : new Map([...this.#gates].map(([name, gate]) => [name, gate.look()]));
    if (possible.length > 1) this.#checkpointHere();
    const choices = this.#current;
    invariant(choices.next !== undefined, 'a run is resumed whose choices do not choose steps by what they are');
    const chosen = choices.next(possible, facts);
    if (chosen === null) return null;
    const early = earlyAmong(possible, facts?.mayComeEarly);
    this.#asked.push({ kind: 'step', possible, early, waiting, looks, chosen });
    this.#depth += 1;
    return chosen;
  }

  #seeGates(events: readonly AgendaEvent[]): void {
    for (const { gate } of events) if (gate !== undefined) this.#gates.set(gate.name, gate);
  }

  touch(footprint: StepFootprint): void {
    this.#current.touch?.(footprint);
  }

  isSleepSetBlocked(): boolean {
    return this.#current.isSleepSetBlocked?.() === true;
  }

  lookedLike(gate: string): Room | undefined {
    return this.#lookedLike?.get(gate);
  }

  rest(): void {
    this.#asked.push({ kind: 'rest' });
    this.#current.rest?.();
  }

  get #current(): Choices {
    invariant(this.#choices !== null, 'no run has begun');
    return this.#choices;
  }

  /** The last checkpoint that the run before shares with one that has this many points in common with it. Those behind are dropped. */
  #lastWithin(sharedPoints: number): CheckpointOnPath | undefined {
    for (let last = this.#checkpoints.at(-1); last !== undefined; last = this.#checkpoints.at(-1)) {
      if (last.depth <= sharedPoints) return last;
      this.#checkpoints.pop();
    }
    return undefined;
  }

  /** Tells a run's choices what an earlier run was asked. They answer the same, since both runs share this part of their path. */
  #askAgain(choices: Choices, asked: Asked): void {
    switch (asked.kind) {
      case 'answer': {
        const { reason, of, chosen } = asked.pick;
        const again = choices.pick(reason, of, asked.named);
        invariant(again === chosen, `«${reason}» was answered ${chosen}, and ${again} on the same path`);
        return;
      }
      case 'step': {
        const { possible, early, waiting, looks, chosen } = asked;
        this.#lookedLike = looks;
        const again = choices.next?.(possible, { mayComeEarly: (event) => early?.has(event) === true, waiting });
        this.#lookedLike = null;
        invariant(again === chosen, `step ${chosen} came next, and ${again} on the same path`);
        return;
      }
      case 'rest':
        choices.rest?.();
    }
  }

  #checkpointHere(): void {
    const last = this.#checkpoints.at(-1);
    if (last !== undefined && last.depth >= this.#depth) return;
    const putBack = this.#takeCheckpoint();
    if (putBack !== null) this.#checkpoints.push({ depth: this.#depth, asked: this.#asked.length, putBack });
  }
}

function earlyAmong(possible: readonly AgendaEvent[], mayComeEarly: MayComeEarly | undefined): EarlyEvents {
  const early = possible.filter((event) => event.kind === 'deadline' && mayComeEarly?.(event) === true);
  return early.length === 0 ? null : new Set(early);
}
