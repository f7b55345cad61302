/**
 * Parts of a lab's starter files, for pages that explain them.
 *
 * They are read at build time from the files themselves. A text that a page names and that no longer exists is an error.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

export interface PartOfFile {
  /** The text with which the part begins. */
  readonly from?: string | undefined;
  /** The text before which it ends. */
  readonly until?: string | undefined;
  /** Leaves out the comments that give a task: before the reader has made a prediction, they would give the answer. */
  readonly withoutTasks?: boolean | undefined;
}

/** The file, or a part of it. */
export function starterFile(lab: string, file: string, { from, until, withoutTasks }: PartOfFile = {}): string {
  // Astro runs in the site's folder.
  const path = join(process.cwd(), '..', 'harness', 'course', lab, 'starter', file);
  const shown = part(readFileSync(path, 'utf8'), from, until).trimEnd();
  return withoutTasks === true ? withoutTaskComments(shown) : shown;
}

/** The part that begins with one text and ends before another. Throws if one of them is missing. */
export function part(source: string, from?: string, until?: string): string {
  const start = from === undefined ? 0 : source.indexOf(from);
  if (start === -1) throw new Error(`The page looks for «${from}», and the file has no such text.`);
  const end = until === undefined ? source.length : source.indexOf(until, start);
  if (end === -1) throw new Error(`The page looks for «${until}», and the file has no such text.`);
  return source.slice(start, end);
}

/** The code without comments that give a task, and without the empty line after each. */
export function withoutTaskComments(code: string): string {
  const kept: string[] = [];
  let isTask = false;
  let wasTask = false;
  for (const line of code.split('\n')) {
    isTask = /^\s*\/\/ [A-Z]+ \(task \d+\)/.test(line) || (isTask && /^\s*\/\//.test(line));
    const isGap = wasTask && !isTask && line.trim() === '';
    if (!isTask && !isGap) kept.push(line);
    wasTask = isTask;
  }
  return kept.join('\n');
}
