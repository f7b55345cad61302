/**
 * Threads that grade side by side, one submission in each.
 *
 * The course check grades hundreds of submissions, most of which end after few schedules: to share one of them among threads
 * gains little, and to grade several at once uses every core. The results are those of a grading alone.
 */

import type { Lab } from '../../course/lab.ts';
import type { LabResult } from '../../grader/result.ts';
import { type LabData, labData } from '../../grader/workers/messages.ts';
import { NodeThread } from '../../node/thread.ts';
import type { HostKind } from '../../platform/platform.ts';
import { harnessErrorResult } from '../grading.ts';
import { Interrupted, wasInterrupted } from '../interrupted.ts';

/** What a thread needs to know of one grading. */
export interface GradingOrder {
  readonly lab: LabData;
  readonly files: ReadonlyMap<string, string>;
  readonly host: HostKind;
}

export interface GradersOptions {
  /** How many submissions are graded at once. */
  readonly threads: number;
  readonly host: HostKind;
  /** Ends all threads; everything that is not graded by then rejects with {@link Interrupted}. */
  readonly signal: AbortSignal;
}

const THREAD = new URL('./grading-thread.ts', import.meta.url);

export class Graders {
  readonly #options: GradersOptions;
  readonly #idle: GradingThread[] = [];
  readonly #all = new Set<GradingThread>();

  constructor(options: GradersOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.close(), { once: true });
  }

  /**
   * Does `work` for as many items at once as there are threads, the first ones first. The promises are in the order of the
   * items.
   */
  each<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): readonly Promise<Result>[] {
    const doing = items.map((item) => ({ item, ...Promise.withResolvers<Result>() }));
    const waiting = doing.values();
    const takeNext = async (): Promise<void> => {
      for (const { item, resolve, reject } of waiting) await work(item).then(resolve, reject);
    };
    for (let thread = 0; thread < this.#options.threads; thread += 1) void takeNext();
    const promises = doing.map(({ promise }) => promise);
    // Whoever awaits them in order may stop at the first that fails; then nobody hears of the others.
    void Promise.allSettled(promises);
    return promises;
  }

  /** Grades one submission in a thread that is idle, or in a new one. Rejects only with {@link Interrupted}. */
  async grade(lab: Lab, files: ReadonlyMap<string, string>): Promise<LabResult> {
    const { host, signal } = this.#options;
    if (signal.aborted) throw new Interrupted();
    const startedMs = performance.now();
    const thread = this.#idle.pop() ?? this.#start();
    try {
      const result = await thread.grade({ lab: labData(lab), files, host });
      this.#idle.push(thread);
      return result;
    } catch (error) {
      this.#all.delete(thread);
      if (await wasInterrupted(signal)) throw new Interrupted();
      return harnessErrorResult(lab, host, error, startedMs);
    }
  }

  /** Ends every thread. */
  close(): void {
    for (const thread of this.#all) thread.end();
    this.#all.clear();
    this.#idle.length = 0;
  }

  #start(): GradingThread {
    const thread = new GradingThread();
    this.#all.add(thread);
    return thread;
  }
}

/** A thread that grades one submission at a time. */
class GradingThread {
  readonly #thread = new NodeThread(THREAD);
  #asked: PromiseWithResolvers<LabResult> | null = null;

  constructor() {
    this.#thread.onMessage((result) => this.#asked?.resolve(result as LabResult));
    this.#thread.onEnd((why) => this.#asked?.reject(new Error(`a thread of the course check is gone: ${why}`)));
  }

  /** Rejects if the thread ends before it has a result. */
  grade(order: GradingOrder): Promise<LabResult> {
    this.#asked = Promise.withResolvers<LabResult>();
    this.#thread.tell(order);
    return this.#asked.promise;
  }

  end(): void {
    this.#thread.terminate();
  }
}
