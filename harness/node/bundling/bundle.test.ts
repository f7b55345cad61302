/**
 * Bundling depends on the lab's files in memory, and on no file of the disk.
 *
 * A process of its own makes each bundle, since esbuild remembers the folder in which it was started.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { bundleHandler } from './bundle.ts';

function bundleIn(cwd: string): string {
  const script = `import { bundleHandler } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'bundle.ts')))};
    const files = new Map([['src/bump.ts', 'export const handler = async () => ({ count: 1 });']]);
    const result = await bundleHandler({ files, codeFolder: 'src', module: 'bump', packages: [] });
    process.stdout.write(result.bundle.code);`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' }).stdout;
}

it('is the same in every folder, even if the disk has a file of the same name', () => {
  const lab = mkdtempSync(join(tmpdir(), 'raceproof-bundle-'));
  onTestFinished(() => rmSync(lab, { recursive: true }));
  mkdirSync(join(lab, 'src'));
  writeFileSync(join(lab, 'src', 'bump.ts'), 'export const fromDisk = 1;');
  expect(bundleIn(lab)).toContain('count: 1');
  expect(bundleIn(lab)).toBe(bundleIn(tmpdir()));
});

it('includes a library with its own files, and excludes the SDK and the built-in modules', async () => {
  const source = `import { makeIdempotent } from '@aws-lambda-powertools/idempotency';
    export const handler = makeIdempotent(async () => 1, {} as never);`;
  const files = new Map([['src/bump.ts', source]]);
  const result = await bundleHandler({ files, codeFolder: 'src', module: 'bump', packages: [] });
  if (!result.ok) throw new Error(result.findings[0]?.message);
  const { code } = result.bundle;
  expect(code).toContain('IdempotencyAlreadyInProgressError');
  expect(code).toContain('require("node:crypto")');
  expect(code).not.toContain(process.cwd());
});

it('lets a handler import a library by its name only, and no other path of it', async () => {
  const files = new Map([['src/bump.ts', "export * from '@aws-lambda-powertools/commons';"]]);
  const result = await bundleHandler({ files, codeFolder: 'src', module: 'bump', packages: [] });
  expect(result.ok ? '' : result.findings[0]?.message).toContain('is not a package of this lab');
});
