/**
 * The steps of a noted run once more, in another order and with the same answers.
 *
 * Follows a list of events' names. Where the run does not offer the next of them, or asks something else than it did, it is
 * given up: then the orders were not of one kind after all.
 */

import type { AgendaEvent } from '../agenda.ts';
import type { Choices, Pick } from '../choices.ts';
import { type Answers, type EventName, EventNames, type Maker, optionNamed } from './recorded-run.ts';

export interface Order {
  /** The steps, by their places in the noted run. */
  readonly places: readonly number[];
  /** The name of the event of each place. */
  readonly names: readonly EventName[];
  readonly answers: Answers;
}

export class SameSteps implements Choices {
  readonly record: Pick[] = [];
  readonly #order: Order;
  readonly #events = new EventNames();
  readonly #asked = new Map<Maker, number>();
  #done = 0;
  #strayed = false;

  constructor(order: Order) {
    this.#order = order;
  }

  /** Whether everything came as it was noted, up to now. */
  get isFaithful(): boolean {
    return !this.#strayed;
  }

  pick(reason: string, of: number, names?: readonly string[]): number {
    if (of === 1) return 0;
    const maker = this.#events.maker;
    const asked = this.#asked.get(maker) ?? 0;
    this.#asked.set(maker, asked + 1);
    const noted = this.#order.answers.get(maker)?.[asked];
    // Who was not asked then may be asked now: with a fault that had struck already, nothing was left to ask for.
    const chosen = noted === undefined ? 0 : optionNamed(noted.name, of, names);
    if (chosen < 0 || (noted !== undefined && noted.reason !== reason)) this.#strayed = true;
    this.record.push({ reason, of, chosen: Math.max(0, chosen) });
    return Math.max(0, chosen);
  }

  next(possible: readonly AgendaEvent[]): number | null {
    const place = this.#order.places[this.#done];
    const chosen = place === undefined ? -1 : this.#events.of(possible).indexOf(this.#order.names[place] ?? '');
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
