/**
 * The starter that a learner's files began with, which `update` needs as the base of its merge.
 *
 * A copy of the starter is stored when a lab is first graded, and again by `reset` and `update`. If there is no copy, git's
 * history is searched for the version that is nearest to the learner's files.
 */

import { execFile } from 'node:child_process';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Clone } from '../clone.ts';
import { linesOf, matchLines } from '../compare/lines.ts';
import { readLabTree, type Tree } from './lab-tree.ts';
import { ownFolderOf } from './memory.ts';

/** At most this many versions of a starter are compared. */
const MOST_VERSIONS = 40;

const run = promisify(execFile);

/** Stores the starter as the beginning of this lab and replaces an earlier one. A failure to write is ignored. */
export async function rememberBeginning(clone: Clone, slug: string, starter: Tree): Promise<void> {
  const folder = beginningFolder(clone, slug);
  const unfinished = `${folder}.${process.pid}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    for (const [path, text] of starter) {
      await mkdir(dirname(join(unfinished, path)), { recursive: true });
      await writeFile(join(unfinished, path), text);
    }
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } catch {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Stores the starter only if no beginning is known yet. Every grading of a learner's lab calls this. */
export async function rememberFirstBeginning(clone: Clone, slug: string): Promise<void> {
  if ((await readLabTree(beginningFolder(clone, slug))) !== null) return;
  const starter = await readLabTree(clone.starter(slug));
  if (starter !== null) await rememberBeginning(clone, slug, starter);
}

/** The starter that these files began with; null if it is unknown. */
export async function beginningOf(clone: Clone, slug: string, own: Tree): Promise<Tree | null> {
  return (await readLabTree(beginningFolder(clone, slug))) ?? nearest(await versionsInGit(clone, slug), own);
}

function beginningFolder(clone: Clone, slug: string): string {
  return join(ownFolderOf(clone, slug), 'starter');
}

/** The version with the fewest differing lines; of equals the first, which is the newest. */
function nearest(versions: readonly Tree[], own: Tree): Tree | null {
  const ranked = versions.map((version) => ({ version, apart: linesApart(version, own) }));
  ranked.sort((a, b) => a.apart - b.apart);
  return ranked[0]?.version ?? null;
}

function linesApart(version: Tree, own: Tree): number {
  let apart = 0;
  for (const [path, text] of own) {
    const [a, b] = [linesOf(version.get(path) ?? ''), linesOf(text)];
    apart += a.length + b.length - 2 * matchLines(a, b).reduce((sum, { length }) => sum + length, 0);
  }
  return apart;
}

/** The starter's versions, newest first; empty without git, or if a shallow clone has cut off its history. */
async function versionsInGit(clone: Clone, slug: string): Promise<readonly Tree[]> {
  const place = `harness/course/${slug}/starter`;
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('git', ['-C', clone.root, ...args], { maxBuffer: 16_000_000 });
    return stdout;
  };
  try {
    const top = (await git('rev-parse', '--show-toplevel')).trim();
    if ((await realpath(top)) !== (await realpath(clone.root))) return [];
    if ((await git('rev-parse', '--is-shallow-repository')).trim() === 'true') return [];
    const log = await git('log', `--max-count=${MOST_VERSIONS}`, '--format=%H', '--', place);
    const versions: Tree[] = [];
    for (const commit of log.split('\n').filter((line) => line !== '')) {
      const paths = (await git('ls-tree', '-r', '-z', '--name-only', commit, '--', place)).split('\0').filter(Boolean);
      const files = await Promise.all(
        paths.map(async (path) => [path.slice(place.length + 1), await git('show', `${commit}:${path}`)] as const),
      );
      if (files.length > 0) versions.push(new Map(files));
    }
    return versions;
  } catch {
    return [];
  }
}
