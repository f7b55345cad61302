/**
 * Explorations that were done before on this machine: what is unchanged is not explored twice.
 *
 * One file each, written whole or not at all, so that two processes never read half of one. The oldest go when there are too many.
 * What can't be read is as if it weren't there, and what can't be written is no error.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import { type CodeHashes, type KeptExploration, read, write } from './cache-file.ts';
import { hashOf, hashOfCode, hashOfPlace, type Subject } from './cache-key.ts';
import { hashOfHarness } from './harness-hash.ts';

export interface KeepingOptions {
  /** Nobody else writes here; anyone may delete it. */
  readonly folder: string;
  /** False: everything is explored, and then kept. */
  readonly mayRead: boolean;
  /** The hash of the harness at this moment; null if nothing is to be read or kept. Tests have another one. */
  readonly harness?: () => string | null;
  readonly mostFiles?: number;
}

/** Some hundred labs in all their states. */
const MOST_FILES = 400;
/** A failure has a few hundred choices; whatever needs more room than this is explored again. */
const MOST_CHARACTERS = 500_000;
/** Of the hashes in a file's name. */
const DIGITS = 32;

export class KeptExplorations {
  readonly #options: KeepingOptions;
  readonly #folder: string;
  #harness: string | null | undefined;

  constructor(options: KeepingOptions) {
    this.#options = options;
    this.#folder = options.folder;
  }

  /** The same, for once without trusting what is there: it is made anew and replaced. */
  withoutReading(): KeptExplorations {
    return new KeptExplorations({ ...this.#options, mayRead: false });
  }

  /** The exploration of exactly this, if it was done before. */
  find(subject: Subject): ScenarioExploration | null {
    const place = this.#options.mayRead ? this.#placeOf(subject) : null;
    if (place === null) return null;
    for (const name of this.#names().filter((candidate) => candidate.startsWith(`${place}-`))) {
      const kept = this.#read(name, subject);
      if (kept === null || !isOfThisCode(kept.code, subject)) continue;
      this.#used(name);
      return kept.exploration;
    }
    return null;
  }

  /** Keeps an exploration in which the code of these modules was started. */
  keep(subject: Subject, exploration: ScenarioExploration, startedModules: readonly string[]): void {
    const place = this.#placeOf(subject);
    if (place === null || this.#hashNow() !== this.#harness) return;
    const code = codeOf(subject, startedModules);
    const text = code === null ? null : write({ code, exploration });
    if (text === null || text.length > MOST_CHARACTERS) return;
    this.#write(`${place}-${hashOf(JSON.stringify(code)).slice(0, DIGITS)}.json`, text);
    this.#tidyUp();
  }

  #placeOf(subject: Subject): string | null {
    this.#harness ??= this.#hashNow();
    return this.#harness === null ? null : hashOfPlace(this.#harness, subject).slice(0, DIGITS);
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

  #read(name: string, { checks }: Subject): KeptExploration | null {
    try {
      return read(readFileSync(join(this.#folder, name), 'utf8'), checks);
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

  /** What is used stays longest. */
  #used(name: string): void {
    try {
      const now = new Date();
      utimesSync(join(this.#folder, name), now, now);
    } catch {
      // Another process has just removed it.
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
    // There is nothing to write to, or somebody has it open.
  }
}

function codeOf({ submission }: Subject, modules: readonly string[]): CodeHashes | null {
  const code: Record<string, string> = {};
  for (const module of [...modules].sort()) {
    const hash = hashOfCode(submission, module);
    if (hash === null) return null;
    code[module] = hash;
  }
  return code;
}

function isOfThisCode(code: CodeHashes, { submission }: Subject): boolean {
  return Object.entries(code).every(([module, hash]) => hashOfCode(submission, module) === hash);
}
