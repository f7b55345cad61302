/**
 * The parts of the reader's files in which invocations stand during a run, with a few lines around them.
 *
 * Nothing is highlighted here: the same parts are shown for every step.
 */

import type { Stand } from './stands.ts';

export interface Excerpt {
  readonly file: string;
  /** The number of the first line, from 1. */
  readonly from: number;
  readonly lines: readonly string[];
}

/** How many lines stand around the first and the last line of interest. */
const AROUND = 2;

/** One part of each file that is known, in the order in which the run comes to them. */
export function excerpts(
  stands: readonly (readonly Stand[])[],
  files: Readonly<Record<string, string>>,
): readonly Excerpt[] {
  const lines = Map.groupBy(stands.flat(), ({ file }) => file);
  return [...lines].flatMap(([file, few]) => {
    const text = files[file];
    if (text === undefined) return [];
    const all = text.trimEnd().split('\n');
    const numbers = few.map(({ line }) => line);
    const from = Math.max(1, Math.min(...numbers) - AROUND);
    const to = Math.min(all.length, Math.max(...numbers) + AROUND);
    return from > to ? [] : [{ file, from, lines: all.slice(from - 1, to) }];
  });
}
