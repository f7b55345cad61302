import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lostUpdate } from '../course/lost-update/lab.ts';
import { MOST_BYTES, readLearnerFiles } from './learner-files.ts';

let folder = '';
const template = () => join(folder, 'template.yaml');
const source = () => join(folder, 'src', 'bump.ts');
const read = async () => readLearnerFiles(lostUpdate, folder, 'labs/lost-update');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raceproof-test-'));
  await mkdir(join(folder, 'src'));
  await writeFile(template(), 'Resources: {}\n');
  await writeFile(source(), 'export {};\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a learner’s folder', () => {
  it('is read only for the editable files', async () => {
    await writeFile(join(folder, 'src', 'other.ts'), 'not read');
    await writeFile(join(folder, 'package.json'), 'not read');
    const found = await read();
    expect(found?.kind === 'read' ? [...found.files] : found).toEqual([
      ['template.yaml', 'Resources: {}\n'],
      ['src/bump.ts', 'export {};\n'],
    ]);
  });

  it('may be read-only, and is not changed', async () => {
    await chmod(folder, 0o555);
    expect((await read())?.kind).toBe('read');
    expect(await readdir(folder)).toEqual(['src', 'template.yaml']);
    await chmod(folder, 0o755);
  });

  it('must exist', async () => {
    expect(await readLearnerFiles(lostUpdate, join(folder, 'nothing'), 'nothing')).toBeNull();
  });
});

describe('a file that is not a learner’s own text', () => {
  const expectFinding = async (sentence: string) => {
    expect(await read()).toEqual({ kind: 'finding', message: expect.stringContaining(sentence) });
  };

  it('is named when it is missing', async () => {
    await rm(source());
    await expectFinding('labs/lost-update/src/bump.ts is missing.');
  });

  it('is refused when it is a link', async () => {
    await rm(source());
    await symlink(template(), source());
    await expectFinding('src/bump.ts is a link, or lies behind one.');
  });

  it('is refused when its folder is a link', async () => {
    await rm(join(folder, 'src'), { recursive: true });
    await symlink(join(import.meta.dirname, '..', '..', 'solutions', 'lost-update', 'src'), join(folder, 'src'));
    await expectFinding('src/bump.ts is a link, or lies behind one.');
  });

  it('is refused when it is a folder', async () => {
    await rm(source());
    await mkdir(source());
    await expectFinding('src/bump.ts is not a file.');
  });

  it('is refused when it is a pipe, without waiting', async () => {
    await rm(source());
    execFileSync('mkfifo', [source()]);
    await expectFinding('src/bump.ts is not a file.');
  });

  it('is refused when it is too large', async () => {
    await writeFile(source(), 'x'.repeat(MOST_BYTES + 1));
    await expectFinding('src/bump.ts is 2 MB large. At most 1 MB is read.');
  });

  it('is refused when it is not text', async () => {
    await writeFile(source(), new Uint8Array([0xff, 0xfe, 0x00]));
    await expectFinding('src/bump.ts is not text in UTF-8.');
  });
});
