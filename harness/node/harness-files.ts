/**
 * The files of the harness in a clone: which there are, and whether one of them has changed since an instant.
 *
 * A process that has loaded the harness runs the text that it found then. Whoever keeps a result or a process has to know whether
 * that text is still the one on disk.
 */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HARNESS_FOLDER = fileURLToPath(new URL('../', import.meta.url));

/** All files of these rooms in an order of their own, without tests and without what is only read by people. */
export function filesOfRooms(rooms: readonly string[], folder = HARNESS_FOLDER): readonly string[] {
  return rooms.flatMap((room) => filesAt(join(folder, room)));
}

/** Whether a file is younger than this instant, in milliseconds since 1970. */
export function isYoungerThan(path: string, instantMs: number): boolean {
  return statSync(path).mtimeMs > instantMs;
}

function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !name.endsWith('.test.ts') && !name.endsWith('.md'))
    .flatMap((name) => filesAt(join(path, name)));
}
