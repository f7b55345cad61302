/**
 * Threads of events, and their priorities.
 *
 * A lane is often no more than one call: whoever gets its answer makes the next one in another lane. So what a step puts on
 * the agenda goes on its thread: in the same lane, or, if nothing goes on there, in the first lane that it made. Every other lane
 * that it made begins a thread of its own.
 */

import type { AgendaEvent } from '../agenda.ts';

/** Threads are told apart by their numbers. */
type Thread = number;

/** What is there before the first step, and what comes after a rest, belongs to nobody. */
const NOBODY = -1;

export class Threads {
  readonly #draw: () => number;
  readonly #priorities: number[] = [];
  readonly #ofLane = new Map<string, Thread>();
  /** The thread of each step; nobody's once something goes on it. */
  readonly #openAfterStep: Thread[] = [NOBODY];
  readonly #laneOfStep: string[] = [''];

  /** `draw` gives the priority of a new thread. */
  constructor(draw: () => number) {
    this.#draw = draw;
  }

  /** Gives every event that is new here its thread. */
  see(possible: readonly AgendaEvent[]): void {
    const fresh = possible.filter(({ lane }) => !this.#ofLane.has(lane));
    this.#goOnInSameLane(possible);
    fresh.sort((a, b) => a.seq - b.seq);
    for (const { lane, scheduledInStep } of fresh) {
      const open = this.#openAfterStep[scheduledInStep] ?? NOBODY;
      this.#openAfterStep[scheduledInStep] = NOBODY;
      this.#ofLane.set(lane, open === NOBODY ? this.#begin() : open);
    }
  }

  /** The place of the event whose thread has the highest priority, among the first `many`. */
  highest(possible: readonly AgendaEvent[], many: number): number {
    let best = 0;
    for (let place = 1; place < many; place += 1) {
      if (this.#priorityOf(possible[place]) > this.#priorityOf(possible[best])) best = place;
    }
    return best;
  }

  /** The thread of an event falls to this priority. */
  demote(event: AgendaEvent | undefined, priority: number): void {
    const thread = event === undefined ? undefined : this.#ofLane.get(event.lane);
    if (thread !== undefined) this.#priorities[thread] = priority;
  }

  ran(event: AgendaEvent | undefined): void {
    this.#openAfterStep.push(event === undefined ? NOBODY : (this.#ofLane.get(event.lane) ?? NOBODY));
    this.#laneOfStep.push(event?.lane ?? '');
  }

  /** What is put on the agenda from now on is not the last step's doing. */
  rest(): void {
    this.#openAfterStep[this.#openAfterStep.length - 1] = NOBODY;
  }

  /** A lane that goes on by itself keeps its thread, and other lanes that the step made don't have it. */
  #goOnInSameLane(possible: readonly AgendaEvent[]): void {
    for (const { lane, scheduledInStep } of possible) {
      if (this.#laneOfStep[scheduledInStep] === lane) this.#openAfterStep[scheduledInStep] = NOBODY;
    }
  }

  #begin(): Thread {
    return this.#priorities.push(this.#draw()) - 1;
  }

  #priorityOf(event: AgendaEvent | undefined): number {
    const thread = event === undefined ? undefined : this.#ofLane.get(event.lane);
    return thread === undefined ? 0 : (this.#priorities[thread] ?? 0);
  }
}
