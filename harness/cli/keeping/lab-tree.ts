/**
 * A lab's files on disk, for commands that compare or replace them: the starter's, and the learner's at the same paths.
 *
 * It reads only paths that the starter has. It writes nothing through a link, because a link could lead into the solution.
 */

import { access, constants, lstat, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { UsageError } from '../arguments.ts';
import { readOne } from '../learner-files.ts';

/** Relative paths with `/`, and the text of each. */
export type Tree = ReadonlyMap<string, string>;

export type OwnFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  /** A link, a folder, not text …: «is a link, or lies behind one.» */
  | { readonly kind: 'odd'; readonly problem: string };

/** Every file below a folder; null if there is no such folder. */
export async function readLabTree(folder: string): Promise<Tree | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)),
  );
}

/** The starter of a lab. */
export async function readStarter(folder: string, slug: string): Promise<Tree> {
  const tree = await readLabTree(folder);
  if (tree !== null && tree.size > 0) return tree;
  throw new UsageError(
    `The starter of ${slug} is missing from this clone. «git restore harness/course/${slug}/starter» brings it back.`,
  );
}

/** What the learner has at the paths of a tree. Throws a {@link UsageError} if the lab's folder is gone. */
export async function readOwnFiles(
  folder: string,
  slug: string,
  places: Iterable<string>,
): Promise<ReadonlyMap<string, OwnFile>> {
  const root = await realpath(folder).catch(() => null);
  if (root === null) {
    throw new UsageError(`There is no folder labs/${slug}. «git restore labs/${slug}» brings it back.`);
  }
  return new Map(await Promise.all([...places].map(async (path) => [path, await readOwn(root, path)] as const)));
}

async function readOwn(root: string, path: string): Promise<OwnFile> {
  const there = await lstat(join(root, path)).catch(() => null);
  if (there === null) return { kind: 'missing' };
  const read = await readOne(root, path);
  return typeof read === 'string' ? { kind: 'text', text: read } : { kind: 'odd', problem: read.problem };
}

/** Throws a {@link UsageError} if one of these paths can't be written, before anything is changed. */
export async function checkWritable(folder: string, shown: string, places: Iterable<string>): Promise<void> {
  const root = await realpath(folder);
  for (const path of places) {
    const parent = dirname(join(root, path));
    const real = await realpath(parent).catch(() => null);
    if (real !== null && real !== parent) {
      throw new UsageError(
        `${shown}/${dirname(path)} is a link, or lies behind one. Nothing was changed. Put a folder in its place and run the command again.`,
      );
    }
    if (await isWritable(real ?? root)) continue;
    throw new UsageError(
      `${shown}/${path} can’t be replaced: its folder is not writable for you. Nothing was changed.`,
    );
  }
}

/** Replaces the file at this path by a text, completely or not at all. */
export async function replaceFile(folder: string, path: string, text: string | Uint8Array): Promise<void> {
  const file = join(await realpath(folder), path);
  const beside = join(dirname(file), `.${process.pid}.part`);
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
