/**
 * Maps a position in a bundle to the learner's own line. Pure: source maps in, frames out.
 */

import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Locate } from '../simulator/stack.ts';
import { type Bundle, learnersFile } from './bundle.ts';

/** Maps positions of these bundles. */
export function makeLocate(bundles: readonly Bundle[]): Locate {
  const maps = new Map(bundles.map(({ module, sourceMap }) => [module, new TraceMap(sourceMap)]));
  return ({ module, line, column }) => {
    const map = maps.get(module);
    if (map === undefined) return undefined;
    // The factory's opening `(function (require, module, exports) {` precedes the bundle's first line.
    const position = originalPositionFor(map, { line, column: Math.max(0, column - 1) });
    const file = position.source === null ? null : learnersFile(position.source);
    if (file === null || position.line === null) return undefined;
    return { file, line: position.line, column: (position.column ?? 0) + 1 };
  };
}
