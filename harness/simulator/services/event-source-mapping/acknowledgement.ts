/**
 * Telling a source what became of its items: done, or handed back.
 */

import type { SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import type { MappingEffect } from './messages.ts';
import type { Batch, EventSourceMapping } from './state.ts';

/** At once, with the step that is running. */
export function acknowledgement({ sourceArn, actor }: EventSourceMapping, items: readonly SourceItem[]): MappingEffect {
  const request = { kind: 'acknowledge', handles: items.map(({ handle }) => handle) } as const;
  return { kind: 'send', to: sourceArn, by: actor, request };
}

/**
 * After the invocation: in a step of its own where a time-out could come between (a fault with a budget), else with the end of the
 * invocation.
 */
export function acknowledgementAfter(
  mapping: EventSourceMapping,
  items: readonly SourceItem[],
  moment: Moment,
): MappingEffect {
  if (!moment.decidesBy('deadline')) return acknowledgement(mapping, items);
  const { sourceArn: source, actor: by } = mapping;
  const handles = items.map(({ handle }) => handle);
  return {
    kind: 'timer',
    of: `delete of ${handles[0]}`,
    as: 'step',
    atMs: moment.nowMs,
    message: { kind: 'acknowledge-due', source, handles, by },
    label: `the ${by} deletes`,
  };
}

/** The mapping lets go of items that are not done. */
export function handingBack(
  { sourceArn, actor }: EventSourceMapping,
  { lane }: Batch,
  items: readonly SourceItem[],
): MappingEffect {
  const request = { kind: 'hand-back', lane, handles: items.map(({ handle }) => handle) } as const;
  return { kind: 'send', to: sourceArn, by: actor, request };
}
