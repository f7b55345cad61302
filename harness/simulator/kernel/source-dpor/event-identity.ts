/**
 * Names for events that are the same in every schedule in which the same things happened before them.
 *
 * An event is named by the step that put it on the agenda and by its place among all that this step put there; that step, in
 * turn, is an event. Small numbers stand for these names within one exploration. The names themselves are plain data.
 */

import { invariant } from '../bug.ts';

/** The maker of everything that is there before the first step. */
export const BEGINNING = 0;

/** The places of an event and of all its makers, from the beginning on. */
export type EventName = readonly number[];

/** More than a step could put on the agenda. */
const PLACES = 2 ** 20;

export class EventKeys {
  readonly #keys = new Map<number, number>();
  readonly #makers: number[] = [BEGINNING];
  readonly #places: number[] = [0];

  /** How many names are known. */
  get size(): number {
    return this.#makers.length;
  }

  /** `place`: from 1 for an event; from -1 downwards for the times that all came to rest. */
  keyOf(madeBy: number, place: number): number {
    invariant(Math.abs(place) < PLACES / 2, `one step put ${place} events on the agenda`);
    const name = madeBy * PLACES + place + PLACES / 2;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.#makers.length;
    this.#keys.set(name, key);
    this.#makers.push(madeBy);
    this.#places.push(place);
    return key;
  }

  nameOf(key: number): EventName {
    const name: number[] = [];
    for (let at = key; at !== BEGINNING; at = this.#makers[at] as number) name.push(this.#places[at] as number);
    return name.reverse();
  }

  keyNamed(name: EventName): number {
    return name.reduce((madeBy, place) => this.keyOf(madeBy, place), BEGINNING);
  }
}
