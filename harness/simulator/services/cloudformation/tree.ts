/**
 * A template as a tree in which every node has its place.
 *
 * Short forms (`!Ref X`) and long forms (`{Ref: X}`) are the same node, and so are YAML and JSON. The tree holds what was
 * written; other files check which names exist and which types fit.
 */

import { quote } from '../../../words/names.ts';
import type { TemplatePlace } from './findings.ts';

/** A text, a number, a truth value or null. `text` is the template's text without quotes. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: TemplatePlace;
  readonly value: string | number | boolean | null;
  readonly text: string;
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: TemplatePlace;
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: string;
  /** The place of the key; its path is the path of the value. */
  readonly keyAt: TemplatePlace;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly at: TemplatePlace;
  /** In the order of the template. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** An intrinsic function by its long name: `Ref`, `Fn::Sub`, `Condition`. */
export interface CallNode {
  readonly kind: 'call';
  readonly at: TemplatePlace;
  readonly name: string;
  readonly argument: Node;
}

/** A value that cannot be known because something in it is wrong; a finding already says what. */
export interface UnknownNode {
  readonly kind: 'unknown';
  readonly at: TemplatePlace;
}

export type Node = ScalarNode | ListNode | MapNode | CallNode | UnknownNode;

/** A text that stands in no line of the template: the result of a function at `at`. */
export function textNode(at: TemplatePlace, text: string): ScalarNode {
  return { kind: 'scalar', at, value: text, text };
}

/** What a node is, in a sentence: «a list», «a map», the text itself. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
    case 'unknown':
      return 'nothing';
    case 'call':
      return `the function ${node.name}`;
    case 'scalar':
      if (node.value === null) return 'nothing';
      return node.text === '' ? 'an empty text' : quote(node.text);
  }
}
