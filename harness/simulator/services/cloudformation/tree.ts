/**
 * A template as a tree in which everything knows its place.
 *
 * Short forms (`!Ref X`) and long forms (`{Ref: X}`) are the same node here, and so are YAML and JSON. The tree says what
 * was written, not what it means: which names exist and which types fit is judged elsewhere.
 */

import { quote } from '../../../words/names.ts';
import type { TemplatePlace } from './findings.ts';

/** Text, a number, a truth value or nothing. `text` is what stands in the template, without quotes. */
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
  /** Where the key stands; its path is the path of the value. */
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

/** A value that cannot be known because something about it is wrong, which a finding already says. */
export interface UnknownNode {
  readonly kind: 'unknown';
  readonly at: TemplatePlace;
}

export type Node = ScalarNode | ListNode | MapNode | CallNode | UnknownNode;

/** A text that no line of the template holds as it is: the result of a function that stands at `at`. */
export function textNode(at: TemplatePlace, text: string): ScalarNode {
  return { kind: 'scalar', at, value: text, text };
}

/** What a node is, for a sentence: «a list», «a map», the text itself. */
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
