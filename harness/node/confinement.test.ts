/**
 * The words that confine a child process, as found on a system that keeps its programs somewhere else.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confinement, confinementBy } from './confinement.ts';

describe('the programs that confine a child', () => {
  let folder: string;
  const runs = (program: string, status: string): string => {
    const file = join(folder, program);
    // Takes its own words away and runs the rest, as both programs do.
    writeFileSync(
      file,
      `#!/bin/sh\n${status === 'works' ? 'while [ "$1" != -- ]; do shift; done\nshift\nexec "$@"' : 'exit 1'}\n`,
    );
    chmodSync(file, 0o755);
    return file;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'raceproof-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are found where PATH leads, and started by a child that has no PATH', () => {
    const unshare = runs('unshare', 'works');
    const setpriv = runs('setpriv', 'works');
    const words = confinementBy(`/nowhere::${folder}`, 'linux');
    expect(words).toEqual([unshare, '-n', '--', setpriv, '--pdeathsig', 'KILL', '--']);
    const [program = '', ...rest] = words;
    expect(spawnSync(program, [...rest, process.execPath, '-p', '6 * 7'], { env: {}, encoding: 'utf8' }).stdout).toBe(
      '42\n',
    );
  });

  it('are left out where they are missing, or there and not allowed', () => {
    expect(confinementBy(folder, 'linux')).toEqual([]);
    runs('unshare', 'refuses');
    expect(confinementBy(folder, 'linux')).toEqual([]);
    const setpriv = runs('setpriv', 'works');
    expect(confinementBy(folder, 'linux')).toEqual([setpriv, '--pdeathsig', 'KILL', '--']);
  });

  it('are looked for once, and not where there are none', () => {
    expect(confinement()).toBe(confinement());
    expect(confinementBy(process.env.PATH ?? '', 'darwin')).toEqual([]);
  });
});
