/**
 * Reads the learner's files of `dedupe` from a folder, for benchmarks of that lab.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dedupe } from '../course/dedupe/lab.ts';

/** The files by their paths in the lab; `folder` is relative to this file. */
export function labFilesIn(folder: string): ReadonlyMap<string, string> {
  const root = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  return new Map(dedupe.editable.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}
