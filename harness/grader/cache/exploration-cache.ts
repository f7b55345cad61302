/**
 * A cache of explorations, so that an unchanged exploration is not repeated.
 *
 * Each exploration is one text in the platform's store. A text that can't be read counts as absent, and a text that can't be
 * written is no error.
 */

import type { Platform, TextStore } from '../../platform/platform.ts';
import type { ScenarioExploration } from '../exploration/exploration.ts';
import { type CachedExploration, type CodeHashes, readCacheFile, writeCacheFile } from './cache-file.ts';
import { type CacheKey, hashOfCode, hashOfPlace } from './cache-key.ts';

export interface CacheOptions {
  readonly platform: Platform;
  readonly store: TextStore;
  /** If false, everything is explored and then stored. */
  readonly mayRead: boolean;
  /** The current hash of the harness; null if nothing may be read or stored. */
  readonly harness: () => string | null;
}

/** A failure has a few hundred choices. An exploration whose text is longer than this is not stored. */
const MOST_CHARACTERS = 500_000;
/** How many digits of the hash are used in a text's name. */
const DIGITS = 32;

export class ExplorationCache {
  readonly #options: CacheOptions;
  #harness: string | null | undefined;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  /** The same cache, which ignores what is stored: explorations are repeated and replaced. */
  withoutReading(): ExplorationCache {
    return new ExplorationCache({ ...this.#options, mayRead: false });
  }

  /** The stored exploration with exactly this key; null if there is none. */
  find(key: CacheKey): ScenarioExploration | null {
    const { mayRead, store } = this.#options;
    const place = mayRead ? this.#placeOf(key) : null;
    if (place === null) return null;
    for (const name of store.names().filter((candidate) => candidate.startsWith(`${place}-`))) {
      const cached = this.#read(name, key);
      if (cached === null || !this.#isOfThisCode(cached.code, key)) continue;
      store.used(name);
      return cached.exploration;
    }
    return null;
  }

  /** Stores an exploration in which the code of these modules was started. */
  store(key: CacheKey, exploration: ScenarioExploration, startedModules: readonly string[]): void {
    const { platform, store } = this.#options;
    const place = this.#placeOf(key);
    if (place === null || this.#options.harness() !== this.#harness) return;
    const code = this.#codeOf(key, startedModules);
    const text = code === null ? null : writeCacheFile({ code, exploration }, platform.sha256);
    if (text === null || text.length > MOST_CHARACTERS) return;
    store.write(`${place}-${platform.sha256(JSON.stringify(code)).slice(0, DIGITS)}.json`, text);
  }

  #placeOf(key: CacheKey): string | null {
    const { platform, harness } = this.#options;
    this.#harness ??= harness();
    return this.#harness === null ? null : hashOfPlace(platform, this.#harness, key).slice(0, DIGITS);
  }

  #read(name: string, { checks }: CacheKey): CachedExploration | null {
    const { platform, store } = this.#options;
    const text = store.read(name);
    return text === null ? null : readCacheFile(text, checks, platform.sha256);
  }

  #codeOf({ submission }: CacheKey, modules: readonly string[]): CodeHashes | null {
    const code: Record<string, string> = {};
    for (const module of [...modules].sort()) {
      const hash = hashOfCode(submission, module, this.#options.platform.sha256);
      if (hash === null) return null;
      code[module] = hash;
    }
    return code;
  }

  #isOfThisCode(code: CodeHashes, { submission }: CacheKey): boolean {
    const { sha256 } = this.#options.platform;
    return Object.entries(code).every(([module, hash]) => hashOfCode(submission, module, sha256) === hash);
  }
}
