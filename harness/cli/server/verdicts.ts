/**
 * Grades labs as they are saved, one after the other, and remembers the latest verdict of each.
 *
 * A save while its lab is being graded stops that run and starts it again, because a verdict on outdated code is useless.
 */

import type { Lab } from '../../course/lab.ts';
import type { LabResult, Notice } from '../../grader/result.ts';
import type { SavedVerdict } from '../on-save/grading-processes.ts';

export interface VerdictsOptions {
  grade(lab: Lab, signal: AbortSignal): Promise<SavedVerdict>;
  /** Warnings, which take longer than a verdict and follow it. */
  warnings(lab: Lab, signal: AbortSignal): Promise<readonly Notice[]>;
  onGrading(lab: Lab): void;
  onVerdict(lab: Lab, result: LabResult): void;
  /** The same verdict, now with its warnings. */
  onWarnings(lab: Lab, result: LabResult, warnings: readonly Notice[]): void;
  onFailure(lab: Lab, message: string): void;
}

export class Verdicts {
  readonly #options: VerdictsOptions;
  readonly #latest = new Map<string, LabResult>();
  readonly #waiting = new Map<string, Lab>();
  #running: { readonly slug: string; readonly stop: AbortController } | null = null;
  #closed = false;
  #working: Promise<void> = Promise.resolve();

  constructor(options: VerdictsOptions) {
    this.#options = options;
  }

  latest(slug: string): LabResult | undefined {
    return this.#latest.get(slug);
  }

  /** A lab's files have changed. */
  request(lab: Lab): void {
    this.#waiting.set(lab.slug, lab);
    if (this.#running?.slug === lab.slug) this.#running.stop.abort();
    if (this.#running === null) this.#working = this.#work();
  }

  /** Stops the current run. Resolves when it has ended. */
  close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    this.#running?.stop.abort();
    return this.#working;
  }

  async #work(): Promise<void> {
    for (let lab = this.#next(); lab !== undefined; lab = this.#next()) {
      const stop = new AbortController();
      this.#running = { slug: lab.slug, stop };
      this.#options.onGrading(lab);
      this.#settle(lab, await this.#options.grade(lab, stop.signal));
      await this.#warn(lab, stop.signal);
    }
    this.#running = null;
  }

  #next(): Lab | undefined {
    const lab = this.#closed ? undefined : this.#waiting.values().next().value;
    if (lab !== undefined) this.#waiting.delete(lab.slug);
    return lab;
  }

  async #warn(lab: Lab, signal: AbortSignal): Promise<void> {
    const result = this.#latest.get(lab.slug);
    if (signal.aborted || result === undefined) return;
    const warnings = await this.#options.warnings(lab, signal);
    if (signal.aborted || warnings.length === 0 || this.#latest.get(lab.slug) !== result) return;
    const whole = { ...result, notices: [...result.notices, ...warnings] };
    this.#latest.set(lab.slug, whole);
    this.#options.onWarnings(lab, whole, warnings);
  }

  #settle(lab: Lab, verdict: SavedVerdict): void {
    if (this.#closed || verdict.kind === 'stopped') return;
    if (verdict.kind === 'failed') {
      this.#options.onFailure(lab, verdict.message);
      return;
    }
    this.#latest.set(lab.slug, verdict.result);
    this.#options.onVerdict(lab, verdict.result);
  }
}
