/**
 * No file imports itself through others, types included: a cycle is one file that has been cut at the wrong place.
 *
 * TypeScript and Node bear cycles of types, so nothing else would notice them. What a file may import is judged in
 * `rooms.ts`.
 */

import { type Import, importsOf } from './imports.ts';
import type { BrokenRule, SourceFile } from './source-files.ts';

const ADVICE =
  'No import cycles, types included: none of these files can be understood or moved without all others. ' +
  'Move what they need of each other into the file that it is about, or into one of its own.';

/** What each file imports of the others, by its path. */
type ImportGraph = ReadonlyMap<string, readonly Import[]>;

/** For each file that imports itself, the fewest files over which it does. A cycle is told once. */
export function checkCycles(files: readonly SourceFile[]): BrokenRule[] {
  const graph = graphOf(files);
  const reported = new Set<string>();
  const broken: BrokenRule[] = [];
  for (const path of [...graph.keys()].sort()) {
    if (reported.has(path)) continue;
    const cycle = shortestCycle(graph, path);
    if (cycle === null) continue;
    for (const member of cycle) reported.add(member);
    const line = graph.get(path)?.find((wanted) => wanted.path === cycle[1])?.line;
    broken.push({
      path,
      ...(line === undefined ? {} : { line }),
      message: `imports itself: ${cycle.join(' > ')}. ${ADVICE}`,
    });
  }
  return broken;
}

function graphOf(files: readonly SourceFile[]): ImportGraph {
  const known = new Set(files.map(({ path }) => path));
  return new Map(
    files.map((file) => [file.path, importsOf(file).filter(({ path }) => path !== undefined && known.has(path))]),
  );
}

/** The paths from `start` to `start` again over the fewest files; null if there is no way back. */
function shortestCycle(graph: ImportGraph, start: string): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const next = [start];
  for (let at = next.shift(); at !== undefined; at = next.shift()) {
    for (const { path } of graph.get(at) ?? []) {
      if (path === undefined || cameFrom.has(path)) continue;
      cameFrom.set(path, at);
      if (path === start) return wayTo(start, cameFrom);
      next.push(path);
    }
  }
  return null;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end];
  let at = cameFrom.get(end);
  while (at !== undefined && at !== end) {
    way.unshift(at);
    at = cameFrom.get(at);
  }
  return [end, ...way];
}
