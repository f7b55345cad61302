/**
 * The mappings that read a source, as they are reported to the source: where to report new items, and whether a single
 * mapping takes every item immediately.
 */

import type { Arn } from '../../contract/arn.ts';
import type { Reader } from '../../contract/event-source.ts';
import type { MappingEffect } from './messages.ts';
import { isScarce } from './scaling.ts';
import { batchesOf, type EventSourceMapping, type MappingsState, mappingArn } from './state.ts';

/** The reader that stands for all mappings of a source; null if none is enabled. */
export function readerOf(state: MappingsState, sourceArn: Arn): Reader | null {
  const all = [...state.mappings.values()].filter((mapping) => mapping.sourceArn === sourceArn);
  if (!all.some(({ settings, deleted }) => settings.enabled && !deleted)) return null;
  const [only] = all;
  const isAlone = only !== undefined && all.length === 1 && !isScarce(only);
  const alone = isAlone ? { mapping: mappingArn(state, only.uuid), functionArn: only.settings.functionArn } : null;
  return { arn: mappingArn(state, '*'), alone };
}

/** Reports the reader to the source if it has changed, or if a mapping that begins to read must learn of existing items. */
export function watching(
  state: MappingsState,
  { sourceArn, actor }: EventSourceMapping,
  before: Reader | null,
  begins: boolean,
): readonly MappingEffect[] {
  const reader = readerOf(state, sourceArn);
  if (!begins && JSON.stringify(reader) === JSON.stringify(before)) return [];
  return [{ kind: 'send', to: sourceArn, by: actor, request: { kind: 'watch', reader } }];
}

/**
 * Reports to the source when a deleted mapping has ended its last batch: another mapping may be its only reader from now on.
 */
export function leaveIfDeleted(state: MappingsState, mapping: EventSourceMapping): readonly MappingEffect[] {
  if (!mapping.deleted || batchesOf(state, mapping).length > 0) return [];
  const before = readerOf(state, mapping.sourceArn);
  state.mappings.delete(mapping.uuid);
  return watching(state, mapping, before, false);
}
