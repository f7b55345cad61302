/**
 * From items to invocations: when a mapping receives, what forms a batch, and when a batch goes to the function (SE-01 to
 * SE-03).
 *
 * batches.ts handles the function's answer. A mapping whose source is empty asks for nothing.
 */

import type { Position, ReaderRequest, SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { acknowledgement, handingBack } from './acknowledgement.ts';
import { letsThrough } from './filter.ts';
import { MAPPING_POLL } from './latency.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';
import { splitByPayload } from './payload.ts';
import { concurrencyOf, pollersOf, rampUp } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type Lane, type MappingsState, mappingArn } from './state.ts';

/** Asks for a receive if the source has items and the mapping has capacity for them. */
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
  // A lane that is read in order continues when its batch is done.
  if (lane.name !== null && gathering === null && inHand.some((batch) => batch.lane === lane.name)) return [];
  const room = concurrencyOf(mapping) - inHand.length - pollsUnderWay(mapping);
  if (gathering === null && room <= 0) return rampUp(mapping, nowMs);
  const polls = gathering === null ? Math.min(free, room) : 1;
  lane.polling += polls;
  lane.backlog = false;
  const most = mapping.settings.batchSize - (gathering?.items.length ?? 0);
  const poll = pollLater(mapping, lane, most, nowMs);
  return Array.from({ length: polls }, () => poll);
}

/** Each receive under way may become a batch, which takes a place. */
function pollsUnderWay({ lanes }: EventSourceMapping): number {
  return lanes.reduce((sum, { polling }) => sum + polling, 0);
}

/** Lanes are read concurrently: which of them comes next is a choice. */
function pollLater({ uuid, sourceArn, actor }: EventSourceMapping, { name: lane }: Lane, most: number, nowMs: number) {
  return {
    kind: 'timer',
    of: lane === null ? `${uuid}/poll` : `${uuid}/poll/${lane}`,
    as: 'step',
    atMs: nowMs,
    message: { kind: 'poll-due', mapping: uuid, source: sourceArn, lane, most, by: actor },
    label: `the ${actor} takes messages`,
    wait: MAPPING_POLL,
  } as const;
}

/**
 * Receives now. Taking items and giving them to the function is one step, since no other actor could notice anything in
 * between.
 */
export function poll(state: MappingsState, message: PollDue): readonly MappingEffect[] {
  if (message.lane === null) return [pollFrom(state, message, null)];
  const mapping = state.mappings.get(message.mapping);
  return mapping === undefined ? [] : pollInOrder(state, mapping, message);
}

/**
 * Continues behind the items that the open window has gathered, or from the mapping's position. If the window has ended while
 * the receive was under way, its batch comes first.
 */
function pollInOrder(state: MappingsState, mapping: EventSourceMapping, message: PollDue): readonly MappingEffect[] {
  const lane = laneOf(mapping, message.lane);
  const inHand = batchesOf(state, mapping).find((batch) => batch.lane === lane.name);
  if (inHand === undefined) return [pollFrom(state, message, lane.position)];
  if (inHand.state === 'gathering') return [pollFrom(state, message, inHand.next)];
  lane.polling -= 1;
  lane.backlog = true;
  return [];
}

function pollFrom(state: MappingsState, { mapping, source, lane, most, by }: PollDue, from: Position): MappingEffect {
  const request = { kind: 'poll', mapping: mappingArn(state, mapping), lane, from, most } as const;
  return { kind: 'send', to: source, by, request };
}

type PollDue = MappingMessage & { readonly kind: 'poll-due' };

/**
 * Handles items that were received: those that no filter lets through are acknowledged (SE-15), the others form a batch or
 * join one.
 */
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
  else if (lane.name !== null) passOver(state, mapping, lane, handedOut.next);
  return [...effects, ...pollIfPossible(state, mapping, moment.nowMs)];
}

/** Moves past items that don't go to the function. If a window is open, its batch moves past them when it is done. */
function passOver(state: MappingsState, mapping: EventSourceMapping, lane: Lane, next: Position): void {
  const open = gatheringBatch(state, mapping, lane);
  if (open === null) lane.position = next;
  else open.next = next;
}

/** Handles the second delivery of an item, which goes to the function by itself. */
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

/** The name of the batch of an item's second delivery. */
export function batchOfAgain({ uuid }: Pick<EventSourceMapping, 'uuid'>, { id, handOuts }: SourceItem): string {
  return `${uuid}/again-${id}-${handOuts}`;
}

/** Invokes with the batch as it is when its window is over. */
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

/** Invokes with the oldest batch that waits for capacity, if there is capacity. */
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
  return filters.length === 0 || filters.some(({ pattern }) => letsThrough(pattern, record, bodyMember));
}

/** Adds items to the batch whose window is open, or to a new one. */
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
  const [first = [], ...more] = splitByPayload([...batch.items, ...handedOut.items]);
  batch.items = first;
  batch.next = handedOut.next;
  const isFull = more.length > 0 || batch.items.length >= mapping.settings.batchSize;
  const windowMs = mapping.settings.windowSeconds * 1_000;
  if (isFull || windowMs === 0) {
    if (open !== null) effects.push({ kind: 'cancel', of: batch.id });
    effects.push(invoke(mapping, batch));
  } else if (open === null) effects.push(waiting(batch, nowMs + windowMs, { kind: 'window-over', batch: batch.id }));
  if (more.length === 0) return effects;
  const rest = lane.name === null ? splitOff(state, mapping, lane, handedOut, more) : leaveRest(mapping, batch, more);
  return [...effects, ...rest];
}

/** Moves items that one invocation can't take into batches of their own. */
function splitOff(
  state: MappingsState,
  mapping: EventSourceMapping,
  lane: Lane,
  origin: Origin,
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
  return [handingBack(mapping, batch, parts.flat())];
}

/** The timer of a batch that waits; its time passes like a sleep. */
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
