/**
 * What a template says of a resource, as JSON text: two versions of a template differ in a resource if their texts do.
 *
 * The values that are handed to services leave out what changes nothing in a run, such as policies; this text holds all of it.
 */

import type { Node } from './tree.ts';

/** The text of a resource: its properties, with functions resolved, and its metadata as it stands. */
export function writtenResource(properties: Node, metadata: Node | undefined): string {
  return JSON.stringify([plainOf(properties), metadata === undefined ? null : plainOf(metadata)]);
}

/** Members are sorted, since their order says nothing. */
function plainOf(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value === null ? null : node.text;
    case 'list':
      return node.items.map(plainOf);
    case 'map': {
      const members = [...node.entries.values()].map(({ key, value }) => [key, plainOf(value)] as const);
      return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    case 'call':
      return { [node.name]: plainOf(node.argument) };
    case 'unknown':
      return null;
  }
}
