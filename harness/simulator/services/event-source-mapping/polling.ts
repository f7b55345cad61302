/**
 * From items to invocations: when to receive, what makes a batch, when a batch goes to the function (SE-01 to SE-03).
 *
 * What the function's answer does to a batch is beside this file. A mapping with nothing to do asks for nothing.
 */

import type { ReaderRequest, SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { acknowledgement } from './acknowledgement.ts';
import { matches } from './filter.ts';
import { MAPPING_POLL } from './latency.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';
import { splitByPayload } from './payload.ts';
import { concurrencyOf, pollersOf, rampUp } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type Lane, type MappingsState, mappingArn } from './state.ts';

/** Asks for a receive if there is something to take and a place for it. */
export function pollIfPossible(
  state: MappingsState,
  mapping: EventSourceMapping,
  nowMs: number,
): readonly MappingEffect[] {
  const [lane, ...more] = mapping.lanes;
  if (lane === undefined || mapping.deleted || !mapping.settings.enabled) return [];
  if (more.length === 0) return pollLane(state, mapping, lane, nowMs);
  return mapping.lanes.flatMap((each) => pollLane(state, mapping, each, nowMs));
}

function pollLane(
  state: MappingsState,
  mapping: EventSourceMapping,
  lane: Lane,
  nowMs: number,
): readonly MappingEffect[] {
  const free = (lane.name === null ? pollersOf(mapping) : 1) - lane.polling;
  if (free <= 0 || !lane.backlog) return [];
  const gathering = gatheringBatch(state, mapping, lane);
  const inHand = batchesOf(state, mapping);
  // What is read in order is read on when the batch before is done.
  if (lane.name !== null && gathering === null && inHand.some((batch) => batch.lane === lane.name)) return [];
  const room = concurrencyOf(mapping) - inHand.length - lane.polling;
  if (gathering === null && room <= 0) return rampUp(mapping, nowMs);
  const polls = gathering === null ? Math.min(free, room) : 1;
  lane.polling += polls;
  lane.backlog = false;
  const most = mapping.settings.batchSize - (gathering?.items.length ?? 0);
  const poll = pollLater(mapping, lane, most, nowMs);
  return Array.from({ length: polls }, () => poll);
}

function pollLater({ uuid, sourceArn, actor }: EventSourceMapping, lane: Lane, most: number, nowMs: number) {
  return {
    kind: 'timer',
    of: `${uuid}/poll`,
    as: 'step',
    atMs: nowMs,
    message: { kind: 'poll-due', mapping: uuid, source: sourceArn, lane: lane.name, most, by: actor },
    label: `the ${actor} takes messages`,
    wait: MAPPING_POLL,
  } as const;
}

/** Receives now: taking items and giving them to the function is one step, since between the two nothing could be noticed. */
export function poll(
  state: MappingsState,
  { mapping: uuid, source, lane, most, by }: MappingMessage & { readonly kind: 'poll-due' },
): MappingEffect {
  const from = state.mappings.get(uuid)?.lanes.find(({ name }) => name === lane)?.position ?? null;
  const request = { kind: 'poll', mapping: mappingArn(state, uuid), lane, from, most } as const;
  return { kind: 'send', to: source, by, request };
}

/** Items have come: what no filter lets through is acknowledged (SE-15), the rest becomes a batch or joins one. */
export function received(
  state: MappingsState,
  mapping: EventSourceMapping,
  handedOut: ReaderRequest & { readonly kind: 'handed-out' },
  moment: Moment,
): readonly MappingEffect[] {
  const lane = laneOf(mapping, handedOut.lane);
  lane.polling -= 1;
  const wanted = handedOut.items.filter((one) => isWanted(mapping, one));
  const unwanted = handedOut.items.filter((one) => !isWanted(mapping, one));
  const effects: MappingEffect[] = [];
  if (unwanted.length > 0) effects.push(acknowledgement(mapping, unwanted));
  if (wanted.length > 0) effects.push(...add(state, mapping, lane, { ...handedOut, items: wanted }, moment.nowMs));
  else if (lane.name !== null) lane.position = handedOut.next;
  return [...effects, ...pollIfPossible(state, mapping, moment.nowMs)];
}

/** An item has come once more: it goes to the function by itself. */
export function receivedAgain(
  state: MappingsState,
  mapping: EventSourceMapping,
  { item, visibleAgainAtMs, number }: ReaderRequest & { readonly kind: 'handed-out-again' },
): readonly MappingEffect[] {
  if (!isWanted(mapping, item)) return [acknowledgement(mapping, [item])];
  const id = batchOfAgain(mapping, item);
  const batch: Batch = { ...emptyBatch(id, mapping, null, { visibleAgainAtMs, next: null }), items: [item] };
  state.batches.set(id, batch);
  return [invoke(mapping, batch, number)];
}

/** The name of the batch that an item makes which comes once more. */
export function batchOfAgain({ uuid }: Pick<EventSourceMapping, 'uuid'>, { id, handOuts }: SourceItem): string {
  return `${uuid}/again-${id}-${handOuts}`;
}

/** The window of a batch is over: it goes as it is. */
export function windowOver(mapping: EventSourceMapping, batch: Batch): readonly MappingEffect[] {
  return batch.state === 'gathering' ? [invoke(mapping, batch)] : [];
}

/** Gives a batch to the function: a synchronous invocation (SE-01), whose answer comes back under the batch's name. */
export function invoke(mapping: EventSourceMapping, batch: Batch, number?: number): MappingEffect {
  batch.state = 'invoked';
  const payloadJson = JSON.stringify({ Records: batch.items.map(({ record }) => record) });
  const request = { kind: 'invoke', payloadJson, ...(number === undefined ? {} : { number }) } as const;
  return { kind: 'send', to: mapping.settings.functionArn, by: mapping.actor, request, call: batch.id };
}

/** The oldest batch that waits for a place, if there is a place. */
export function invokeReady(state: MappingsState, mapping: EventSourceMapping): readonly MappingEffect[] {
  const batches = batchesOf(state, mapping);
  const ready = batches.find((batch) => batch.state === 'ready');
  const busy = batches.filter((batch) => batch.state !== 'ready').length;
  return ready !== undefined && busy < concurrencyOf(mapping) ? [invoke(mapping, ready)] : [];
}

/** The lane of this name. */
export function laneOf({ lanes }: EventSourceMapping, name: string | null): Lane {
  const lane = lanes.find((each) => each.name === name);
  invariant(lane !== undefined, `a mapping has no lane «${name}»`);
  return lane;
}

function gatheringBatch(state: MappingsState, mapping: EventSourceMapping, lane: Lane): Batch | null {
  return batchesOf(state, mapping).find((batch) => batch.state === 'gathering' && batch.lane === lane.name) ?? null;
}

function isWanted({ settings: { filters }, bodyMember }: EventSourceMapping, { record }: SourceItem): boolean {
  return filters.length === 0 || filters.some(({ pattern }) => matches(pattern, record, bodyMember));
}

/** Items join the batch whose window is open, or make a new one. */
function add(
  state: MappingsState,
  mapping: EventSourceMapping,
  lane: Lane,
  handedOut: ReaderRequest & { readonly kind: 'handed-out' },
  nowMs: number,
): readonly MappingEffect[] {
  const open = gatheringBatch(state, mapping, lane);
  const batch = open ?? newBatch(state, mapping, lane, handedOut);
  const effects: MappingEffect[] = [];
  const parts = splitByPayload([...batch.items, ...handedOut.items]);
  batch.items = parts[0] ?? [];
  batch.next = handedOut.next;
  const isFull = parts.length > 1 || batch.items.length >= mapping.settings.batchSize;
  const windowMs = mapping.settings.windowSeconds * 1_000;
  if (isFull || windowMs === 0) {
    if (open !== null) effects.push({ kind: 'cancel', of: batch.id });
    effects.push(invoke(mapping, batch));
  } else if (open === null) effects.push(waiting(batch, nowMs + windowMs, { kind: 'window-over', batch: batch.id }));
  for (const rest of parts.slice(1)) {
    const next = newBatch(state, mapping, lane, handedOut);
    next.items = rest;
    next.state = 'ready';
    effects.push(...invokeReady(state, mapping));
  }
  return effects;
}

/** The mapping waits with a batch: time that it takes by itself. */
export function waiting({ id }: Pick<Batch, 'id'>, atMs: number, message: MappingMessage): MappingEffect {
  return { kind: 'timer', of: id, as: 'sleep', atMs, message, label: `${id} waits`, isCancellable: true };
}

type Origin = Pick<Batch, 'visibleAgainAtMs' | 'next'>;

function newBatch(state: MappingsState, mapping: EventSourceMapping, lane: Lane, origin: Origin): Batch {
  mapping.lastBatch += 1;
  const id = `${mapping.uuid}/batch-${mapping.lastBatch}`;
  const batch = emptyBatch(id, mapping, lane.name, origin);
  state.batches.set(id, batch);
  return batch;
}

function emptyBatch(
  id: string,
  { uuid }: EventSourceMapping,
  lane: string | null,
  { visibleAgainAtMs, next }: Origin,
): Batch {
  return { id, mapping: uuid, lane, items: [], state: 'gathering', visibleAgainAtMs, next, throttles: 0 };
}
