/**
 * Writes the trace: gives every entry its number, its instant, its step and its cause. Judges nothing.
 */

import type { Actor } from '../contract/trace-entry.ts';
import type { PutBack, Restorable } from '../kernel/checkpoint.ts';
import type { RunClock } from '../kernel/run.ts';
import type { TraceEntry, TraceEvent } from '../trace.ts';

export class Recorder implements Restorable {
  /** Entries never change; a run that was resumed has a list of its own. */
  trace: TraceEntry[] = [];
  readonly #clock: RunClock;
  readonly #onNote: (event: TraceEvent) => void;

  constructor(clock: RunClock, onNote: (event: TraceEvent) => void) {
    this.#clock = clock;
    this.#onNote = onNote;
  }

  checkpoint(): PutBack {
    const { trace } = this;
    const { length } = trace;
    return () => {
      this.trace = trace.slice(0, length);
      return true;
    };
  }

  /** Appends an entry and returns its number. Later entries can name it as their cause. */
  note(actor: Actor, cause: number | null, event: TraceEvent): number {
    this.#onNote(event);
    const seq = this.trace.length;
    this.trace.push({ seq, atMs: this.#clock.nowMs, cause, step: this.#clock.step, actor, event });
    return seq;
  }
}
