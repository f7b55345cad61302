/**
 * A hash of the harness: of everything that could change the result of an exploration.
 *
 * It covers the contents of all files in the rooms that take part in one, without tests. It exists in a clone only: an
 * installed package caches no explorations.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { filesOfRooms, HARNESS_FOLDER, isYoungerThan } from './harness-files.ts';

/** Commands, pages and benchmarks do not affect a result. package.json pins the SDK. */
export const ROOMS_OF_AN_EXPLORATION: readonly string[] = [
  'package.json',
  'course',
  'node',
  'grader',
  'targets',
  'scenario',
  'platform',
  'host',
  'simulator',
  'words',
];

/**
 * The hash, or null if a file is younger than this process. The process may then run an older text of the file, and its
 * explorations must not be stored under the hash of the newer one.
 */
export function hashOfHarness(folder = HARNESS_FOLDER, startedMs = performance.timeOrigin): string | null {
  const hash = createHash('sha256');
  for (const path of filesOfRooms(ROOMS_OF_AN_EXPLORATION, folder)) {
    if (isYoungerThan(path, startedMs)) return null;
    hash
      .update(`${relative(folder, path).split(sep).join('/')}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}
