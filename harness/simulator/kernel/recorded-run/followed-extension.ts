/**
 * Runs one linear extension of a recorded run: the same steps in another order, with the same answers.
 *
 * Follows the names of the events. If the run does not offer the next of them, or asks another question than was recorded, the
 * run is cut: then the two orders were not in one equivalence class after all.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, Pick } from '../choices.ts';
import { type EventName, EventNames, optionNamed, type RecordedAnswers, type Scheduler } from './recorded-run.ts';

/** The steps of a recorded run, in an order that its happens-before relation allows. */
export interface LinearExtension {
  /** The steps in their order, by their places in the recorded run. */
  readonly places: readonly number[];
  /** By place: the name of the event. */
  readonly names: readonly EventName[];
  readonly answers: RecordedAnswers;
}

export class FollowedExtension implements Choices {
  readonly record: Pick[] = [];
  readonly #extension: LinearExtension;
  readonly #events = new EventNames();
  readonly #asked = new Map<Scheduler, number>();
  #done = 0;
  #strayed = false;

  constructor(extension: LinearExtension) {
    this.#extension = extension;
  }

  /** Whether everything has come as it was recorded, up to now. */
  get isFaithful(): boolean {
    return !this.#strayed;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    if (of === 1) return 0;
    const scheduler = this.#events.scheduler;
    const asked = this.#asked.get(scheduler) ?? 0;
    this.#asked.set(scheduler, asked + 1);
    const recorded = this.#extension.answers.get(scheduler)?.[asked];
    // A step that was not asked when it was recorded may be asked now: then the budget of faults had been used up already.
    const chosen = recorded === undefined ? 0 : optionNamed(recorded.name, of, names);
    if (chosen < 0 || (recorded !== undefined && recorded.reason !== reason)) this.#strayed = true;
    this.record.push({ reason, of, chosen: Math.max(0, chosen) });
    return Math.max(0, chosen);
  }

  next(possible: readonly AgendaEvent[]): number | null {
    const place = this.#extension.places[this.#done];
    const chosen = place === undefined ? -1 : this.#events.of(possible).indexOf(this.#extension.names[place] ?? '');
    if (place === undefined || chosen < 0) {
      this.#strayed = true;
      return null;
    }
    this.#done += 1;
    this.#events.began(place);
    if (possible.length > 1) this.record.push({ reason: 'next', of: possible.length, chosen });
    return chosen;
  }

  rest(): void {
    this.#events.rested();
  }
}
