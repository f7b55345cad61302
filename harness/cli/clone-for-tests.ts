/**
 * A small clone in a temporary folder, for tests of commands that write: one lab and its starter.
 *
 * The lab is the real lost-update; only its files are elsewhere.
 */

import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Clone, cloneAt, starterFolder } from './clone.ts';
import { type RecordedIo, recordIo } from './fixtures.ts';
import type { Io } from './io.ts';
import { runCli } from './run.ts';

export const SLUG = 'lost-update';

export interface TestClone extends Clone {
  /** Runs a command line in this clone. */
  run(words: readonly string[], more?: Partial<Io>): Promise<{ code: number } & RecordedIo['printed']>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** A clone as a learner has it after `git clone`. */
export async function makeClone(): Promise<TestClone> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'raceproof-test-')));
  const clone = cloneAt(root);
  await cp(starterFolder(SLUG), clone.starter(SLUG), { recursive: true });
  await cp(starterFolder(SLUG), clone.lab(SLUG), { recursive: true });
  await writeFile(join(root, '.gitignore'), '.raceproof/\n');
  return {
    ...clone,
    async run(words, more = {}) {
      const io = recordIo({ clone, cwd: root, ...more });
      return { code: await runCli(words, io), ...io.printed };
    },
    read: (path) => readFile(join(root, path), 'utf8'),
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
