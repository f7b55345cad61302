/**
 * Document paths merged into a tree, so that maps and lists that several paths share are visited once.
 *
 * Updates have actions as its leaves, projections only marks. The paths must not overlap (`overlap.ts`).
 */

import { invariant } from '../../../kernel/bug.ts';
import { type AttributeMap, type AttributeValue, memberOf } from '../attribute-value.ts';
import type { DocumentPath } from './ast.ts';

export type PathTree<T> =
  | { readonly kind: 'leaf'; readonly leaf: T }
  | { readonly kind: 'node'; readonly children: ReadonlyMap<string | number, PathTree<T>> };

type Growing<T> = { kind: 'leaf'; leaf: T } | { kind: 'node'; children: Map<string | number, Growing<T>> };

/** The tree of the given paths. */
export function pathTree<T>(leaves: readonly { readonly path: DocumentPath; readonly leaf: T }[]): PathTree<T> {
  const root: Growing<T> = { kind: 'node', children: new Map() };
  for (const { path, leaf } of leaves) {
    let node: Growing<T> = root;
    path.forEach((element, at) => {
      invariant(node.kind === 'node', 'overlapping document paths are refused before a tree is made');
      const isLast = at === path.length - 1;
      const child: Growing<T> =
        node.children.get(element) ?? (isLast ? { kind: 'leaf', leaf } : { kind: 'node', children: new Map() });
      node.children.set(element, child);
      node = child;
    });
  }
  return root;
}

/** The value at a path, if there is one. */
export function valueAt(item: AttributeMap, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const element of path) {
    if (value === undefined) return undefined;
    value = step(value, element);
  }
  return value;
}

function step(value: AttributeValue, element: string | number): AttributeValue | undefined {
  if (typeof element === 'number') return 'L' in value ? value.L[element] : undefined;
  return 'M' in value ? memberOf(value.M, element) : undefined;
}
