/**
 * Tumbling windows begin with their first record and end by the clock: the function hears of it in an invocation without records (KE-16, UV-81).
 *
 * What comes after an end is a matter of stream-batches.ts.
 */

import type { SourceItem } from '../../contract/event-source.ts';
import { invariant } from '../../kernel/bug.ts';
import type { AtBatch, AtMapping } from './at-batch.ts';
import { invoke } from './giving.ts';
import { laneOf } from './lanes.ts';
import type { MappingEffect } from './messages.ts';
import { newBatch } from './new-batch.ts';
import { isTooOld } from './record-age.ts';
import { batchesOf, type Closing, type EventSourceMapping, type Lane, type OpenWindow } from './state.ts';
import type { GivenUpCondition } from './trace-events.ts';
import { newWindow, windowAt, withoutState } from './tumbling.ts';

/** Whether a record comes behind the window that is open. */
export function isOfAnother({ mapping, batch, stream, moment }: AtBatch, first: SourceItem): boolean {
  const { window } = laneOf(mapping, batch);
  return window !== null && window.startsAtMs !== windowAt(first, stream, moment).startsAtMs;
}

/** The items of the batch are of the window that is open, or begin one, whose end comes by the clock. */
export function opensWindow({ mapping, batch, stream, moment }: AtBatch): readonly MappingEffect[] {
  const lane = laneOf(mapping, batch);
  const newest = batch.items.at(-1);
  invariant(newest !== undefined, 'a window was opened without a record');
  if (lane.window !== null) {
    lane.window = { ...lane.window, newest };
    return [];
  }
  const window = newWindow(newest, stream, moment);
  lane.window = window;
  return window.isOver ? [] : [timerOf(mapping, lane, window)];
}

function timerOf(mapping: EventSourceMapping, lane: Lane, { startsAtMs, endsAtMs: atMs }: OpenWindow): MappingEffect {
  const { name, part } = lane;
  const message = { kind: 'window-ends-due', mapping: mapping.uuid, lane: name, startsAtMs } as const;
  const of = timerName(mapping, lane);
  invariant(part === null, 'a part of a lane has no windows');
  return { kind: 'timer', of, as: 'sleep', atMs, message, label: `the window of ${of} ends`, isCancellable: true };
}

function timerName({ uuid }: EventSourceMapping, { name }: Lane): string {
  return `${uuid}/${name}/window`;
}

/** The clock has passed the end of a window, which is over when nothing of it is left to read. */
export function windowEndDue(at: AtMapping, lane: Lane, startsAtMs: number): readonly MappingEffect[] {
  const { window } = lane;
  if (window === null || window.startsAtMs !== startsAtMs) return [];
  lane.window = { ...window, isOver: true };
  return endsIdleWindow(at, lane);
}

/** The function hears of the end of the window, or that its state has become too large, before it gets what the batch has. */
export function closes(at: AtBatch, closing: Closing): readonly MappingEffect[] {
  const { batch } = at;
  batch.closing = closing;
  batch.attempts = 0;
  batch.pauses = 0;
  return tellsEnd(at, closing, false);
}

/** An invocation without records. A window that has ended otherwise needs no clock. */
export function tellsEnd({ mapping, batch }: AtBatch, closing: Closing, isAgain: boolean): readonly MappingEffect[] {
  const { actor: by } = mapping;
  const lane = laneOf(mapping, batch);
  const { end, isOver } = windowOf(lane);
  const stops: readonly MappingEffect[] =
    closing === 'final' && !isOver && !isAgain ? [{ kind: 'cancel', of: timerName(mapping, lane) }] : [];
  const event = { kind: 'window-ends', lane: lane.name ?? '', by, end, closing, isAgain } as const;
  return [...stops, { kind: 'note', by, event }, invoke(mapping, batch)];
}

function windowOf({ window }: Lane): OpenWindow {
  invariant(window !== null, 'no window is open');
  return window;
}

/** Counts an attempt that failed; says why the end is given up if it was the last one (UV-82). */
export function endAttempted({ batch, stream: { maximumRetryAttempts: most } }: AtBatch): GivenUpCondition | null {
  batch.attempts += 1;
  return most >= 0 && batch.attempts > most ? 'RetryAttemptsExhausted' : null;
}

/** An end is as old as the newest record of its window (UV-82). */
export function isEndTooOld({ mapping, batch, stream, moment }: AtBatch): boolean {
  return isTooOld(windowOf(laneOf(mapping, batch)).newest, stream, moment);
}

/** Says that the function never heard of an end: what it had gathered is lost. */
export function endGivenUp({ mapping, batch }: AtBatch, condition: GivenUpCondition): readonly MappingEffect[] {
  const { actor: by } = mapping;
  const lane = laneOf(mapping, batch);
  const event = { kind: 'window-given-up', lane: lane.name ?? '', by, end: windowOf(lane).end, condition } as const;
  return [{ kind: 'note', by, event }];
}

/** The state is dropped: the next window begins anew, or the same one goes on with an empty state. */
export function leavesWindow({ mapping, batch }: AtBatch): void {
  const lane = laneOf(mapping, batch);
  lane.window = batch.closing === 'early' ? withoutState(windowOf(lane)) : null;
  batch.closing = null;
  batch.attempts = 0;
  batch.pauses = 0;
}

/** Ends the window of a lane that has nothing left to read: the clock has passed its end, or the lane has ended (KE-16). */
export function endsIdleWindow({ state, mapping, stream, moment }: AtMapping, lane: Lane): readonly MappingEffect[] {
  const { window, isEnded, backlog, polling, position } = lane;
  if (window === null || mapping.deleted || !mapping.settings.enabled) return [];
  if (polling > 0 || batchesOf(state, mapping).some((batch) => batch.lane === lane.name)) return [];
  if (!isEnded && (!window.isOver || backlog)) return [];
  const batch = newBatch(state, mapping, lane, { visibleAgainAtMs: Number.POSITIVE_INFINITY, next: position });
  batch.isLast = isEnded;
  return closes({ state, mapping, batch, stream, moment }, 'final');
}
