/**
 * A learner's handler as one script, and what is asked of a bundler. Types, and what a script's source map says of libraries.
 *
 * Bundling itself is the platform's.
 */

import type { Frame } from '../simulator/contract/trace-entry.ts';

/** A mistake in the learner's code that keeps it from running. */
export interface BundleFinding {
  readonly message: string;
  readonly frame?: Frame & { readonly text?: string };
}

export interface Bundle {
  /** The handler's file below the code folder, without its extension: `bump`. */
  readonly module: string;
  /** An expression that evaluates to the module's factory. */
  readonly code: string;
  readonly sourceMap: string;
}

export type BundleResult =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly findings: readonly BundleFinding[] };

export interface BundleRequest {
  /** The lab's editable files: path relative to the lab (`src/bump.ts`) → text. */
  readonly files: ReadonlyMap<string, string>;
  /** The template's `Code`: `src/`. */
  readonly codeFolder: string;
  /** The template's `Handler` without the export: `bump`. */
  readonly module: string;
  /** Packages that the realm provides. */
  readonly packages: readonly string[];
}

/** What the paths of libraries begin with in a bundle's source map, before a colon. */
export const LIBRARY_NAMESPACE = 'library';

/** Whether a place in a source map is in a library, and so not the learner's. */
export function isInLibrary(source: string): boolean {
  return source.startsWith(`${LIBRARY_NAMESPACE}:`);
}
