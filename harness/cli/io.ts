/**
 * The parts of the outside that a command may use: streams, a page to write on, keys, a signal to stop.
 *
 * `main.ts` makes them from the process; tests make them from strings. Commands never use `process.stdout` themselves.
 */

import { type Page, PLAIN_PAGE } from '../grader/report/page.ts';
import type { LabResult } from '../grader/result.ts';
import type { Clone } from './clone.ts';
import type { Terminal } from './terminal.ts';

export interface Io {
  /** Writes to standard output: the result of the command. */
  out(text: string): void;
  /** Writes to standard error: progress, and why something can't be done. */
  err(text: string): void;
  /** The width and colour of standard output. */
  readonly page: Page;
  /** Standard error is a terminal, so progress may overwrite itself. */
  readonly liveProgress: boolean;
  /** The folder to which relative paths on the command line refer. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The paths of the course. */
  readonly clone: Clone;
  /** A person who can press keys; null if input or output is no terminal. */
  readonly terminal: Terminal | null;
  /** Whether `CI` is set. Then others rely on the verdict, so no earlier exploration may replace a new one. */
  readonly buildServer: boolean;
  /** Shows each check of a finished result as a test, for editors and build servers that read those. Its answer changes no verdict. */
  listChecks(result: LabResult, color: boolean): Promise<boolean>;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The widest line that is still comfortable to read. */
const MOST_COLUMNS = 120;
const FEWEST_COLUMNS = 40;

/**
 * Colour on a terminal, unless `NO_COLOR` is set or the terminal is `dumb`; elsewhere only with `FORCE_COLOR`. `COLUMNS` gives
 * the width if the terminal does not. https://no-color.org
 */
export function pageOf(stream: Stream, env: Readonly<Record<string, string | undefined>>): Page {
  const asked = /^\d{1,4}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : PLAIN_PAGE.columns;
  const columns = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, stream.columns ?? asked));
  const refused = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const isTerminal = stream.isTTY === true;
  return { columns, color: !refused && (forced || isTerminal), isTerminal };
}
