/**
 * When the bootstrap installs, when it does not, and its messages when it can't.
 *
 * A script replaces npm and does what the test says. `.ci/run` runs the real npm in a fresh clone.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const INSTALL = join(import.meta.dirname, 'install.mjs');
const LOCK = {
  packages: {
    '': {},
    'node_modules/yaml': { integrity: 'sha512-yaml' },
    'node_modules/raceproof': { link: true },
    'node_modules/elsewhere': { integrity: 'sha512-elsewhere', os: ['none'], optional: true },
  },
};
/** What npm records when it has installed everything. */
const INSTALLED = { packages: { 'node_modules/yaml': { integrity: 'sha512-yaml' } } };

const INSTALLS = `require('node:fs').writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(JSON.stringify(INSTALLED))});`;

/** A checkout whose npm records its arguments, does what `npm` says, and ends. */
function checkout(npm = INSTALLS) {
  const root = mkdtempSync(join(tmpdir(), 'raceproof-install-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(LOCK));
  mkdirSync(join(root, 'node_modules'));
  const record = `require('node:fs').appendFileSync('calls.txt', process.argv.slice(2).join(' ') + ' ' + (process.env.npm_config_workspace ?? '-') + '\\n');`;
  writeFileSync(join(root, 'npm-cli.js'), record + npm);
  return root;
}

/** The return value and the messages of `ensureInstalled`. */
function ensure(root: string, env: Record<string, string> = {}) {
  const call = `import { ensureInstalled } from ${JSON.stringify(INSTALL)};
    console.log(JSON.stringify(await ensureInstalled(${JSON.stringify(root)})));`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', call], {
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(root, 'npm-cli.js'), ...env },
  });
  return { problem: JSON.parse(ran.stdout) as string | null, said: ran.stderr };
}

function callsOf(root: string): string[] {
  const file = join(root, 'calls.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

describe('installing', () => {
  it('happens once, without install scripts, and says so', () => {
    const root = checkout();
    const { problem, said } = ensure(root);
    expect(problem).toBeNull();
    expect(said).toContain('Installing 1 packages as pinned in package-lock.json; this happens once');
    expect(callsOf(root)).toEqual([expect.stringMatching(/^ci --ignore-scripts /)]);
    expect(ensure(root)).toEqual({ problem: null, said: '' });
    expect(callsOf(root)).toHaveLength(1);
  });

  it('happens again when the lockfile has changed', () => {
    const root = checkout();
    ensure(root);
    const yaml = { integrity: 'sha512-newer' };
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/yaml': yaml } }),
    );
    ensure(root);
    expect(callsOf(root)).toHaveLength(2);
  });

  it('is skipped if npm has been run already', () => {
    const root = checkout();
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(INSTALLED));
    expect(ensure(root)).toEqual({ problem: null, said: '' });
    expect(callsOf(root)).toEqual([]);
  });

  it('happens again when node_modules came from another machine', () => {
    const root = checkout();
    ensure(root);
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    const stamp = join(root, 'node_modules', '.raceproof-installed.json');
    writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(process.platform, 'plan9'));
    expect(ensure(root).said).toContain('node_modules was installed on plan9-');
    expect(callsOf(root)).toHaveLength(2);
  });

  it('installs everything, even if one lab’s workspace started it', () => {
    const root = checkout();
    ensure(root, { npm_config_workspace: 'labs/lost-update' });
    expect(callsOf(root)).toEqual([expect.stringMatching(/ -$/)]);
  });
});

describe('an installation that fails', () => {
  it.each([
    ['npm error code ENOTFOUND', 'this machine does not reach npm'],
    ['npm error code ENOSPC', 'is full. Free about 1 GB'],
    ['npm error code EROFS', 'is not writable for you'],
    ['npm error code EINTEGRITY', 'is not the one that package-lock.json pins'],
    ['npm error something else', 'npm says:\n\nnpm error something else'],
  ])('after «%s» says: %s', (stderr, sentence) => {
    const root = checkout(`process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = 1;`);
    expect(ensure(root).problem).toContain(sentence);
    expect(ensure(root).problem).not.toBeNull();
  });

  it('is noticed when npm leaves a package out and reports success', () => {
    expect(ensure(checkout('')).problem).toContain('is incomplete. Run the command again.');
  });

  it('is noticed when npm could not write a file and reports success', () => {
    const root = checkout(
      `process.stderr.write('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device');${INSTALLS}`,
    );
    expect(ensure(root).problem).toContain('is full. Free about 1 GB');
  });
});
