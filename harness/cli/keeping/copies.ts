/**
 * Dated copies of a learner's work, made before a command replaces any of it.
 *
 * A copy is complete as soon as it exists, because it is first written under another name. Nothing here deletes a finished
 * copy.
 */

import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import process from 'node:process';
import { UsageError } from '../arguments.ts';
import type { Clone } from '../clone.ts';
import { ownFolderOf } from './memory.ts';

/**
 * Copies everything in `labs/<slug>` except installed packages.
 * @returns the copy's folder, relative to the clone's root. Throws a {@link UsageError} if it can't be made.
 */
export async function keepCopy(clone: Clone, slug: string, now: Date): Promise<string> {
  const folder = join(ownFolderOf(clone, slug), 'kept');
  const unfinished = join(folder, `.${process.pid}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await cp(clone.lab(slug), unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      errorOnExist: true,
      force: false,
      filter: (source) => basename(source) !== 'node_modules',
    });
    const kept = await freeName(folder, dated(now));
    await rename(unfinished, kept);
    return relative(clone.root, kept);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `Your work could not be copied to ${relative(clone.root, folder)}, so nothing was changed: ${why}. Make room or make the folder writable, and run the command again.`,
    );
  }
}

/** The copies of a lab, oldest first, relative to the clone's root. */
export async function keptCopies(clone: Clone, slug: string): Promise<readonly string[]> {
  const folder = join(ownFolderOf(clone, slug), 'kept');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => relative(clone.root, join(folder, name)));
}

/** For example «2026-03-05-at-09-07-33», in the machine's local time. Every file system accepts this name. */
function dated(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `${day}-at-${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('-')}`;
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = join(folder, number === 1 ? name : `${name}-${number}`);
    if ((await lstat(candidate).catch(() => null)) === null) return candidate;
  }
}
