/**
 * Parts of a lab's starter files, for pages that explain them.
 *
 * They are read at build time from the files themselves. A text that a page names and that no longer exists is an error.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** The file, or its part that begins with one text and ends before another. */
export function starterFile(lab: string, file: string, from?: string, until?: string): string {
  // Astro runs in the site's folder.
  const path = join(process.cwd(), '..', 'harness', 'course', lab, 'starter', file);
  return part(readFileSync(path, 'utf8'), from, until).trimEnd();
}

/** The part that begins with one text and ends before another. Throws if one of them is missing. */
export function part(source: string, from?: string, until?: string): string {
  const start = from === undefined ? 0 : source.indexOf(from);
  if (start === -1) throw new Error(`The page looks for «${from}», and the file has no such text.`);
  const end = until === undefined ? source.length : source.indexOf(until, start);
  if (end === -1) throw new Error(`The page looks for «${until}», and the file has no such text.`);
  return source.slice(start, end);
}
