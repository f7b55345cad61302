/**
 * Bundles that never change are built once and kept, by the content of their inputs.
 *
 * A cache that can't be written or read is no error: the bundle is then built again.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES_FOLDER } from '../own-files.ts';

/** In the clone's own `node_modules`, so that removing that folder removes everything. */
export const CACHE_FOLDER = join(PACKAGES_FOLDER, '.cache', 'raceproof');

/** The text for these inputs (files or folders); `make` creates it if it is not in the cache. */
export async function cached(name: string, inputs: readonly string[], make: () => Promise<string>): Promise<string> {
  const key = createHash('sha256')
    .update([process.version, ...inputs.flatMap(contents)].join('\0'))
    .digest('hex')
    .slice(0, 16);
  const file = join(CACHE_FOLDER, `${name}-${key}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It is missing or not readable, so it is built below.
  }
  const text = await make();
  keep(file, text);
  return text;
}

function contents(path: string): string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => contents(join(path, entry)));
}

function keep(file: string, text: string): void {
  try {
    mkdirSync(CACHE_FOLDER, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    // A read-only clone works too, but without a cache.
  }
}
