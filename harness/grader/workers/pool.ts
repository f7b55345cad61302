/**
 * The pool of workers: this thread, and further threads if the caller allows them.
 *
 * Tasks wait in the order of their positions, and a free worker takes the first of a scenario that no other worker is busy with. The
 * result does not depend on which worker performs a task. Further threads start only when more tasks wait than this thread should do alone.
 */

import { invariant } from '../../simulator/kernel/bug.ts';
import type { Task, TaskControl, TaskOutcome, TaskWorker } from './task.ts';

export interface WorkerPoolOptions {
  /** The worker in this thread. */
  readonly here: TaskWorker;
  /** At most this many threads beside it. */
  readonly mostElsewhere: number;
  startElsewhere(): TaskWorker;
}

interface WaitingTask {
  readonly position: number;
  readonly task: Task;
  readonly control: TaskControl;
  begin(outcome: Promise<TaskOutcome>): void;
}

/** A thread needs about half a second to start. With fewer waiting tasks than this it would come too late. */
const TASKS_WORTH_A_THREAD = 3;

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers: TaskWorker[];
  readonly #idle: TaskWorker[];
  /** The scenarios of the tasks that are being performed. */
  readonly #busyWith = new Map<TaskWorker, string>();
  #waiting: WaitingTask[] = [];
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#workers = [options.here];
    this.#idle = [options.here];
  }

  /** Has a task performed as soon as a worker is free. Of the waiting tasks, the one with the lowest position is next. */
  submit(position: number, task: Task, control: TaskControl): Promise<TaskOutcome> {
    return new Promise((begin) => {
      const at = this.#waiting.findIndex((other) => other.position > position);
      this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { position, task, control, begin });
      // Tasks that are submitted in the same turn are distributed together, in their order.
      queueMicrotask(() => this.#distribute());
    });
  }

  /** Ends the other threads, and the host of this one. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #distribute(): void {
    this.#dropStopped();
    this.#startWorkers();
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const [worker, next] = [this.#idle.shift(), this.#takeNext()];
      invariant(worker !== undefined && next !== undefined, 'a free worker and a waiting task are there');
      this.#busyWith.set(worker, next.task.scenario);
      const outcome = worker.perform(next.task, next.control);
      next.begin(outcome);
      const free = (): void => this.#isFree(worker);
      outcome.then(free, free);
    }
  }

  /**
   * The first waiting task of a scenario that no other worker is busy with, or else the first: each worker has to learn for itself what
   * code does in a scenario, so two of them in one scenario do work twice.
   */
  #takeNext(): WaitingTask | undefined {
    const busyWith = new Set(this.#busyWith.values());
    const apart = this.#waiting.findIndex(({ task }) => !busyWith.has(task.scenario));
    return this.#waiting.splice(Math.max(apart, 0), 1)[0];
  }

  #isFree(worker: TaskWorker): void {
    this.#busyWith.delete(worker);
    this.#idle.push(worker);
    this.#distribute();
  }

  #dropStopped(): void {
    const stopped = this.#waiting.filter(({ control }) => control.signal.aborted);
    if (stopped.length === 0) return;
    this.#waiting = this.#waiting.filter(({ control }) => !control.signal.aborted);
    for (const { begin, control } of stopped) begin(Promise.reject(control.signal.reason));
  }

  #startWorkers(): void {
    const { mostElsewhere, startElsewhere } = this.#options;
    if (this.#closed || this.#waiting.length < TASKS_WORTH_A_THREAD) return;
    const wanted = Math.min(mostElsewhere, this.#waiting.length - 1);
    while (this.#workers.length - 1 < wanted) {
      const worker = startElsewhere();
      this.#workers.push(worker);
      void worker.ready?.then(() => this.#isFree(worker));
    }
  }
}
