/**
 * A thread that explores, seen from outside: starts it, gives it tasks, hears what came of them.
 *
 * It runs the same harness on its own copy of the submission, with a host of its own. A thread that ends by itself is a bug of
 * ours, and is told as one.
 */

import { Worker } from 'node:worker_threads';
import type { Lab } from '../../course/lab.ts';
import { fromData } from '../exploration/as-data.ts';
import type { Following, Outcome, Task } from './local-worker.ts';
import type { CrewOrder, FromWorker, ToWorker } from './messages.ts';
import type { Lane } from './pool.ts';

/** How long a thread may take to end its host and itself, before it is ended. */
const END_LIMIT_MS = 1_000;

interface Running {
  readonly task: Task;
  readonly following: Following;
  resolve(outcome: Outcome): void;
  reject(error: Error): void;
}

/** A thread that could not do what it was told. */
export class ThreadEnded extends Error {
  override name = 'ThreadEnded';
}

export class ThreadLane implements Lane {
  readonly #worker: Worker;
  readonly #lab: Lab;
  readonly #ended: Promise<void>;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #running: Running | null = null;
  #failed: Error | null = null;

  /** @param script The file that the thread runs: it knows the course. */
  constructor(script: URL, lab: Lab, order: CrewOrder) {
    this.#lab = lab;
    // Node before 24.12 calls its reading of TypeScript experimental, on every start.
    this.#worker = new Worker(script, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on('messageerror', (error) => this.#end(error.message));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#end(`it ended with code ${code}`);
        resolve();
      });
    });
    this.#tell({ kind: 'order', order });
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  explore(task: Task, following: Following): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(this.#failed);
      const stop = (): void => this.#tell({ kind: 'stop' });
      following.signal.addEventListener('abort', stop, { once: true });
      const over = (): void => following.signal.removeEventListener('abort', stop);
      this.#running = {
        task,
        following,
        resolve: (outcome) => {
          over();
          resolve(outcome);
        },
        reject: (error) => {
          over();
          reject(error);
        },
      };
      this.#tell({ kind: 'explore', task });
      return following.signal.aborted ? stop() : undefined;
    });
  }

  /** Lets it end its host first, which would otherwise go on alone; before it is ready it has none. */
  async close(): Promise<void> {
    this.#tell({ kind: 'close' });
    const late = setTimeout(() => void this.#worker.terminate(), this.#isReady ? END_LIMIT_MS : 0);
    await this.#ended;
    clearTimeout(late);
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
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
      running.following.onProgress(message.explored);
      return;
    }
    this.#running = null;
    if (message.kind === 'stopped') running.reject(running.following.signal.reason as Error);
    else if (message.kind === 'failed') running.reject(errorOf(message));
    else if (message.kind === 'explored') {
      const checks = this.#lab.checks.filter(({ scenario }) => scenario === running.task.scenario);
      running.resolve({ ...message, exploration: fromData(message.exploration, checks) });
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

/** The error as it was in the thread, so that a bug is told alike wherever it showed. */
function errorOf({ name, message, stack }: FromWorker & { readonly kind: 'failed' }): Error {
  return Object.assign(new Error(message), { name, stack });
}
