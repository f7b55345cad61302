/**
 * Event identity: keys that are the same in every interleaving in which the same steps happened before the event.
 *
 * An event is identified by the step that scheduled it and by its place among all that this step scheduled; that step, in
 * turn, is an event. Within one exploration a small number, the key, stands for this lineage. The lineage itself is plain
 * data, so another process can find the key that it gives to the same event.
 */

import { invariant } from '../bug.ts';

/** Stands for the scheduler of everything that is on the agenda before the first step. */
export const BEGINNING = 0;

/** The places of an event and of all its schedulers, from the beginning on. */
export type EventLineage = readonly number[];

/** More events than a step could schedule. */
const PLACES = 2 ** 20;

/** The keys of one exploration. */
export class EventIdentities {
  readonly #keys = new Map<number, number>();
  readonly #schedulers: number[] = [BEGINNING];
  readonly #places: number[] = [0];

  /** How many keys have been given. */
  get size(): number {
    return this.#schedulers.length;
  }

  /**
   * The key of an event.
   *
   * @param scheduledBy The key of the step that scheduled it.
   * @param place From 1 for an event; from -1 downwards for the rests of a run, which schedule events like a step.
   */
  keyOf(scheduledBy: number, place: number): number {
    invariant(Math.abs(place) < PLACES / 2, `one step scheduled ${place} events`);
    const identity = scheduledBy * PLACES + place + PLACES / 2;
    const known = this.#keys.get(identity);
    if (known !== undefined) return known;
    const key = this.#schedulers.length;
    this.#keys.set(identity, key);
    this.#schedulers.push(scheduledBy);
    this.#places.push(place);
    return key;
  }

  lineageOf(key: number): EventLineage {
    const lineage: number[] = [];
    for (let at = key; at !== BEGINNING; at = this.#schedulers[at] as number) lineage.push(this.#places[at] as number);
    return lineage.reverse();
  }

  keyWith(lineage: EventLineage): number {
    return lineage.reduce((scheduledBy, place) => this.keyOf(scheduledBy, place), BEGINNING);
  }
}
