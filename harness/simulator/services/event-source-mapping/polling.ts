/**
 * When a mapping receives, and from where: it asks for items if its source has some and there is capacity for them.
 *
 * receiving.ts makes batches of them. A mapping whose source is empty asks for nothing.
 */

import type { Position, SourceRequest } from '../../contract/event-source.ts';
import type { WaitMs } from '../../contract/latency.ts';
import { dividesAnew, passedFrom } from './divided-anew.ts';
import { isItsTurn, laneOf, nameOfLane } from './lanes.ts';
import { MAPPING_POLL, STREAM_POLL, STREAM_PUSH } from './latency.ts';
import type { MappingEffect, MappingMessage } from './messages.ts';
import { concurrencyOf, pollersOf, rampUp } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type Lane, type MappingsState, mappingArn } from './state.ts';

/**
 * Asks for a receive if the source has items and the mapping has capacity for them; shards that were to be divided anew are, if nothing of them is
 * under way. `wait`: how long it takes in a timed run to read a
 * stream.
 */
export function pollIfPossible(
  state: MappingsState,
  mapping: EventSourceMapping,
  nowMs: number,
  wait: WaitMs = mapping.isPushed ? STREAM_PUSH : STREAM_POLL,
): readonly MappingEffect[] {
  dividesAnew(state, mapping);
  const [lane, ...more] = mapping.lanes;
  if (lane === undefined || mapping.deleted || !mapping.settings.enabled) return [];
  if (more.length === 0) return pollLane(state, mapping, lane, { nowMs, wait });
  return mapping.lanes.flatMap((each) => pollLane(state, mapping, each, { nowMs, wait }));
}

interface When {
  readonly nowMs: number;
  readonly wait: WaitMs;
}

function pollLane(state: MappingsState, mapping: EventSourceMapping, lane: Lane, when: When): readonly MappingEffect[] {
  const free = (lane.name === null ? pollersOf(mapping) : 1) - lane.polling;
  if (free <= 0 || !lane.backlog || lane.isEnded || lane.isEnding || !isItsTurn(mapping, lane)) return [];
  const gathering = gatheringBatch(state, mapping, lane);
  const inHand = batchesOf(state, mapping);
  // A lane that is read in order continues when its batch is done.
  if (lane.name !== null && gathering === null && inHand.some((batch) => isOf(batch, lane))) return [];
  if (mapping.failsByShard && inHand.some((batch) => batch.lane === lane.name && batch.hasFailed)) return [];
  const room = concurrencyOf(mapping) - inHand.length - pollsUnderWay(mapping);
  if (gathering === null && room <= 0) return rampUp(mapping, when.nowMs);
  const polls = gathering === null ? Math.min(free, room) : 1;
  lane.polling += polls;
  lane.backlog = false;
  const most = mapping.settings.batchSize - (gathering?.items.length ?? 0);
  const poll = pollLater(mapping, lane, most, when);
  return Array.from({ length: polls }, () => poll);
}

/** Each receive under way may become a batch, which takes a place. */
function pollsUnderWay({ lanes }: EventSourceMapping): number {
  return lanes.reduce((sum, { polling }) => sum + polling, 0);
}

/** Lanes are read concurrently: which of them comes next is a choice. */
function pollLater({ uuid, sourceArn, actor }: EventSourceMapping, lane: Lane, most: number, { nowMs, wait }: When) {
  const { name, part } = lane;
  const of = name === null ? `${uuid}/poll` : `${uuid}/poll/${name}${part === null ? '' : `/${part.place}`}`;
  return {
    kind: 'timer',
    of,
    as: 'step',
    atMs: nowMs,
    message: { kind: 'poll-due', mapping: uuid, source: sourceArn, ...nameOfLane(lane), most, by: actor },
    label: name === null ? `the ${actor} takes messages` : `the ${actor} takes records`,
    wait: name === null ? MAPPING_POLL : wait,
  } as const;
}

/**
 * Receives now. Taking items and giving them to the function is one step, since no other actor could notice anything in
 * between.
 */
export function poll(state: MappingsState, message: PollDue): readonly MappingEffect[] {
  if (message.lane === null) return [pollFrom(state, message, null, {})];
  const mapping = state.mappings.get(message.mapping);
  return mapping === undefined ? [] : pollInOrder(state, mapping, message);
}

/**
 * Continues behind the items that the open window has gathered, or from the mapping's position. If the window has ended while
 * the receive was under way, its batch comes first.
 */
function pollInOrder(state: MappingsState, mapping: EventSourceMapping, message: PollDue): readonly MappingEffect[] {
  const lane = laneOf(mapping, message);
  const inHand = batchesOf(state, mapping).find((batch) => isOf(batch, lane));
  if (inHand === undefined) return [pollFrom(state, message, lane.position, leftOut(mapping, lane, lane.position))];
  if (inHand.state === 'gathering') return [pollFrom(state, message, inHand.next, leftOut(mapping, lane, inHand.next))];
  lane.polling -= 1;
  lane.backlog = true;
  return [];
}

/** What a receive leaves out, of all that comes behind a position. */
type LeftOut = Pick<SourceRequest & { readonly kind: 'poll' }, 'sinceMs' | 'passed'>;

function leftOut({ settings: { stream } }: EventSourceMapping, lane: Lane, from: Position): LeftOut {
  // KE-20: a mapping that begins at an instant passes what came before, until it has a position.
  const sinceMs = from === null ? (stream?.startsAtMs ?? null) : null;
  const passed = passedFrom(lane, from);
  return { ...(sinceMs === null ? {} : { sinceMs }), ...(passed.length === 0 ? {} : { passed }) };
}

function pollFrom(
  state: MappingsState,
  { mapping, source, lane, part, most, by }: PollDue,
  from: Position,
  without: LeftOut,
): MappingEffect {
  const request = { kind: 'poll', mapping: mappingArn(state, mapping), lane, from, most, ...without } as const;
  return { kind: 'send', to: source, by, request: part === undefined ? request : { ...request, part } };
}

type PollDue = MappingMessage & { readonly kind: 'poll-due' };

/** The batch of a lane whose window is open; null if there is none. */
export function gatheringBatch(state: MappingsState, mapping: EventSourceMapping, lane: Lane): Batch | null {
  return batchesOf(state, mapping).find((batch) => batch.state === 'gathering' && isOf(batch, lane)) ?? null;
}

/** Whether a batch is of this lane, or of this part of it. */
function isOf(batch: Batch, { name, part }: Lane): boolean {
  return batch.lane === name && batch.part?.place === part?.place;
}
