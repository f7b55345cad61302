/**
 * A worker in its own thread, seen from outside: sends tasks to the thread and receives their outcomes.
 *
 * The thread runs the same harness on its own copy of the submission, with its own host. A thread that ends by itself is a bug
 * of ours and is reported as one.
 */

import type { Lab } from '../../course/lab.ts';
import type { Thread } from '../../platform/platform.ts';
import { explorationFromData } from '../exploration/as-data.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './messages.ts';
import type { Task, TaskControl, TaskOutcome, TaskWorker } from './task.ts';

/** How long a thread may take to end its host and itself, in milliseconds. After that it is terminated. */
const END_LIMIT_MS = 500;

interface Running {
  readonly task: Task;
  readonly control: TaskControl;
  resolve(outcome: TaskOutcome): void;
  reject(error: Error): void;
}

/** A thread ended although it had a task. */
export class ThreadEnded extends Error {
  override name = 'ThreadEnded';
}

export class ThreadWorker implements TaskWorker {
  readonly #thread: Thread;
  readonly #lab: Lab;
  readonly #ended: Promise<void>;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #running: Running | null = null;
  #failed: Error | null = null;

  constructor(thread: Thread, lab: Lab, order: WorkerOrder) {
    this.#lab = lab;
    this.#thread = thread;
    thread.onMessage((message) => this.#hear(message as FromWorker));
    this.#ended = new Promise((resolve) => {
      thread.onEnd((why) => {
        this.#end(why);
        resolve();
      });
    });
    this.#tell({ kind: 'order', order });
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  perform(task: Task, control: TaskControl): Promise<TaskOutcome> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed);
      const stop = (): void => this.#tell({ kind: 'stop' });
      control.signal.addEventListener('abort', stop, { once: true });
      const over = (): void => control.signal.removeEventListener('abort', stop);
      this.#running = {
        task,
        control,
        resolve: (outcome) => {
          over();
          resolve(outcome);
        },
        reject: (error) => {
          over();
          reject(error);
        },
      };
      this.#tell({ kind: 'perform', task });
      return control.signal.aborted ? stop() : undefined;
    });
  }

  /** Lets the thread end its host first; otherwise the host would go on alone. A thread that is not ready has no host. */
  async close(): Promise<void> {
    this.#tell({ kind: 'close' });
    const late = setTimeout(() => this.#thread.terminate(), this.#isReady ? END_LIMIT_MS : 0);
    await this.#ended;
    clearTimeout(late);
  }

  #tell(message: ToWorker): void {
    this.#thread.tell(message);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.#isReady = true;
      this.#ready.resolve();
      return;
    }
    const running = this.#running;
    if (running === null) return;
    if (message.kind === 'progress') {
      running.control.onProgress(message.explored, message.broken);
      return;
    }
    this.#running = null;
    if (message.kind === 'stopped') running.reject(running.control.signal.reason as Error);
    else if (message.kind === 'failed') running.reject(errorOf(message));
    else if (message.kind === 'explored') {
      const checks = this.#lab.checks.filter(({ scenario }) => scenario === running.task.scenario);
      running.resolve({ ...message, exploration: explorationFromData(message.exploration, checks) });
    } else running.resolve(message);
  }

  #end(why: string): void {
    const doing = this.#running === null ? 'before it explored' : `while it explored «${this.#running.task.scenario}»`;
    this.#ready.resolve();
    this.#failed ??= new ThreadEnded(`A thread of the grader ended ${doing}: ${why}.`);
    this.#running?.reject(this.#failed);
    this.#running = null;
  }
}

/** The error as it was in the thread, so that a bug is reported the same way wherever it occurred. */
function errorOf({ name, message, stack }: FromWorker & { readonly kind: 'failed' }): Error {
  return Object.assign(new Error(message), { name, stack });
}
