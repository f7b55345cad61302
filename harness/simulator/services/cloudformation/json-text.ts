/**
 * A resolved value as JSON text, for properties that CloudFormation hands on without looking into them, such as an event pattern.
 *
 * Numbers and truth values stay what the template has them as; a text stays a text, whatever it looks like.
 */

import { invariant } from '../../kernel/bug.ts';
import type { MapNode, Node } from './tree.ts';

/** Undefined if something in it is not known, which a finding already says. */
export function jsonTextOf(node: MapNode): string | undefined {
  const json = jsonOf(node);
  return json === undefined ? undefined : JSON.stringify(json);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

function jsonOf(node: Node): Json | undefined {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list': {
      const items = node.items.map(jsonOf);
      return items.includes(undefined) ? undefined : (items as Json[]);
    }
    case 'map': {
      const members = [...node.entries.values()].map(({ key, value }) => [key, jsonOf(value)] as const);
      return members.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(members) as Json);
    }
    default:
      invariant(node.kind === 'unknown', `a function «${node.kind === 'call' ? node.name : ''}» that was not resolved`);
      return undefined;
  }
}
