/**
 * How a mapping reports to a source what became of its items: they are acknowledged or handed back.
 */

import type { SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import type { MappingEffect } from './messages.ts';
import type { Batch, EventSourceMapping } from './state.ts';

/** Acknowledges items at once, in the step that is running. */
export function acknowledgement({ sourceArn, actor }: EventSourceMapping, items: readonly SourceItem[]): MappingEffect {
  const request = { kind: 'acknowledge', handles: items.map(({ handle }) => handle) } as const;
  return { kind: 'send', to: sourceArn, by: actor, request };
}

/**
 * Acknowledges items after the invocation: in a step of its own if their visibility timeout could run out before (a fault
 * with a budget), otherwise in the step that ends the invocation.
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

/** Hands back items that are not done. */
export function handingBack(
  { sourceArn, actor }: EventSourceMapping,
  { lane }: Batch,
  items: readonly SourceItem[],
): MappingEffect {
  const request = { kind: 'hand-back', lane, handles: items.map(({ handle }) => handle) } as const;
  return { kind: 'send', to: sourceArn, by: actor, request };
}
