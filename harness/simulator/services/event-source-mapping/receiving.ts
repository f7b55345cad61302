/**
 * From items to batches: what forms a batch, and when a batch goes to the function (SE-01 to SE-03).
 */

import type { ReaderRequest, SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { acknowledgement, handingBack } from './acknowledgement.ts';
import { letsThrough } from './filter.ts';
import { invoke, invokeReady, waiting } from './giving.ts';
import { laneOf } from './lanes.ts';
import type { MappingEffect } from './messages.ts';
import { type BatchOrigin, batchWithoutItems, newBatch } from './new-batch.ts';
import { gatheringBatch, pollIfPossible } from './polling.ts';
import type { Batch, EventSourceMapping, Lane, MappingsState } from './state.ts';
import { given } from './stream-batches.ts';
import { inInvocations, windowAt } from './tumbling.ts';
import { endsIdleWindow } from './window-ends.ts';

/**
 * Handles items that were received: those that no filter lets through are acknowledged (SE-15), the others form a batch or
 * join one.
 */
export function received(
  state: MappingsState,
  mapping: EventSourceMapping,
  handedOut: HandedOut,
  moment: Moment,
): readonly MappingEffect[] {
  const lane = laneOf(mapping, handedOut);
  lane.polling -= 1;
  const wanted = handedOut.items.filter((one) => isWanted(mapping, one));
  const unwanted = handedOut.items.filter((one) => !isWanted(mapping, one));
  const effects: MappingEffect[] = [];
  if (unwanted.length > 0) effects.push(acknowledgement(mapping, unwanted));
  if (wanted.length > 0) effects.push(...add(state, mapping, lane, { ...handedOut, items: wanted }, moment));
  else if (lane.name !== null) passOver(state, mapping, lane, handedOut);
  effects.push(...pollIfPossible(state, mapping, moment.nowMs));
  const { stream } = mapping.settings;
  return stream === null ? effects : [...effects, ...endsIdleWindow({ state, mapping, stream, moment }, lane)];
}

/** Moves past items that don't go to the function. If a window is open, its batch moves past them when it is done. */
function passOver(state: MappingsState, mapping: EventSourceMapping, lane: Lane, { next, isEnd }: HandedOut): void {
  const open = gatheringBatch(state, mapping, lane);
  if (open === null) {
    lane.position = next;
    lane.isEnded = isEnd ?? false;
  } else {
    open.next = next;
    open.isLast = isEnd ?? false;
  }
}

/** Handles the second delivery of an item, which goes to the function by itself. */
export function receivedAgain(
  state: MappingsState,
  mapping: EventSourceMapping,
  { item, visibleAgainAtMs, number }: ReaderRequest & { readonly kind: 'handed-out-again' },
): readonly MappingEffect[] {
  if (!isWanted(mapping, item)) return [acknowledgement(mapping, [item])];
  const id = batchOfAgain(mapping, item);
  const batch: Batch = {
    ...batchWithoutItems(id, mapping, { lane: null }, { visibleAgainAtMs, next: null }),
    items: [item],
  };
  state.batches.set(id, batch);
  return [invoke(mapping, batch, number)];
}

/** The name of the batch of an item's second delivery. */
export function batchOfAgain({ uuid }: Pick<EventSourceMapping, 'uuid'>, { id, handOuts }: SourceItem): string {
  return `${uuid}/again-${id}-${handOuts}`;
}

/** Invokes with the batch as it is when its window is over. */
export function windowOver(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  moment: Moment,
): readonly MappingEffect[] {
  return batch.state === 'gathering' ? give(state, mapping, batch, moment) : [];
}

/** Gives a batch to the function for the first time. */
function give(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  moment: Moment,
): readonly MappingEffect[] {
  const { stream } = mapping.settings;
  return stream === null ? [invoke(mapping, batch)] : given({ state, mapping, batch, stream, moment });
}

function isWanted({ settings: { filters }, bodyMember }: EventSourceMapping, item: SourceItem): boolean {
  const seen = item.filtered ?? item.record;
  return filters.length === 0 || filters.some(({ pattern }) => letsThrough(pattern, seen, bodyMember));
}

/** Adds items to the batch whose window is open, or to a new one. */
function add(
  state: MappingsState,
  mapping: EventSourceMapping,
  lane: Lane,
  handedOut: HandedOut,
  moment: Moment,
): readonly MappingEffect[] {
  const open = gatheringBatch(state, mapping, lane);
  const batch = open ?? newBatch(state, mapping, lane, handedOut);
  const effects: MappingEffect[] = [];
  const [first = [], ...more] = inInvocations(mapping, lane, [...batch.items, ...handedOut.items], moment);
  batch.items = first;
  batch.next = handedOut.next;
  batch.isLast = handedOut.isEnd ?? false;
  const isFull = more.length > 0 || batch.items.length >= mapping.settings.batchSize;
  const windowMs = mapping.settings.windowSeconds * 1_000;
  if (isFull || windowMs === 0) {
    if (open !== null) effects.push({ kind: 'cancel', of: batch.id });
    effects.push(...give(state, mapping, batch, moment));
  } else if (open === null)
    effects.push(waiting(batch, gathersUntilMs(mapping, batch, moment), { kind: 'window-over', batch: batch.id }));
  if (more.length === 0) return effects;
  const rest = lane.name === null ? splitOff(state, mapping, lane, handedOut, more) : leaveRest(mapping, batch, more);
  return [...effects, ...rest];
}

/** The end of a batching window, which lasts no longer than the tumbling window of its items (KE-16). */
function gathersUntilMs({ settings }: EventSourceMapping, { items: [first] }: Batch, moment: Moment): number {
  const { stream, windowSeconds } = settings;
  const untilMs = moment.nowMs + windowSeconds * 1_000;
  if (stream === null || stream.tumblingSeconds === 0 || first === undefined) return untilMs;
  return Math.min(untilMs, Math.max(moment.nowMs, windowAt(first, stream, moment).endsAtMs));
}

/** Moves items that one invocation can't take into batches of their own. */
function splitOff(
  state: MappingsState,
  mapping: EventSourceMapping,
  lane: Lane,
  origin: BatchOrigin,
  parts: readonly (readonly SourceItem[])[],
): readonly MappingEffect[] {
  const effects: MappingEffect[] = [];
  for (const items of parts) {
    const next = newBatch(state, mapping, lane, origin);
    next.items = items;
    next.state = 'ready';
    effects.push(...invokeReady(state, mapping));
  }
  return effects;
}

/** In a lane that is read in order, drops those items; they are read again when the batch before them is done. */
function leaveRest(
  mapping: EventSourceMapping,
  batch: Batch,
  parts: readonly (readonly SourceItem[])[],
): readonly MappingEffect[] {
  batch.next = batch.items.at(-1)?.position ?? batch.next;
  batch.isLast = false;
  return [handingBack(mapping, batch, parts.flat())];
}

type HandedOut = ReaderRequest & { readonly kind: 'handed-out' };
