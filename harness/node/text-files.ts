/**
 * Texts as files of one folder. Each is written whole or not at all, so that no process reads half of one; if there are too
 * many, the least recently used ones are removed.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { TextStore } from '../platform/platform.ts';

/** Room for the recent states of every lab. */
const MOST_FILES = 400;

export class TextFiles implements TextStore {
  readonly #folder: string;
  readonly #mostFiles: number;

  /** @param folder Only the store writes here. Deleting it is harmless. */
  constructor(folder: string, mostFiles = MOST_FILES) {
    this.#folder = folder;
    this.#mostFiles = mostFiles;
  }

  names(): readonly string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch {
      return [];
    }
  }

  read(name: string): string | null {
    try {
      return readFileSync(join(this.#folder, name), 'utf8');
    } catch {
      return null;
    }
  }

  write(name: string, text: string): void {
    const file = join(this.#folder, name);
    const beside = `${file}.${process.pid}.part`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(beside, text);
      renameSync(beside, file);
    } catch {
      remove(beside);
    }
    this.#tidyUp();
  }

  used(name: string): void {
    try {
      const now = new Date();
      utimesSync(join(this.#folder, name), now, now);
    } catch {
      // Another process has removed the file meanwhile.
    }
  }

  #tidyUp(): void {
    const names = this.names();
    if (names.length <= this.#mostFiles) return;
    const aged = names.map((name) => ({ name, usedMs: this.#usedMs(name) }));
    aged.sort((a, b) => b.usedMs - a.usedMs);
    for (const { name } of aged.slice(this.#mostFiles)) remove(join(this.#folder, name));
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
