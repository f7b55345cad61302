import { execFileSync } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloneAt } from '../clone.ts';
import { makeClone, SLUG, type TestClone } from '../clone-for-tests.ts';

const SOURCE = 'labs/lost-update/src/bump.ts';
const STARTER = 'harness/course/lost-update/starter/src/bump.ts';
const base = 'one\ntwo\nthree\nfour\nfive\n';
const mine = 'one\ntwo\nthree\nfour\nmy five\n';
const newer = 'new one\ntwo\nthree\nfour\nfive\n';

/** The published course, and a learner's clone of it. */
let published: TestClone;
let clone: TestClone;

const git = (root: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: root, stdio: 'pipe' });

async function publish(text: string): Promise<void> {
  await published.write(STARTER, text);
  await published.write(SOURCE, text);
  git(published.root, 'add', '--all');
  git(published.root, 'commit', '--quiet', '--message', 'starter');
}

beforeEach(async () => {
  published = await makeClone();
  git(published.root, 'init', '--quiet', '--initial-branch=main');
  await publish(base);
  const root = join(published.root, '..', `${published.root.split('/').at(-1)}-clone`);
  git(published.root, 'clone', '--quiet', published.root, root);
  clone = { ...published, ...cloneAt(root), ...inFolder(root) };
});
afterEach(async () => {
  await published.remove();
  await rm(clone.root, { recursive: true });
});

function inFolder(root: string): Pick<TestClone, 'run' | 'read' | 'write'> {
  return {
    run: (words, more = {}) => published.run(words, { clone: cloneAt(root), cwd: root, ...more }),
    read: (path) => published.read(join('..', root.split('/').at(-1) ?? '', path)),
    write: (path, text) => published.write(join('..', root.split('/').at(-1) ?? '', path), text),
  };
}

const aside = () => join(clone.own, 'put-aside.json');

it('update --pull brings in the newest course where git pull alone would refuse, and merges', async () => {
  await clone.write(SOURCE, mine);
  await publish(newer);
  expect(() => git(clone.root, 'pull', '--ff-only')).toThrow('would be overwritten');
  const { code, out } = await clone.run(['update', SLUG, '--pull']);
  expect([code, out]).toEqual([0, expect.stringContaining('✓ src/bump.ts  has the new starter’s changes, and yours')]);
  expect([await clone.read(SOURCE), await clone.read(STARTER)]).toEqual([
    'new one\ntwo\nthree\nfour\nmy five\n',
    newer,
  ]);
  await expect(access(aside())).rejects.toThrow('ENOENT');
  expect((await clone.run(['update', SLUG, '--pull'])).out).toBe(
    'The course is the newest.\nlost-update: nothing new in the starter.\n',
  );
});

it('a course that can’t be reached is reported in git’s words', async () => {
  await published.remove();
  const { code, err } = await clone.run(['update', SLUG, '--pull']);
  expect([code, err]).toEqual([2, expect.stringContaining('your files are as they were. It says: fatal:')]);
});

it('a pull that git refuses leaves every file as it was, and says what git says', async () => {
  await clone.write(SOURCE, mine);
  await clone.write(STARTER, 'changed, too\n');
  await publish(newer);
  const { code, err } = await clone.run(['update', SLUG, '--pull']);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('your files are as they were. It says: error: Your local changes'),
  ]);
  expect([await clone.read(SOURCE), await clone.read(STARTER)]).toEqual([mine, 'changed, too\n']);
});

it('files that an interrupted call put aside are put back by the next one', async () => {
  await mkdir(clone.own);
  await writeFile(aside(), JSON.stringify({ [SOURCE]: Buffer.from(mine).toString('base64') }));
  await clone.run(['update', SLUG]);
  expect(await clone.read(SOURCE)).toBe(mine);
  await expect(access(aside())).rejects.toThrow('ENOENT');
});

it('a folder that is no clone, and a branch without an upstream, have different messages', async () => {
  const { code, err } = await published.run(['update', SLUG, '--pull']);
  expect([code, err]).toEqual([2, expect.stringContaining('This branch has no upstream to pull from.')]);
  await rm(join(published.root, '.git'), { recursive: true });
  expect((await published.run(['update', SLUG, '--pull'])).err).toContain('This folder is no clone of git’s');
});
