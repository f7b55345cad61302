/**
 * The types of bundling: a learner's handler as one script, and the request to a bundler; and which places of a source map
 * belong to libraries.
 *
 * The platform provides the bundler.
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

/** In a bundle's source map, the paths of libraries begin with this and a colon. */
export const LIBRARY_NAMESPACE = 'library';

/** Whether a place in a source map belongs to a library, and so not to the learner's code. */
export function isInLibrary(source: string): boolean {
  return source.startsWith(`${LIBRARY_NAMESPACE}:`);
}
