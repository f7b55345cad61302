/**
 * Loads a test file with its own copy of the harness, in which one file may have another text.
 *
 * Every file below `harness/` is loaded once per mutation, with a different query in its URL; packages are shared. TypeScript
 * is stripped as Node strips it, once per text. Nothing is written anywhere. It changes the module loading of its thread
 * permanently.
 */

import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file, and the text that replaces its own. */
export interface ChangedFile {
  readonly path: string;
  readonly text: string;
}

const HARNESS = new URL('..', import.meta.url).href;
const TEST_API = new URL('test-api.ts', import.meta.url).href;
const COPY = 'copy';

export class FreshModules {
  readonly #stripped = new Map<string, string>();
  #copy = 0;
  #changed: ChangedFile | null = null;

  constructor() {
    registerHooks({
      resolve: (specifier, context, next) => {
        const copy = copyOf(context.parentURL);
        if (copy === null) return next(specifier, context);
        if (specifier === 'vitest') return { url: TEST_API, shortCircuit: true };
        const found = next(specifier, context);
        return isOurs(found.url) ? { ...found, url: `${found.url}?${COPY}=${copy}` } : found;
      },
      load: (url, context, next) => {
        if (copyOf(url) === null) return next(url, context);
        return {
          format: 'module',
          source: this.#sourceOf(fileURLToPath(url.replace(/\?.*$/, ''))),
          shortCircuit: true,
        };
      },
    });
  }

  /** From now on files are loaded again, this one with this text. */
  begin(changed: ChangedFile | null): void {
    this.#copy += 1;
    this.#changed = changed;
  }

  /** Loads a test file of the current copy. An error that it throws means that the file does not load. */
  async load(testFile: string): Promise<void> {
    await import(`${pathToFileURL(testFile).href}?${COPY}=${this.#copy}`);
  }

  #sourceOf(path: string): string {
    if (path === this.#changed?.path) return stripTypeScriptTypes(this.#changed.text);
    const known = this.#stripped.get(path);
    if (known !== undefined) return known;
    const stripped = stripTypeScriptTypes(readFileSync(path, 'utf8'));
    this.#stripped.set(path, stripped);
    return stripped;
  }
}

function copyOf(url: string | undefined): string | null {
  return url?.startsWith('file:') ? new URL(url).searchParams.get(COPY) : null;
}

function isOurs(url: string): boolean {
  return url.startsWith(HARNESS) && url.endsWith('.ts') && !url.includes('/node_modules/');
}
