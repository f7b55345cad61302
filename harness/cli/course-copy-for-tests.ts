/**
 * A copy of the whole course in a temporary folder, for tests of commands that write into it. It runs its own code.
 *
 * Its packages are a link to those of the clone. Built pages and the learner's own files are left out.
 */

import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { type Clone, cloneAt, cloneRoot } from './clone.ts';

export interface CourseCopy extends Clone {
  /** Runs a file of this copy, or of its packages, in a separate process. */
  node(file: string, ...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

/** What a process left. Standard error has progress lines, and how many depends on the machine. */
export interface Ran {
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard output, and standard error after it. */
  readonly said: string;
}

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', '.astro', '.raceproof']);

/** Copies the course as it is on disk, including uncommitted changes. */
export async function copyCourse(): Promise<CourseCopy> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'raceproof-course-')));
  await cp(cloneRoot(), root, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  await symlink(join(cloneRoot(), 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    ...cloneAt(root),
    node: (file, ...args) => run(root, [join(root, file), ...args]),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function run(root: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const all = ['--disable-warning=ExperimentalWarning', ...args];
    const child = execFile(process.execPath, all, { cwd: root, env }, (_, out, complaint) =>
      resolve({ code: child.exitCode ?? -1, out, said: `${out}${complaint}` }),
    );
  });
}
