/**
 * The Mappings section: two levels of names with texts or lists below them, and no functions.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html
 */

import type { Findings } from './findings.ts';
import { describeNode, type Entry, type Node } from './tree.ts';

/** Reports mappings that are not two levels deep. */
export function checkMappings(section: ReadonlyMap<string, Entry>, findings: Findings): void {
  for (const { key, keyAt, value } of section.values()) {
    if (value.kind !== 'map') {
      findings.add(keyAt, `The mapping ${key} must be a map of maps, not ${describeNode(value)}.`);
      continue;
    }
    for (const row of value.entries.values()) {
      if (row.value.kind !== 'map')
        findings.add(row.keyAt, `The key ${row.key} of the mapping ${key} must hold a map.`);
      else for (const cell of row.value.entries.values()) checkCell(cell.value, findings);
    }
  }
}

function checkCell(node: Node, findings: Findings): void {
  if (node.kind === 'list') for (const item of node.items) checkCell(item, findings);
  else if (node.kind !== 'scalar' && node.kind !== 'unknown') {
    findings.add(node.at, `A mapping holds texts or lists of texts, not ${describeNode(node)}.`);
  }
}
