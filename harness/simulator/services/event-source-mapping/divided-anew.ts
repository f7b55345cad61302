/**
 * A shard whose mapping gets another `ParallelizationFactor`: it is divided anew when the batches of its parts have ended (UV-89).
 *
 * Each key goes on behind its last record that is done: nothing is read twice, and no record passes an earlier one of its key. Which parts
 * there are is a matter of lanes.ts.
 */

import { isBehind, type PassedPart, type Position } from '../../contract/event-source.ts';
import { invariant } from '../../kernel/bug.ts';
import { partsOfLane } from './lanes.ts';
import { batchesOf, type EventSourceMapping, type Lane, type MappingsState } from './state.ts';

/** The mapping has got another factor: its shards take no more batches until they are divided anew. */
export function endsDivision({ lanes }: EventSourceMapping): void {
  for (const lane of lanes) lane.isEnding = lane.name !== null;
}

/** Divides the shards anew of which nothing is under way any more. */
export function dividesAnew(state: MappingsState, mapping: EventSourceMapping): void {
  const ending = mapping.lanes.filter(({ isEnding }) => isEnding);
  for (const name of new Set(ending.map((lane) => lane.name))) {
    const parts = ending.filter((lane) => lane.name === name);
    const isBusy =
      parts.some(({ polling }) => polling > 0) || batchesOf(state, mapping).some((batch) => batch.lane === name);
    if (isBusy) continue;
    const place = mapping.lanes.findIndex((lane) => lane.name === name);
    mapping.lanes.splice(place, parts.length, ...insteadOf(parts, mapping));
  }
}

/** The parts that take the place of those. They begin where the part is that has come least far. */
function insteadOf(parts: readonly Lane[], { settings }: EventSourceMapping): readonly Lane[] {
  const [last] = parts.toSorted((one, other) => (isBehind(one.position, other.position) ? 1 : -1));
  invariant(last !== undefined, 'no part of a shard is read');
  const read = parts.map(({ part, position: until }) => ({ part, until }));
  const passed = [...last.passed, ...read].filter(({ until }) => isBehind(until, last.position));
  const backlog = parts.some((lane) => lane.backlog);
  const isEnded = parts.every((lane) => lane.isEnded);
  // The names of batches are never used again.
  const lastBatch = Math.max(...parts.map((lane) => lane.lastBatch));
  const anew = partsOfLane({ lane: last.name }, last.after, last.position, settings);
  return anew.map((lane) => ({ ...lane, passed, backlog, isEnded, lastBatch }));
}

/** The parts of an earlier division that were read further than to this position. */
export function passedFrom({ passed }: Lane, from: Position): readonly PassedPart[] {
  return passed.filter(({ until }) => isBehind(until, from));
}
