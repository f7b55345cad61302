/**
 * The first events of all lanes in the order (time, sequence number), cheap even when there are many lanes.
 *
 * The soonest events stand in a sorted list, and a choice of the next event looks at no others; later events wait in a binary
 * heap. A small exploration never has a heap; ten thousand sleeping timers cost a few comparisons each.
 */

import type { PutBack } from './checkpoint.ts';
import { before, insert, type Timed, takeOut } from './sorted.ts';

/** The most events that stand in the sorted list, unless one instant has more. */
const FEW = 64;

export class Heads<Event extends Timed> {
  /** The events that come before everything in the heap, in order. */
  readonly #soon: Event[] = [];
  readonly #later: Event[] = [];
  /** By sequence number: where in the heap an event stands. */
  readonly #placeInHeap = new Map<number, number>();
  readonly #few: number;

  constructor(few = FEW) {
    this.#few = few;
  }

  /** All events, in no order that means anything. */
  get all(): readonly Event[] {
    return this.#later.length === 0 ? this.#soon : [...this.#soon, ...this.#later];
  }

  checkpoint(): PutBack {
    const soon = [...this.#soon];
    const later = [...this.#later];
    return () => {
      replaceAll(this.#soon, soon);
      replaceAll(this.#later, later);
      this.#placeInHeap.clear();
      for (const [place, { seq }] of later.entries()) this.#placeInHeap.set(seq, place);
      return true;
    };
  }

  get size(): number {
    return this.#soon.length + this.#later.length;
  }

  add(event: Event): void {
    const [next] = this.#later;
    if (next !== undefined && before(next, event)) {
      this.#push(event);
      return;
    }
    insert(this.#soon, event);
    const last = this.#soon.length > this.#few ? this.#soon.pop() : undefined;
    if (last !== undefined) this.#push(last);
  }

  remove(event: Event): void {
    const place = this.#placeInHeap.get(event.seq);
    if (place === undefined) takeOut(this.#soon, event);
    else this.#removeFromHeap(event, place);
  }

  /** In order: at least all events of the first instant. */
  get first(): readonly Event[] {
    const [first] = this.#soon.length === 0 ? this.#later : this.#soon;
    return first === undefined ? this.#soon : this.until(first.atMs);
  }

  /** In order: at least all events up to an instant, and all of the instant at which the first later one comes. */
  beyond(nowMs: number, isLater: (event: Event) => boolean): readonly Event[] {
    this.until(nowMs);
    for (;;) {
      const found = this.#soon.find(isLater);
      if (found !== undefined) return this.until(found.atMs);
      const [next] = this.#later;
      if (next === undefined) return this.#soon;
      this.until(next.atMs);
    }
  }

  /** In order: at least all events up to this instant. */
  until(atMs: number): readonly Event[] {
    for (let next = this.#later[0]; next !== undefined && next.atMs <= atMs; next = this.#later[0]) {
      this.#removeFromHeap(next, 0);
      this.#soon.push(next);
    }
    return this.#soon;
  }

  #push(event: Event): void {
    this.#later.push(event);
    this.#rise(event, this.#later.length - 1);
  }

  #removeFromHeap(event: Event, place: number): void {
    this.#placeInHeap.delete(event.seq);
    const last = this.#later.pop();
    if (last === undefined || last === event) return;
    this.#sink(last, this.#rise(last, place));
  }

  /** Puts an event at a place of the heap or above it; returns where it came to stand. */
  #rise(event: Event, from: number): number {
    let place = from;
    while (place > 0) {
      const parent = this.#later[(place - 1) >> 1];
      if (parent === undefined || before(parent, event)) break;
      this.#stand(parent, place);
      place = (place - 1) >> 1;
    }
    this.#stand(event, place);
    return place;
  }

  #sink(event: Event, from: number): void {
    let place = from;
    for (;;) {
      const left = this.#later[2 * place + 1];
      if (left === undefined) break;
      const right = this.#later[2 * place + 2];
      const isRight = right !== undefined && before(right, left);
      const child = isRight ? right : left;
      if (before(event, child)) break;
      this.#stand(child, place);
      place = 2 * place + (isRight ? 2 : 1);
    }
    this.#stand(event, place);
  }

  #stand(event: Event, place: number): void {
    this.#later[place] = event;
    this.#placeInHeap.set(event.seq, place);
  }
}

function replaceAll<Event>(list: Event[], events: readonly Event[]): void {
  list.length = 0;
  for (const event of events) list.push(event);
}
