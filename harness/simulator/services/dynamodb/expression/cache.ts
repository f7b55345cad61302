/**
 * Parsed expressions, cached by their text.
 *
 * Handlers send the same few texts in every schedule of an exploration. A parsed tree depends on its text alone, so the cache
 * changes no answer; refusals are not cached. Its size is limited: when it is full, it is emptied.
 */

import type { ExpressionKind, ProjectionPaths, WrittenCondition, WrittenUpdate } from './ast.ts';
import { parseCondition } from './condition-parser.ts';
import { parseProjection } from './projection-parser.ts';
import { parseUpdate } from './update-parser.ts';

const MAX_ENTRIES = 500;

export interface ExpressionCache {
  readonly conditions: Map<string, WrittenCondition>;
  readonly updates: Map<string, WrittenUpdate>;
  readonly projections: Map<string, ProjectionPaths>;
}

/** An empty cache. */
export function newExpressionCache(): ExpressionCache {
  return { conditions: new Map(), updates: new Map(), projections: new Map() };
}

/** The tree of a condition. `kind` only chooses the words of refusals; the grammar is the same. */
export function conditionOf(cache: ExpressionCache, kind: ExpressionKind, text: string): WrittenCondition {
  return remembered(cache.conditions, text, () => parseCondition(kind, text));
}

/** The tree of an update. */
export function updateOf(cache: ExpressionCache, text: string): WrittenUpdate {
  return remembered(cache.updates, text, () => parseUpdate(text));
}

/** The paths of a projection. */
export function projectionOf(cache: ExpressionCache, text: string): ProjectionPaths {
  return remembered(cache.projections, text, () => parseProjection(text));
}

function remembered<T>(memory: Map<string, T>, text: string, parse: () => T): T {
  const known = memory.get(text);
  if (known !== undefined) return known;
  const parsed = parse();
  if (memory.size >= MAX_ENTRIES) memory.clear();
  memory.set(text, parsed);
  return parsed;
}
