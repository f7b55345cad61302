/**
 * Those who explore: this thread, and others beside it if there are any.
 *
 * Tasks wait in their order, and whoever is free takes the first. Who explores what has no part in what is found. Other threads are
 * started only when more tasks wait than are worth doing alone.
 */

import type { Following, Outcome, Task } from './local-worker.ts';

/** Somebody who explores one task at a time. */
export interface Lane {
  /** Kept when it can begin; until then others do the work. */
  readonly ready?: Promise<void>;
  explore(task: Task, following: Following): Promise<Outcome>;
  close(): void | Promise<void>;
}

export interface CrewOptions {
  /** This thread. */
  readonly here: Lane;
  /** At most so many beside it. */
  readonly mostElsewhere: number;
  startElsewhere(): Lane;
}

interface Waiting {
  readonly position: number;
  readonly task: Task;
  readonly following: Following;
  begin(outcome: Promise<Outcome>): void;
}

/** A thread takes about half a second until it explores: for fewer tasks than these it would come too late. */
const TASKS_WORTH_A_THREAD = 3;

export class Crew {
  readonly #options: CrewOptions;
  readonly #lanes: Lane[];
  readonly #idle: Lane[];
  #waiting: Waiting[] = [];
  #closed = false;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#lanes = [options.here];
    this.#idle = [options.here];
  }

  /** Explores a task as soon as somebody is free; among those that wait, the one with the lowest position comes first. */
  explore(position: number, task: Task, following: Following): Promise<Outcome> {
    return new Promise((begin) => {
      const at = this.#waiting.findIndex((other) => other.position > position);
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { position, task, following, begin });
      // All that come at the same time are looked at together.
      queueMicrotask(() => this.#distribute());
    });
  }

  /** Ends the other threads, and the hosts of this one. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #distribute(): void {
    this.#dropStopped();
    this.#hire();
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const lane = this.#idle.shift() as Lane;
      const next = this.#waiting.shift() as Waiting;
      const outcome = lane.explore(next.task, next.following);
      next.begin(outcome);
      const free = (): void => this.#isFree(lane);
      outcome.then(free, free);
    }
  }

  #isFree(lane: Lane): void {
    this.#idle.push(lane);
    this.#distribute();
  }

  #dropStopped(): void {
    const stopped = this.#waiting.filter(({ following }) => following.signal.aborted);
    if (stopped.length === 0) return;
    this.#waiting = this.#waiting.filter(({ following }) => !following.signal.aborted);
    for (const { begin, following } of stopped) begin(Promise.reject(following.signal.reason));
  }

  #hire(): void {
    const { mostElsewhere, startElsewhere } = this.#options;
    if (this.#closed || this.#waiting.length < TASKS_WORTH_A_THREAD) return;
    const wanted = Math.min(mostElsewhere, this.#waiting.length - 1);
    while (this.#lanes.length - 1 < wanted) {
      const lane = startElsewhere();
      this.#lanes.push(lane);
      void lane.ready?.then(() => this.#isFree(lane));
    }
  }
}
