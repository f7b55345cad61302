/**
 * What a page knows of the grading of its lab, kept once for all its elements.
 *
 * It listens to `npm start` and passes on each change. It grades nothing, and draws nothing.
 */

import type { GradingSoFar } from '../../../harness/cli/server/grading-so-far.ts';
import type { LabResult } from '../../../harness/grader/result.ts';
import { latestVerdict, listen, mayHaveApi } from './local-api.ts';

export interface GradingSeen {
  /** `none`: this host can't grade. `lost`: `npm start` has ended. */
  readonly connection: 'asking' | 'none' | 'open' | 'lost';
  /** A save is being graded at this moment. */
  readonly isGrading: boolean;
  readonly soFar: GradingSoFar | null;
  /** What the first look at this save has found, until its verdict comes. */
  readonly look: LabResult | null;
  /** The latest verdict; while a save is being graded, that of the save before. */
  readonly verdict: LabResult | null;
  /** Why the latest save could not be graded. */
  readonly failure: string | null;
}

type Listener = (seen: GradingSeen) => void;

const NOTHING: GradingSeen = {
  connection: 'asking',
  isGrading: false,
  soFar: null,
  look: null,
  verdict: null,
  failure: null,
};

class Grading {
  readonly #lab: string;
  readonly #listeners = new Set<Listener>();
  #seen = NOTHING;
  #stop: (() => void) | null = null;

  constructor(lab: string) {
    this.#lab = lab;
    if (mayHaveApi()) void this.#ask();
    else this.#seen = { ...NOTHING, connection: 'none' };
  }

  follow(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener(this.#seen);
    return () => this.#listeners.delete(listener);
  }

  async #ask(): Promise<void> {
    const verdict = await latestVerdict(this.#lab);
    if (verdict === undefined) return this.#change({ connection: 'none' });
    this.#change({ connection: 'open', verdict });
    this.#listen();
  }

  #listen(): void {
    const mine = (lab: string, change: Partial<GradingSeen>): void => {
      if (lab === this.#lab) this.#change(change);
    };
    this.#stop ??= listen({
      onGrading: (lab) => mine(lab, { isGrading: true, soFar: null, look: null, failure: null }),
      onProgress: (lab, soFar) => mine(lab, { isGrading: true, soFar }),
      onLook: (lab, look) => mine(lab, { isGrading: true, look }),
      onVerdict: (lab, verdict) => mine(lab, { isGrading: false, soFar: null, look: null, failure: null, verdict }),
      onFailure: (lab, failure) => mine(lab, { isGrading: false, soFar: null, look: null, failure }),
      onConnection: (open) => (open ? this.#goOn() : this.#change({ connection: 'lost', isGrading: false })),
    });
  }

  /** After an interruption the page may have missed a verdict. */
  #goOn(): void {
    if (this.#seen.connection !== 'lost') return;
    void latestVerdict(this.#lab).then((verdict) =>
      this.#change({ connection: 'open', verdict: verdict ?? this.#seen.verdict }),
    );
  }

  #change(change: Partial<GradingSeen>): void {
    this.#seen = { ...this.#seen, ...change };
    for (const listener of this.#listeners) listener(this.#seen);
  }
}

const gradings = new Map<string, Grading>();

/** Calls `listener` with what is known of this lab now, and after each change, until the returned function is called. */
export function followGrading(lab: string, listener: Listener): () => void {
  const grading = gradings.get(lab) ?? new Grading(lab);
  gradings.set(lab, grading);
  return grading.follow(listener);
}
