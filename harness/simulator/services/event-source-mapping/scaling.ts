/**
 * The number of concurrent batches of a mapping: MaximumConcurrency, and in timed runs the ramp as well (SE-05, SE-09).
 *
 * In exploration calls take no time, so a limit that grows with time would mean nothing; only MaximumConcurrency holds there.
 */

import type { SourceDescription } from '../../contract/event-source.ts';
import type { MappingEffect } from './messages.ts';
import type { EventSourceMapping } from './state.ts';

/** SE-05. */
const FIRST_CONCURRENCY = 5;
const MOST_CONCURRENCY = 1_250;
const RAMP_PER_MINUTE = 300;
/** The ramp grows once a second, by five. */
const RAMP_STEP_MS = 1_000;
/** «possibly as few as 2» (SE-05): errors and throttles scale no further down. */
const LEAST_CONCURRENCY = 2;

/** The scale of a new mapping. Of a FIFO queue it takes as many groups as there are, without a ramp (SE-06, UV-60). */
export function firstScale(
  nowMs: number,
  { keepsOrderInGroups }: Pick<SourceDescription, 'keepsOrderInGroups'>,
): NonNullable<EventSourceMapping['scale']> {
  const first = keepsOrderInGroups ? MOST_CONCURRENCY : FIRST_CONCURRENCY;
  return { concurrency: first, first, atMs: nowMs, waiting: false };
}

/** The number of batches that it may have now. */
export function concurrencyOf(mapping: EventSourceMapping): number {
  const most = mostOf(mapping);
  return mapping.scale === null ? most : Math.min(most, mapping.scale.concurrency);
}

/**
 * The number of receives that may be under way. In exploration it is one, since all pollers would take the same messages in
 * the same order; in timed runs, where a receive takes time, it is five (SE-05). A window fills one batch after another.
 */
export function pollersOf({ settings, scale }: EventSourceMapping): number {
  return scale === null || settings.windowSeconds > 0 ? 1 : FIRST_CONCURRENCY;
}

function mostOf({ settings }: EventSourceMapping): number {
  return Math.min(settings.maximumConcurrency ?? MOST_CONCURRENCY, MOST_CONCURRENCY);
}

/**
 * Whether the end of one batch can let another one begin: concurrency can run out, a window gathers items, or a lane is read
 * in order.
 */
export function isScarce({ settings, lanes, scale, deleted }: EventSourceMapping): boolean {
  const { maximumConcurrency, windowSeconds, enabled } = settings;
  const isInOrder = lanes.some(({ name }) => name !== null);
  return maximumConcurrency !== null || windowSeconds > 0 || isInOrder || !enabled || scale !== null || deleted;
}

/** Continues the ramp, because the mapping has more messages than capacity. */
export function rampUp(mapping: EventSourceMapping, nowMs: number): readonly MappingEffect[] {
  const { scale, uuid } = mapping;
  if (scale === null || scale.waiting || scale.concurrency >= mostOf(mapping)) return [];
  scale.waiting = true;
  const of = `${uuid}/scale`;
  const message = { kind: 'scale-due', mapping: uuid } as const;
  return [{ kind: 'timer', of, as: 'sleep', atMs: nowMs + RAMP_STEP_MS, message, label: `${of} waits` }];
}

/** Applies one second of the ramp. */
export function ramped({ scale }: EventSourceMapping): void {
  if (scale === null) return;
  scale.waiting = false;
  scale.concurrency = Math.min(MOST_CONCURRENCY, scale.concurrency + (RAMP_PER_MINUTE * RAMP_STEP_MS) / 60_000);
}

/** Resets the scale when no item is left to take (SE-05). */
export function idled({ scale }: EventSourceMapping): void {
  if (scale !== null) scale.concurrency = Math.min(scale.concurrency, scale.first);
}

/** Errors and throttles halve the concurrency, each success adds one (SE-08, SE-11, UV-08). */
export function afterBatch({ scale, settings }: EventSourceMapping, how: 'done' | 'failed' | 'throttled'): void {
  if (scale === null) return;
  if (how === 'done')
    scale.concurrency = Math.max(scale.concurrency, Math.min(FIRST_CONCURRENCY, scale.concurrency + 1));
  // SE-13.
  else if (how === 'throttled' || !settings.reportsBatchItemFailures)
    scale.concurrency = Math.max(LEAST_CONCURRENCY, Math.floor(scale.concurrency / 2));
}
