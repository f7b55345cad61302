/**
 * A hash of the harness: of everything that could change the result of an exploration.
 *
 * It covers the contents of all files in the rooms that take part in one, without tests. It exists in a clone only: an
 * installed package caches no explorations.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const HARNESS = fileURLToPath(new URL('../', import.meta.url));

/** Commands, pages and benchmarks do not affect a result. package.json pins the SDK. */
const PARTS = [
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
export function hashOfHarness(folder = HARNESS, startedMs = performance.timeOrigin): string | null {
  const hash = createHash('sha256');
  for (const path of PARTS.flatMap((part) => filesAt(join(folder, part)))) {
    if (statSync(path).mtimeMs > startedMs) return null;
    hash
      .update(`${relative(folder, path).split(sep).join('/')}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !name.endsWith('.test.ts') && !name.endsWith('.md'))
    .flatMap((name) => filesAt(join(path, name)));
}
