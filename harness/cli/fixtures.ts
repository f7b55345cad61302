/**
 * A terminal made of strings, for tests of commands.
 *
 * It keeps what was printed on each stream and does not touch the process.
 */

import { join } from 'node:path';
import { PLAIN_PAGE } from '../grader/report/page.ts';
import { cloneAt, cloneRoot } from './clone.ts';
import type { Io } from './io.ts';

export interface RecordedIo extends Io {
  readonly printed: { out: string; err: string };
}

/** An Io without colour and without a live line, at 80 columns, which keeps nothing for a learner. */
export function recordIo(more: Partial<Io> = {}): RecordedIo {
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    page: PLAIN_PAGE,
    liveProgress: false,
    cwd: import.meta.dirname,
    signal: new AbortController().signal,
    clone: { ...cloneAt(cloneRoot()), own: join(cloneRoot(), 'package.json', 'nowhere') },
    terminal: null,
    buildServer: true,
    listChecks: async () => true,
    ...more,
  };
}
