/**
 * Parses `ProjectionExpression`: a list of document paths.
 *
 * Overlaps are checked later, since they can be seen only when placeholders are bound.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
 */

import type { ProjectionPaths } from './ast.ts';
import { Parser } from './parser.ts';

const NO_KEYWORDS: ReadonlySet<string> = new Set();

/** Parses a projection; refuses in AWS's words. */
export function parseProjection(text: string): ProjectionPaths {
  const parser = new Parser('ProjectionExpression', text, NO_KEYWORDS);
  const paths = parser.list(() => parser.path());
  parser.finish();
  return paths;
}
