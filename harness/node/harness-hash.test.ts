/**
 * The hash of the harness changes with every file that takes part in an exploration, and with no other.
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOMS } from '../architecture/rooms.ts';
import { hashOfHarness } from './harness-hash.ts';

/** Rooms that do not affect explorations. The explorations of the public door (`explore`) are never cached. */
const DECIDING_NOTHING: readonly string[] = ['cli', 'explore', 'endpoint', 'browser'];

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'raceproof-test-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the hash of the harness', () => {
  it('is the same as long as no file changes', () => expect(hashOfHarness()).toBe(hashOfHarness()));

  it.each(ROOMS)('knows whether the room %s takes part in an exploration', (room) => {
    for (const each of ROOMS) {
      mkdirSync(join(folder, each));
      writeFileSync(join(folder, each, 'a.ts'), 'before');
    }
    writeFileSync(join(folder, 'package.json'), '{}');
    const hash = () => hashOfHarness(folder, Number.POSITIVE_INFINITY);
    const before = hash();
    writeFileSync(join(folder, room, 'a.ts'), 'after');
    expect(hash() === before).toBe(DECIDING_NOTHING.includes(room));
  });

  it('is null while a file is younger than the process, which may run an older text of it', () =>
    expect(hashOfHarness(undefined, 0)).toBeNull());
});
