/**
 * Shows the progress of work that takes more than a second, on standard error.
 *
 * On a terminal it is one line that overwrites itself and is cleared at the end; elsewhere it is a plain line from time to
 * time. The first failure has a line of its own, which stays, as soon as it is known. Work that ends at once prints nothing.
 */

import type { GradeProgress } from '../grader/grade.ts';
import { clip, folded } from '../grader/report/page.ts';
import { count } from '../words/phrases.ts';
import type { Io } from './io.ts';

const QUIET_MS = 1_000;
const LIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5_000;

export interface Progress {
  update(progress: GradeProgress): void;
  /** Clears the line. Can be called twice. */
  done(): void;
}

/** Starts to measure. `now` returns milliseconds. */
export function startProgress(io: Io, what: string, now: () => number = () => performance.now()): Progress {
  const startedMs = now();
  let lastMs = startedMs + QUIET_MS - (io.liveProgress ? LIVE_EVERY_MS : PLAIN_EVERY_MS);
  let shown = false;
  let isFailureTold = false;
  const clear = (): void => {
    if (shown) io.err('\r\u001b[K');
    shown = false;
  };
  return {
    update({ scenario, explored, broken }) {
      const nowMs = now();
      if (nowMs - startedMs < QUIET_MS) return;
      if (broken !== undefined && !isFailureTold) {
        isFailureTold = true;
        clear();
        const line = folded(`✗ ${scenario}: ${broken}`, { ...io.page, isTerminal: io.liveProgress });
        io.err(`${line.join('\n')}\n`);
      }
      if (nowMs - lastMs < (io.liveProgress ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
      lastMs = nowMs;
      const line = `${what}: ${scenario}, ${count(explored, 'schedule')} so far`;
      io.err(io.liveProgress ? `\r\u001b[K${clip(line, io.page.columns - 1)}` : `${line}\n`);
      shown = io.liveProgress;
    },
    done: clear,
  };
}

export interface Telling {
  /** Shows what is being done, and which part of it. */
  tell(what: string, part?: string): void;
  /** Clears the line. Can be called twice. */
  done(): void;
}

/** For work in real time: on a terminal one line that changes with every part, elsewhere one line for each finished thing. */
export function startTelling(io: Io, about: string): Telling {
  let shown = false;
  let last = '';
  return {
    tell(what, part) {
      if (io.liveProgress) {
        const line = part === undefined ? `${about}: ${what}` : `${about}: ${what}: ${part}`;
        io.err(`\r\u001b[K${clip(line, io.page.columns - 1)}`);
        shown = true;
      } else if (what !== last) io.err(`${about}: ${what}\n`);
      last = what;
    },
    done() {
      if (shown) io.err('\r\u001b[K');
      shown = false;
    },
  };
}
