/**
 * The learner's files of `dedupe` in a folder, for those who measure that lab. Reads, and judges nothing.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dedupe } from '../course/dedupe/lab.ts';

/** By their paths in the lab; `folder` is counted from here. */
export function labFilesIn(folder: string): ReadonlyMap<string, string> {
  const root = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  return new Map(dedupe.editable.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}
