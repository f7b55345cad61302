/**
 * What a stack tells of its template beside the resources: its description, and the parameters that it declares.
 *
 * It checks nothing: a template with mistakes is refused where it is read (read-template.ts).
 */

import { readDocument } from './document.ts';
import { collectFindings } from './findings.ts';
import type { MapNode, Node } from './tree.ts';

export interface TemplateHead {
  readonly description: string | null;
  readonly parameters: readonly DeclaredParameter[];
}

export interface DeclaredParameter {
  readonly name: string;
  /** Null if the parameter has no default. */
  readonly usual: string | null;
  /** NoEcho: no call shows its value. */
  readonly isSecret: boolean;
}

/** The head of a template; that of one that can't be read is empty. */
export function templateHead(template: string): TemplateHead {
  const root = readDocument(template, collectFindings(''));
  if (root === null || root.kind !== 'map') return { description: null, parameters: [] };
  const section = member(root, 'Parameters');
  const declared = section?.kind === 'map' ? [...section.entries.values()] : [];
  return {
    description: textOf(member(root, 'Description')),
    parameters: declared.flatMap(({ key: name, value }) =>
      value.kind === 'map'
        ? [
            {
              name,
              usual: textOf(member(value, 'Default')),
              isSecret: textOf(member(value, 'NoEcho')) === 'true',
            },
          ]
        : [],
    ),
  };
}

function member(map: MapNode, name: string): Node | undefined {
  return map.entries.get(name)?.value;
}

function textOf(node: Node | undefined): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.text : null;
}
