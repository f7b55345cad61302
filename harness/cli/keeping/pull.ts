/**
 * `git pull` for a clone with uncommitted work: the changed files are put aside, and put back whatever happens.
 *
 * It fetches first, and does nothing if nothing is new. Fast-forward only: the owner of a clone with own commits has to merge
 * them. While files are aside, they are kept in a file in `.raceproof`; after an interruption the next call puts them back.
 */

import { execFile } from 'node:child_process';
import { readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { UsageError } from '../arguments.ts';
import type { Clone } from '../clone.ts';
import { keepCopy } from './copies.ts';
import { replaceFile } from './lab-tree.ts';
import { writeWhole } from './memory.ts';

const run = promisify(execFile);

/**
 * Brings the newest course into the clone.
 * @returns how many commits were new. Throws a {@link UsageError} with git's own words if it can't.
 */
export async function pullCourse(clone: Clone, now: Date): Promise<number> {
  await putBack(clone);
  const { root } = clone;
  await mustBeOwnClone(root);
  const news = await fetchNews(root);
  if (news === 0) return 0;
  const changed = await changedLabFiles(root);
  await putAside(clone, changed, now);
  try {
    if (changed.length > 0) await git(root, 'checkout', '--quiet', 'HEAD', '--', ...changed);
    await git(root, 'merge', '--quiet', '--ff-only', '@{upstream}');
  } catch (error) {
    throw refusal(error);
  } finally {
    await putBack(clone);
  }
  return news;
}

/** The number of commits that the upstream has and the clone does not. */
async function fetchNews(root: string): Promise<number> {
  try {
    await git(root, 'fetch', '--quiet');
    return Number(await git(root, 'rev-list', '--count', 'HEAD..@{upstream}'));
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): UsageError {
  return new UsageError(
    `git could not bring the newest course in, and your files are as they were. It says: ${wordsOf(error)}`,
  );
}

/** Puts back the files that an earlier call has put aside. Does nothing if there are none. */
export async function putBack(clone: Clone): Promise<void> {
  const aside = await readFile(asideFile(clone), 'utf8').catch(() => null);
  if (aside === null) return;
  for (const [path, text] of Object.entries(JSON.parse(aside) as Record<string, string>)) {
    await replaceFile(clone.root, path, Buffer.from(text, 'base64'));
  }
  await rm(asideFile(clone));
}

async function putAside(clone: Clone, paths: readonly string[], now: Date): Promise<void> {
  if (paths.length === 0) return;
  for (const slug of new Set(paths.map((path) => path.split('/')[1] ?? ''))) await keepCopy(clone, slug, now);
  const texts = await Promise.all(
    paths.map(async (path) => [path, (await readFile(join(clone.root, path))).toString('base64')] as const),
  );
  if (await writeWhole(asideFile(clone), JSON.stringify(Object.fromEntries(texts)))) return;
  throw new UsageError(`${asideFile(clone)} can’t be written, so nothing was changed.`);
}

function asideFile(clone: Clone): string {
  return join(clone.own, 'put-aside.json');
}

async function mustBeOwnClone(root: string): Promise<void> {
  const top = await git(root, 'rev-parse', '--show-toplevel').catch(() => '');
  const isTop = top !== '' && (await realpath(top.trim())) === (await realpath(root));
  if (!isTop)
    throw new UsageError(
      'This folder is no clone of git’s, or git is not installed, so there is nothing to pull. Get the newest course as you got this one, and copy your folders of labs/ into it.',
    );
  await git(root, 'rev-parse', '--abbrev-ref', '@{upstream}').catch(() => {
    throw new UsageError(
      'This branch has no upstream to pull from. «git branch --set-upstream-to=origin/main» names one; then run the command again.',
    );
  });
}

/** The files below labs/ that differ from the last commit. */
async function changedLabFiles(root: string): Promise<readonly string[]> {
  const listed = await git(root, 'diff', '--name-only', '--diff-filter=M', '-z', 'HEAD', '--', 'labs');
  return listed.split('\0').filter((path) => path !== '');
}

async function git(root: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const { stdout } = await run('git', ['-C', root, ...args], { env, maxBuffer: 16_000_000 });
  return stdout;
}

function wordsOf(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().replace(/\s*\n\s*/g, ' ');
}
