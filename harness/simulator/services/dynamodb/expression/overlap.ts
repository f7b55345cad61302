/**
 * Document paths that exclude each other within one update or projection.
 *
 * Two paths overlap if one leads into the other; they conflict if one treats as a list what the other treats as a map.
 * DynamoDB refuses both before it reads an item.
 */

import { type DocumentPath, describePath, type ExpressionKind } from './ast.ts';
import { detectedInExpression, invalidExpression } from './parser.ts';

/** Refuses the first pair of paths that overlap or conflict. */
export function checkOverlaps(kind: ExpressionKind, paths: readonly DocumentPath[]): void {
  for (let second = 1; second < paths.length; second++) {
    for (let first = 0; first < second; first++) checkPair(kind, paths[first] ?? [], paths[second] ?? []);
  }
}

function checkPair(kind: ExpressionKind, one: DocumentPath, two: DocumentPath): void {
  const length = Math.min(one.length, two.length);
  for (let at = 0; at < length; at++) {
    if (typeof one[at] !== typeof two[at]) throw refusal(kind, 'conflict', one, two);
    if (one[at] !== two[at]) return;
  }
  throw refusal(kind, 'overlap', one, two);
}

function refusal(kind: ExpressionKind, what: 'overlap' | 'conflict', one: DocumentPath, two: DocumentPath) {
  const refuse = what === 'overlap' ? detectedInExpression : invalidExpression;
  return refuse(
    kind,
    `Two document paths ${what} with each other; must remove or rewrite one of these paths; ` +
      `path one: ${describePath(one)}, path two: ${describePath(two)}`,
  );
}
