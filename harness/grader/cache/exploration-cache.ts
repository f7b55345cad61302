/**
 * A cache of explorations in a folder of this machine: what is unchanged is not explored twice.
 *
 * Each exploration is one file, written whole or not at all, so that no process reads half of one. The files that were used longest
 * ago go when there are too many. A file that can't be read counts as absent, and one that can't be written is no error.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import { type CachedExploration, type CodeHashes, readCacheFile, writeCacheFile } from './cache-file.ts';
import { type CacheKey, hashOfCode, hashOfPlace, sha256Of } from './cache-key.ts';
import { hashOfHarness } from './harness-hash.ts';

export interface CacheOptions {
  /** Only the cache writes here, and anybody may delete it. */
  readonly folder: string;
  /** False: everything is explored, and then stored. */
  readonly mayRead: boolean;
  /** The hash of the harness at this moment; null if nothing may be read or stored. Tests hand in another one. */
  readonly harness?: () => string | null;
  readonly mostFiles?: number;
}

/** Room for the recent states of every lab. */
const MOST_FILES = 400;
/** A failure has a few hundred choices. An exploration that needs more room than this is done again. */
const MOST_CHARACTERS = 500_000;
/** How many digits of a hash stand in a file's name. */
const DIGITS = 32;

export class ExplorationCache {
  readonly #options: CacheOptions;
  readonly #folder: string;
  #harness: string | null | undefined;

  constructor(options: CacheOptions) {
    this.#options = options;
    this.#folder = options.folder;
  }

  /** The same cache, which trusts nothing that is there: explorations are done anew and replaced. */
  withoutReading(): ExplorationCache {
    return new ExplorationCache({ ...this.#options, mayRead: false });
  }

  /** The exploration of exactly this, if it was done before. */
  find(key: CacheKey): ScenarioExploration | null {
    const place = this.#options.mayRead ? this.#placeOf(key) : null;
    if (place === null) return null;
    for (const name of this.#names().filter((candidate) => candidate.startsWith(`${place}-`))) {
      const cached = this.#read(name, key);
      if (cached === null || !isOfThisCode(cached.code, key)) continue;
      this.#used(name);
      return cached.exploration;
    }
    return null;
  }

  /** Stores an exploration in which the code of these modules was started. */
  store(key: CacheKey, exploration: ScenarioExploration, startedModules: readonly string[]): void {
    const place = this.#placeOf(key);
    if (place === null || this.#hashNow() !== this.#harness) return;
    const code = codeOf(key, startedModules);
    const text = code === null ? null : writeCacheFile({ code, exploration });
    if (text === null || text.length > MOST_CHARACTERS) return;
    this.#write(`${place}-${sha256Of(JSON.stringify(code)).slice(0, DIGITS)}.json`, text);
    this.#tidyUp();
  }

  #placeOf(key: CacheKey): string | null {
    this.#harness ??= this.#hashNow();
    return this.#harness === null ? null : hashOfPlace(this.#harness, key).slice(0, DIGITS);
  }

  #hashNow(): string | null {
    return (this.#options.harness ?? hashOfHarness)();
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch {
      return [];
    }
  }

  #read(name: string, { checks }: CacheKey): CachedExploration | null {
    try {
      return readCacheFile(readFileSync(join(this.#folder, name), 'utf8'), checks);
    } catch {
      return null;
    }
  }

  #write(name: string, text: string): void {
    const file = join(this.#folder, name);
    const beside = `${file}.${process.pid}.part`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(beside, text);
      renameSync(beside, file);
    } catch {
      remove(beside);
    }
  }

  /** A file that was just used is the last to go. */
  #used(name: string): void {
    try {
      const now = new Date();
      utimesSync(join(this.#folder, name), now, now);
    } catch {
      // Another process has removed the file in between.
    }
  }

  #tidyUp(): void {
    const { mostFiles = MOST_FILES } = this.#options;
    const names = this.#names();
    if (names.length <= mostFiles) return;
    const aged = names.map((name) => ({ name, usedMs: this.#usedMs(name) }));
    aged.sort((a, b) => b.usedMs - a.usedMs);
    for (const { name } of aged.slice(mostFiles)) remove(join(this.#folder, name));
  }

  #usedMs(name: string): number {
    try {
      return statSync(join(this.#folder, name)).mtimeMs;
    } catch {
      return 0;
    }
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder can't be written, or another process has the file open.
  }
}

function codeOf({ submission }: CacheKey, modules: readonly string[]): CodeHashes | null {
  const code: Record<string, string> = {};
  for (const module of [...modules].sort()) {
    const hash = hashOfCode(submission, module);
    if (hash === null) return null;
    code[module] = hash;
  }
  return code;
}

function isOfThisCode(code: CodeHashes, { submission }: CacheKey): boolean {
  return Object.entries(code).every(([module, hash]) => hashOfCode(submission, module) === hash);
}
