/**
 * The threads of PCT and their priorities.
 *
 * The paper gives priorities to threads. A lane is often no more than one call here: the code that gets its answer makes the next
 * call in another lane. So the events that a step schedules go on its thread: the event in the same lane, or, if none is there,
 * the first lane that the step began. Every other lane that it began is a thread of its own.
 */

import type { AgendaEvent } from '../agenda.ts';

/** Threads are numbered. */
type Thread = number;

/** What is there before the first step, and what comes after a rest, goes on no thread. */
const NO_THREAD = -1;

export class PctPriorities {
  readonly #draw: () => number;
  readonly #priorities: number[] = [];
  readonly #ofLane = new Map<string, Thread>();
  /** By step: its thread, until an event goes on it. */
  readonly #openAfterStep: Thread[] = [NO_THREAD];
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
      const open = this.#openAfterStep[scheduledInStep] ?? NO_THREAD;
      this.#openAfterStep[scheduledInStep] = NO_THREAD;
      this.#ofLane.set(lane, open === NO_THREAD ? this.#begin() : open);
    }
  }

  /** The index of the event whose thread has the highest priority, among the first `many`. */
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
    this.#openAfterStep.push(event === undefined ? NO_THREAD : (this.#ofLane.get(event.lane) ?? NO_THREAD));
    this.#laneOfStep.push(event?.lane ?? '');
  }

  /** The events that are scheduled from now on were not scheduled by the last step. */
  rest(): void {
    this.#openAfterStep[this.#openAfterStep.length - 1] = NO_THREAD;
  }

  /** A lane that goes on keeps its thread, and other lanes that the step began do not have it. */
  #goOnInSameLane(possible: readonly AgendaEvent[]): void {
    for (const { lane, scheduledInStep } of possible) {
      if (this.#laneOfStep[scheduledInStep] === lane) this.#openAfterStep[scheduledInStep] = NO_THREAD;
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
