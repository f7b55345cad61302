/**
 * The part of an item under some document paths: projections, and the attributes that an update changed.
 *
 * Maps and lists on the way to a value are kept; a list keeps the order of its indexes and closes gaps. A path without a
 * value leaves nothing behind.
 */

import { type AttributeMap, type AttributeValue, memberOf } from '../attribute-value.ts';
import type { DocumentPath } from './ast.ts';
import { type PathTree, pathTree } from './path-tree.ts';

/** The members of `item` under `paths`, which must not overlap. */
export function project(item: AttributeMap, paths: readonly DocumentPath[]): AttributeMap {
  return projectMap(item, pathTree(paths.map((path) => ({ path, leaf: null })))) ?? Object.freeze({});
}

function projectMap(map: AttributeMap, tree: PathTree<null>): AttributeMap | undefined {
  if (tree.kind === 'leaf') return map;
  const projected: Record<string, AttributeValue> = {};
  for (const [name, child] of tree.children) {
    const member = typeof name === 'string' ? memberOf(map, name) : undefined;
    const value = member === undefined ? undefined : projectValue(member, child);
    if (value !== undefined) projected[name] = value;
  }
  return Object.keys(projected).length === 0 ? undefined : Object.freeze(projected);
}

function projectList(list: readonly AttributeValue[], tree: PathTree<null>): readonly AttributeValue[] | undefined {
  if (tree.kind === 'leaf') return list;
  const indexes = [...tree.children.keys()].filter((index) => typeof index === 'number').sort((a, b) => a - b);
  const projected = indexes.flatMap((index) => {
    const [element, child] = [list[index], tree.children.get(index)];
    const value = element === undefined || child === undefined ? undefined : projectValue(element, child);
    return value === undefined ? [] : [value];
  });
  return projected.length === 0 ? undefined : Object.freeze(projected);
}

function projectValue(value: AttributeValue, tree: PathTree<null>): AttributeValue | undefined {
  if (tree.kind === 'leaf') return value;
  if ('M' in value) {
    const M = projectMap(value.M, tree);
    return M === undefined ? undefined : Object.freeze({ M });
  }
  if ('L' in value) {
    const L = projectList(value.L, tree);
    return L === undefined ? undefined : Object.freeze({ L });
  }
  return undefined;
}
