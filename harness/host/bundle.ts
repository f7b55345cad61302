/**
 * The types of bundling: a learner's handler as one script, and the request to a bundler; and which places of a source map
 * are the learner's.
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
  /** A folder: handlers may import whatever packages Node finds from there. Without it, only those that a lab has. */
  readonly packagesFrom?: string | undefined;
}

/** In a bundle's source map, the paths of libraries begin with this and a colon. */
export const LIBRARY_NAMESPACE = 'library';

/** In a bundle's source map, the paths of the learner's own files begin with this and a colon. */
export const LAB_NAMESPACE = 'lab';

/** The learner's file that a source map names; null for code of a library, whose own source maps may name anything. */
export function learnersFile(source: string): string | null {
  const mark = `${LAB_NAMESPACE}:`;
  return source.startsWith(mark) ? source.slice(mark.length) : null;
}
