/**
 * What becomes of a batch of a stream that was given to the function: its lane goes on behind it, or it is tried again in place, in parts, or
 * given up (KE-05 to KE-12).
 *
 * A lane has one batch at a time, so a batch that fails holds up what comes behind it in its lane, and nothing else.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import { acknowledgement } from './acknowledgement.ts';
import type { AtBatch } from './at-batch.ts';
import { tells } from './given-up.ts';
import { invoke, waiting } from './giving.ts';
import { laneOf } from './lanes.ts';
import { MAPPING_POLL } from './latency.ts';
import type { MappingEffect } from './messages.ts';
import { outcomeOf } from './outcome.ts';
import { pollIfPossible } from './polling.ts';
import { leaveIfDeleted } from './readers.ts';
import { isTooOld } from './record-age.ts';
import type { Batch, Closing, EventSourceMapping } from './state.ts';
import type { GivenUpCondition } from './trace-events.ts';
import { isStateTooLarge, keepsState, outcomeWithState } from './tumbling.ts';
import { unreadReport } from './unread-report.ts';
import {
  closes,
  endAttempted,
  endGivenUp,
  endsIdleWindow,
  isEndTooOld,
  isOfAnother,
  leavesWindow,
  opensWindow,
  tellsEnd,
} from './window-ends.ts';

/** UV-13: 1, 2, 4 … 60 s, and more in an exploration, where seconds cost nothing and each attempt is a step. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Handles the function's answer, or Lambda's refusal to run it. */
export function streamBatchAnswered(at: AtBatch, answer: AwsAnswer): readonly MappingEffect[] {
  const { mapping, batch, stream } = at;
  if (answer.ok && answer.output.ExecutedVersion !== undefined) batch.ranAs = String(answer.output.ExecutedVersion);
  const ids = batch.closing === null ? batch.items.map(({ id }) => id) : [];
  const heard = outcomeOf(answer, ids, mapping.settings.reportsBatchItemFailures);
  const outcome = stream.tumblingSeconds === 0 ? heard : outcomeWithState(heard, answer);
  switch (outcome.kind) {
    case 'throttled':
      return again(at);
    case 'failed':
      return batch.closing === null ? failed(at, heard.kind === 'failed') : endFailed(at);
    default: {
      if (batch.closing !== null) return goesOn(at);
      const first = batch.items.findIndex(({ id }) => !outcome.itemIds.includes(id));
      // What comes once more comes with what the function was given before.
      if ((first < 0 && !batch.isTwice) || first > 0) keepsState(laneOf(mapping, batch), answer);
      return first < 0 ? [...unreadReport(at, answer), ...isDone(at)] : doneUntil(at, first);
    }
  }
}

/** The function is done. If it was chosen that the mapping does not know it, the batch comes once more, at any time (KE-01). */
function isDone(at: AtBatch): readonly MappingEffect[] {
  const { mapping, batch, moment } = at;
  if (!batch.isTwice) return done(at);
  batch.isTwice = false;
  batch.state = 'paused';
  const message = { kind: 'retry-due', batch: batch.id } as const;
  const label = `${batch.id} comes once more`;
  return [
    { kind: 'strike', fault: 'duplicate', by: mapping.actor },
    { kind: 'timer', of: batch.id, as: 'step', atMs: moment.nowMs, message, label, isCancellable: true },
  ];
}

/** KE-09: what comes before the first item that failed is done, and everything from there on comes again. */
function doneUntil(at: AtBatch, first: number): readonly MappingEffect[] {
  const { mapping, batch, stream } = at;
  const before = batch.items.slice(0, first);
  batch.items = batch.items.slice(first);
  const told = before.length === 0 ? [] : [passes(mapping, batch, before)];
  // KE-11: the split at the item that failed is the bisection.
  const isSplit = stream.bisects && before.length > 0;
  if (isStateTooLarge(laneOf(mapping, batch))) return [...told, ...closes(at, 'early')];
  if (!isSplit) return [...told, ...failed(at, false)];
  batch.attempts = 0;
  return [...told, ...again(at)];
}

/** The function failed: the batch is split, tried again, or given up. */
function failed(at: AtBatch, isError: boolean): readonly MappingEffect[] {
  const { batch, stream } = at;
  const [first, ...more] = batch.items;
  if (stream.bisects && first !== undefined && more.length > 0) return bisected(at);
  batch.attempts += 1;
  const { maximumRetryAttempts: most } = stream;
  if (most >= 0 && batch.attempts > most) return givenUp(at, batch.items, 'RetryAttemptsExhausted', isError);
  return again(at);
}

/** KE-08: two halves, one after the other; no attempt is used up. */
function bisected(at: AtBatch): readonly MappingEffect[] {
  const { batch } = at;
  const middle = Math.ceil(batch.items.length / 2);
  batch.rest = [batch.items.slice(middle), ...batch.rest];
  batch.items = batch.items.slice(0, middle);
  batch.attempts = 0;
  return again(at);
}

/** The batch comes again after a pause. A mapping that is to read no more leaves it where it is, and one that divides its shard anew reads it anew. */
function again(at: AtBatch): readonly MappingEffect[] {
  const { batch, moment } = at;
  if (isToBeLeft(at)) return left(at);
  const longestMs = moment.isTimed ? LONGEST_PAUSE_MS : Number.POSITIVE_INFINITY;
  const pauseMs = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** batch.pauses);
  batch.pauses += 1;
  batch.hasFailed = true;
  batch.state = 'paused';
  return [waiting(batch, moment.nowMs + pauseMs, { kind: 'retry-due', batch: batch.id })];
}

function isToBeLeft({ mapping, batch }: AtBatch): boolean {
  return mapping.deleted || !mapping.settings.enabled || laneOf(mapping, batch).isEnding;
}

/** The batch is given up unfinished, and read again if the mapping goes on one day. */
function left({ state, mapping, batch, moment }: AtBatch): readonly MappingEffect[] {
  laneOf(mapping, batch).backlog = true;
  state.batches.delete(batch.id);
  return [...leaveIfDeleted(state, mapping), ...pollIfPossible(state, mapping, moment.nowMs)];
}

/** The pause is over: the batch goes to the function again, but for what is too old by now. */
export function streamRetryDue(at: AtBatch): readonly MappingEffect[] {
  const { batch } = at;
  if (batch.state !== 'paused') return [];
  if (isToBeLeft(at)) return left(at);
  if (batch.closing !== null) return endDue(at, batch.closing);
  const told = dropsOld(at);
  return batch.items.length === 0 ? [...told, ...nextPart(at)] : [...told, ...triedAgain(at)];
}

function triedAgain({ mapping, batch }: AtBatch): readonly MappingEffect[] {
  const { actor: by } = mapping;
  const itemIds = batch.items.map(({ id }) => id);
  const event = { kind: 'records-tried-again', lane: batch.lane ?? '', itemIds, by } as const;
  return [{ kind: 'note', by, event }, invoke(mapping, batch)];
}

/**
 * A new batch goes to the function. That it will come once more although it was done is chosen before, with a budget: a step that ends an
 * invocation has questions of its own.
 */
export function given(at: AtBatch): readonly MappingEffect[] {
  if (!at.moment.mayStrike('duplicate')) return firstGiven(at);
  at.batch.state = 'ready';
  const once = { kind: 'give', batch: at.batch.id, isTwice: false } as const;
  return [{ kind: 'offer', fault: 'duplicate', options: [once, { ...once, isTwice: true }] }];
}

/** It was chosen whether the batch comes once or twice. */
export function givenAsChosen(at: AtBatch, isTwice: boolean): readonly MappingEffect[] {
  at.batch.isTwice = isTwice;
  return firstGiven(at);
}

/** A batch that is to go to the function for the first time: what is too old is given up before (KE-06). */
function firstGiven(at: AtBatch): readonly MappingEffect[] {
  const told = dropsOld(at);
  const [first] = at.batch.items;
  return first === undefined ? [...told, ...nextPart(at)] : [...told, ...begins(at, first)];
}

/** The function gets the batch. If that is of another window than the one that is open, it hears of the end of that one before (KE-16). */
function begins(at: AtBatch, first: SourceItem): readonly MappingEffect[] {
  const { mapping, batch, stream } = at;
  if (stream.tumblingSeconds === 0) return [invoke(mapping, batch)];
  if (isOfAnother(at, first)) return closes(at, 'final');
  return [...opensWindow(at), invoke(mapping, batch)];
}

/** The function has failed to hear of an end. */
function endFailed(at: AtBatch): readonly MappingEffect[] {
  const condition = endAttempted(at);
  return condition === null ? again(at) : [...endGivenUp(at, condition), ...goesOn(at)];
}

/** The end of a window comes again, unless its records are too old by now. */
function endDue(at: AtBatch, closing: Closing): readonly MappingEffect[] {
  if (!isEndTooOld(at)) return tellsEnd(at, closing, true);
  return [...endGivenUp(at, 'RecordAgeExceeded'), ...goesOn(at)];
}

/** The function has heard of an end, or never will: what waits behind it comes. */
function goesOn(at: AtBatch): readonly MappingEffect[] {
  leavesWindow(at);
  return at.batch.items.length === 0 ? nextPart(at) : firstGiven(at);
}

/**
 * Gives up the items at the beginning of a batch that are older than the mapping takes, or that their source no longer keeps (UV-45). Later ones
 * are younger.
 */
function dropsOld(at: AtBatch): readonly MappingEffect[] {
  const { batch, stream, moment } = at;
  const young = batch.items.findIndex((item) => !isTooOld(item, stream, moment));
  const old = young < 0 ? batch.items : batch.items.slice(0, young);
  if (old.length === 0) return [];
  const told = tells(at, old, 'RecordAgeExceeded', true);
  batch.items = batch.items.slice(old.length);
  return [...told, passes(at.mapping, batch, old)];
}

/** The items are given up, and the lane goes on behind them (KE-12, KE-14). */
function givenUp(
  at: AtBatch,
  items: readonly SourceItem[],
  condition: GivenUpCondition,
  isError: boolean,
): readonly MappingEffect[] {
  return [...tells(at, items, condition, isError), ...done(at)];
}

/** The part of the batch that the function has is done: its position moves, and the next part comes, or the next batch. */
function done(at: AtBatch): readonly MappingEffect[] {
  const { mapping, batch } = at;
  const passed = passes(mapping, batch, batch.items);
  batch.items = [];
  return [passed, ...(isStateTooLarge(laneOf(mapping, batch)) ? closes(at, 'early') : nextPart(at))];
}

function nextPart(at: AtBatch): readonly MappingEffect[] {
  const { batch } = at;
  const [part, ...rest] = batch.rest;
  if (part === undefined) return ended(at);
  batch.items = part;
  batch.rest = rest;
  batch.attempts = 0;
  batch.pauses = 0;
  return firstGiven(at);
}

/** Moves the lane's position behind items that are done or given up. */
function passes(mapping: EventSourceMapping, batch: Batch, items: readonly SourceItem[]): MappingEffect {
  const lane = laneOf(mapping, batch);
  lane.position = items.at(-1)?.position ?? lane.position;
  return acknowledgement(mapping, items);
}

/** The batch is over, and its lane goes on behind it, without a pause if there is more (KE-01). */
function ended(at: AtBatch): readonly MappingEffect[] {
  const { state, mapping, batch, moment } = at;
  const lane = laneOf(mapping, batch);
  lane.position = batch.next;
  lane.isEnded = batch.isLast;
  state.batches.delete(batch.id);
  const goesOn = [...leaveIfDeleted(state, mapping), ...pollIfPossible(state, mapping, moment.nowMs, MAPPING_POLL)];
  return [...goesOn, ...endsIdleWindow(at, lane)];
}
