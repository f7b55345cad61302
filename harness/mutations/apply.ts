/**
 * Applies a mutation to a text. A mutation that no longer fits is reported, because it must not silently change nothing.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutation } from '../simulator/contract/mutation.ts';
import type { ChangedFile } from './fresh-modules.ts';

export type Applied =
  | { readonly kind: 'applied'; readonly changed: ChangedFile; readonly line: number }
  /** How often its text was found. Exactly once would have been right. */
  | { readonly kind: 'does-not-apply'; readonly found: number }
  | { readonly kind: 'no-file' };

/** Reads the file that a mutation names and changes its text in memory. */
export function applyMutation(folder: string, { file, replace: [text, replacement] }: Mutation): Applied {
  const path = join(folder, file);
  if (!existsSync(path)) return { kind: 'no-file' };
  const pieces = readFileSync(path, 'utf8').split(text);
  const [before = '', after = ''] = pieces;
  if (pieces.length !== 2 || text === '') return { kind: 'does-not-apply', found: pieces.length - 1 };
  return {
    kind: 'applied',
    changed: { path, text: `${before}${replacement}${after}` },
    line: before.split('\n').length,
  };
}
