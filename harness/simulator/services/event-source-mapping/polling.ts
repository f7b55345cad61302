/**
 * From items to invocations: when to receive, what makes a batch, when a batch goes to the function (SE-01 to SE-03).
 *
 * What the function's answer does to a batch is beside this file. A mapping with nothing to do asks for nothing.
 */

import type { Position, ReaderRequest, SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { acknowledgement, handingBack } from './acknowledgement.ts';
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
  const room = concurrencyOf(mapping) - inHand.length - pollsUnderWay(mapping);
  if (gathering === null && room <= 0) return rampUp(mapping, nowMs);
  const polls = gathering === null ? Math.min(free, room) : 1;
  lane.polling += polls;
  lane.backlog = false;
  const most = mapping.settings.batchSize - (gathering?.items.length ?? 0);
  const poll = pollLater(mapping, lane, most, nowMs);
  return Array.from({ length: polls }, () => poll);
}

/** Each may become a batch, which takes a place. */
function pollsUnderWay({ lanes }: EventSourceMapping): number {
  return lanes.reduce((sum, { polling }) => sum + polling, 0);
}

/** Lanes are read side by side: which of them is next is a question of order. */
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

/** Receives now: taking items and giving them to the function is one step, since between the two nothing could be noticed. */
export function poll(state: MappingsState, message: PollDue): readonly MappingEffect[] {
  if (message.lane === null) return [pollFrom(state, message, null)];
  const mapping = state.mappings.get(message.mapping);
  return mapping === undefined ? [] : pollInOrder(state, mapping, message);
}

/**
 * Reads on behind what the open window has gathered, or from where the mapping stands. If the window has ended while the receive was
 * on its way, its batch comes first.
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
  else if (lane.name !== null) passOver(state, mapping, lane, handedOut.next);
  return [...effects, ...pollIfPossible(state, mapping, moment.nowMs)];
}

/** Nothing up to here goes to the function; what a window has gathered before is not done yet. */
function passOver(state: MappingsState, mapping: EventSourceMapping, lane: Lane, next: Position): void {
  const open = gatheringBatch(state, mapping, lane);
  if (open === null) lane.position = next;
  else open.next = next;
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

/** What one invocation can't take becomes batches of its own. */
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

/** In a lane that is read in order it is read again, when the batch before it is done. */
function leaveRest(
  mapping: EventSourceMapping,
  batch: Batch,
  parts: readonly (readonly SourceItem[])[],
): readonly MappingEffect[] {
  batch.next = batch.items.at(-1)?.position ?? batch.next;
  return [handingBack(mapping, batch, parts.flat())];
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
