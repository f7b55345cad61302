/**
 * Writes the trace: gives every entry its number, its instant, its step and its cause. Judges nothing.
 */

import type { Actor } from '../contract/trace-entry.ts';
import type { PutBack, Restorable } from '../kernel/checkpoint.ts';
import type { RunClock } from '../kernel/run.ts';
import type { TraceEntry, TraceEvent } from '../trace.ts';

/** Is handed each entry of a trace that is too long to be kept. */
export type Witness = (entry: TraceEntry) => void;

export class Recorder implements Restorable {
  /** Entries never change; a run that was resumed has a list of its own. Empty if there is a witness. */
  trace: TraceEntry[] = [];
  /** How many entries there were. */
  written = 0;
  readonly #clock: RunClock;
  readonly #onNote: (event: TraceEvent) => void;
  readonly #witness: Witness | undefined;

  constructor(clock: RunClock, onNote: (event: TraceEvent) => void, witness?: Witness) {
    this.#clock = clock;
    this.#onNote = onNote;
    this.#witness = witness;
  }

  checkpoint(): PutBack {
    const { trace, written } = this;
    return () => {
      this.trace = trace.slice(0, written);
      this.written = written;
      return true;
    };
  }

  /** Appends an entry and returns its number. Later entries can name it as their cause. */
  note(actor: Actor, cause: number | null, event: TraceEvent): number {
    this.#onNote(event);
    const seq = this.written;
    this.written += 1;
    const entry = { seq, atMs: this.#clock.nowMs, cause, step: this.#clock.step, actor, event };
    if (this.#witness === undefined) this.trace.push(entry);
    else this.#witness(entry);
    return seq;
  }
}
