/**
 * The texts of a submission: which they are, as one hash, and single lines of them.
 */

import { createHash } from 'node:crypto';
import type { Lab } from '../../course/lab.ts';

/** The hash of exactly the editable files, in the lab's order. Line ends don't count, as a checkout may change them. */
export function submissionHash(lab: Lab, files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const path of lab.editable) hash.update(`${path}\0${(files.get(path) ?? '').replaceAll('\r\n', '\n')}\0`);
  return hash.digest('hex');
}

/** One line of a submitted file, for an excerpt. */
export function sourceLine(files: ReadonlyMap<string, string>, file: string, line: number): string {
  return files.get(file)?.split('\n')[line - 1]?.trim() ?? '';
}
