/**
 * Gives batches to the function, now or when a wait is over.
 *
 * What forms a batch stands in receiving.ts, what the function's answer means in batches.ts and stream-batches.ts.
 */

import { chainOfAll } from '../../contract/event-chain.ts';
import { laneOf } from './lanes.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';
import { concurrencyOf } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type MappingsState } from './state.ts';

/** Gives a batch to the function: a synchronous invocation (SE-01), whose answer comes back under the batch's name. */
export function invoke(mapping: EventSourceMapping, batch: Batch, number?: number): MappingEffect {
  batch.state = 'invoked';
  const Records = batch.closing === null ? batch.items.map(({ record }) => record) : [];
  const payloadJson = JSON.stringify({ Records, ...windowMembers(mapping, batch) });
  const numbered = { kind: 'invoke', payloadJson, ...(number === undefined ? {} : { number }) } as const;
  const request = { ...numbered, ...chainOfAll(batch.items) };
  return { kind: 'send', to: mapping.settings.functionArn, by: mapping.actor, request, call: batch.id };
}

/** What an event says of the window that is open (KE-16). */
function windowMembers(mapping: EventSourceMapping, batch: Batch): object {
  if (batch.lane === null) return {};
  const { window } = laneOf(mapping, batch);
  if (window === null) return {};
  const { start, end, stateJson } = window;
  return {
    window: { start, end },
    state: JSON.parse(stateJson) as unknown,
    shardId: batch.lane,
    eventSourceARN: mapping.recordsArn,
    isFinalInvokeForWindow: batch.closing === 'final',
    isWindowTerminatedEarly: batch.closing === 'early',
  };
}

/** Invokes with the oldest batch that waits for capacity, if there is capacity. */
export function invokeReady(state: MappingsState, mapping: EventSourceMapping): readonly MappingEffect[] {
  const batches = batchesOf(state, mapping);
  const ready = batches.find((batch) => batch.state === 'ready');
  const busy = batches.filter((batch) => batch.state !== 'ready').length;
  return ready !== undefined && busy < concurrencyOf(mapping) ? [invoke(mapping, ready)] : [];
}

/** The timer of a batch that waits; its time passes like a sleep. */
export function waiting({ id }: Pick<Batch, 'id'>, atMs: number, message: MappingMessage): MappingEffect {
  return { kind: 'timer', of: id, as: 'sleep', atMs, message, label: `${id} waits`, isCancellable: true };
}
