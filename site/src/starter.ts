/**
 * Parts of the files that a lab gives out, for pages that talk about them.
 *
 * Read at build time where they are kept. A text that a page looks for and that is gone is an error.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** The file, or its part from one text on and before another. */
export function starterFile(lab: string, file: string, from?: string, until?: string): string {
  // Astro runs in the site's folder.
  const path = join(process.cwd(), '..', 'harness', 'course', lab, 'starter', file);
  return part(readFileSync(path, 'utf8'), from, until).trimEnd();
}

/** The part of a text from one text on and before another. Throws if one of them is not there. */
export function part(source: string, from?: string, until?: string): string {
  const start = from === undefined ? 0 : source.indexOf(from);
  if (start === -1) throw new Error(`The page looks for «${from}», and the file has no such text.`);
  const end = until === undefined ? source.length : source.indexOf(until, start);
  if (end === -1) throw new Error(`The page looks for «${until}», and the file has no such text.`);
  return source.slice(start, end);
}
