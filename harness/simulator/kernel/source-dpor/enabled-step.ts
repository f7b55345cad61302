/**
 * The steps that are enabled at a choice point, and the keys by which an exploration knows them.
 *
 * A key names an event by the step that scheduled it, so it is the same in every interleaving in which the same steps ran
 * before it (`event-identity.ts`). This file knows which step scheduled which event in the current run. It chooses nothing.
 */

import type { AgendaEvent } from '../agenda.ts';
import { invariant } from '../bug.ts';
import type { MayComeEarly } from '../choices.ts';
import type { StepFootprint } from '../footprint.ts';
import { BEGINNING, type EventIdentities } from './event-identity.ts';

/** A step that may come next. */
export interface EnabledStep {
  /** The same in every interleaving in which the same steps ran before it. */
  readonly key: number;
  /** The key of the step that scheduled it. */
  readonly scheduledBy: number;
  /** Steps of one lane keep their order. */
  readonly lane: string;
  /** Interchangeable with the other events of its lane that the same step scheduled. */
  readonly alike: boolean;
  /** A deadline that may come only when nothing else is enabled: no interleaving has it earlier. */
  readonly lastResort: boolean;
}

/** A step that would be enabled if there were a place for it. */
export interface WaitingStep {
  readonly step: EnabledStep;
  /** What its gate has looked at. */
  readonly footprint: StepFootprint;
}

/** Which step scheduled which event in one run. */
export class StepsOfRun {
  readonly #identities: EventIdentities;
  /** By the number of each step, from 1: its key, under which the events it scheduled are named. */
  readonly #keys: number[] = [BEGINNING];
  readonly #restsAfter: number[] = [];
  #count = 0;

  constructor(identities: EventIdentities) {
    this.#identities = identities;
  }

  /** The run came to rest after each of these numbers of steps: nothing was left to happen, and the scenario went on. */
  get restsAfter(): readonly number[] {
    return this.#restsAfter;
  }

  /** An event that is possible, as an enabled step. */
  enabledStep(event: AgendaEvent, mayComeEarly: MayComeEarly | undefined): EnabledStep {
    const { scheduledInStep, nth, kind, lane, alike } = event;
    const scheduledBy = this.#keys[scheduledInStep];
    invariant(scheduledBy !== undefined, `no step ${scheduledInStep} has run`);
    const lastResort = kind === 'deadline' && mayComeEarly?.(event) === false;
    return { key: this.#identities.keyOf(scheduledBy, nth), scheduledBy, lane, alike: alike === true, lastResort };
  }

  /** An event that waits for a place, as a waiting step. */
  waitingStep(event: AgendaEvent): WaitingStep {
    invariant(event.gate !== undefined, `«${event.label}» waits for nothing`);
    return { step: this.enabledStep(event, undefined), footprint: event.gate.look().footprint };
  }

  /** The step with this key begins now. */
  began(key: number): void {
    this.#count += 1;
    this.#keys[this.#count] = key;
  }

  /** What is scheduled from now on is scheduled by the rest, and not by the step that came last before it. */
  rested(): void {
    this.#restsAfter.push(this.#count);
    this.#keys[this.#count] = this.#identities.keyOf(BEGINNING, -this.#restsAfter.length);
  }
}
