/**
 * Bundling depends on the lab's files in memory, and on nothing that lies on the disk.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundleHandler } from './bundle.ts';

it('is the same in every folder, also where the disk has files of the same names', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'raceproof-bundle-'));
  mkdirSync(join(elsewhere, 'src'));
  writeFileSync(join(elsewhere, 'src', 'bump.ts'), 'export const fromDisk = 1;');
  const before = process.cwd();
  onTestFinished(() => {
    process.chdir(before);
    rmSync(elsewhere, { recursive: true });
  });
  const files = new Map([['src/bump.ts', 'export const handler = async () => ({ count: 1 });']]);
  const request = { files, codeFolder: 'src', module: 'bump', packages: [] };
  const here = await bundleHandler(request);
  process.chdir(elsewhere);
  const there = await bundleHandler(request);
  expect(there.ok && there.bundle.code).toBe(here.ok && here.bundle.code);
  expect(there.ok && there.bundle.code).toContain('count: 1');
});
