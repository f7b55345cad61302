/**
 * What a command may touch of the outside: streams, a page to write on, keys, a signal to stop.
 *
 * `main.ts` makes it from the process; tests make it from strings. Commands never use `process.stdout` themselves.
 */

import { type Page, PLAIN_PAGE } from '../grader/report/page.ts';
import type { Clone } from './clone.ts';
import type { Terminal } from './terminal.ts';

export interface Io {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: progress, and why something can't be done. */
  err(text: string): void;
  /** How standard output is written on. */
  readonly page: Page;
  /** Standard error is a terminal: progress may overwrite itself. */
  readonly liveProgress: boolean;
  /** Relative paths on the command line are meant from here. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Where the course lies. */
  readonly clone: Clone;
  /** A person who can press keys; null where input or output is no terminal. */
  readonly terminal: Terminal | null;
  /** `CI` is set: somebody relies on the verdict, and nothing that was done before may stand in for it. */
  readonly buildServer: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The widest line that is still pleasant to read. */
const MOST_COLUMNS = 120;
const FEWEST_COLUMNS = 40;

/**
 * Colour on a terminal, unless `NO_COLOR` is set or the terminal is `dumb`; elsewhere only if `FORCE_COLOR` asks for it.
 * Where the width is not known, `COLUMNS` says it. https://no-color.org
 */
export function pageOf(stream: Stream, env: Readonly<Record<string, string | undefined>>): Page {
  const asked = /^\d{1,4}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : PLAIN_PAGE.columns;
  const columns = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, stream.columns ?? asked));
  const refused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  return { columns, color: !refused && (forced || stream.isTTY === true) };
}
