/**
 * The texts of a submission: one hash for all of them, and single lines.
 */

import type { Lab } from '../../course/lab.ts';
import type { Platform } from '../../platform/platform.ts';

/** The hash of exactly the editable files, in the lab's order. It ignores line ends, because a checkout may change them. */
export function submissionHash(lab: Lab, files: ReadonlyMap<string, string>, sha256: Platform['sha256']): string {
  const texts = lab.editable.map((path) => `${path}\0${(files.get(path) ?? '').replaceAll('\r\n', '\n')}\0`);
  return sha256(...texts);
}

/** One line of a submitted file, for an excerpt. */
export function sourceLine(files: ReadonlyMap<string, string>, file: string, line: number): string {
  return files.get(file)?.split('\n')[line - 1]?.trim() ?? '';
}
