/**
 * What becomes of a batch that was given to the function: acknowledged, handed back, or retried.
 *
 * A failed batch of a queue is not retried in place (SE-08); a throttled one is, until its items come back by themselves (SE-11). Batches of
 * streams follow rules of their own (stream-batches.ts).
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import { unreachable } from '../../kernel/bug.ts';
import { acknowledgementAfter, handingBack } from './acknowledgement.ts';
import { invoke, invokeReady, waiting } from './giving.ts';
import type { MappingEffect } from './messages.ts';
import { outcomeOf } from './outcome.ts';
import { pollIfPossible } from './polling.ts';
import { leaveIfDeleted } from './readers.ts';
import { afterBatch, idled } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type MappingsState } from './state.ts';
import { streamBatchAnswered, streamRetryDue } from './stream-batches.ts';

/** UV-08: 1, 2, 4 … 60 s. */
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;

/** Handles the function's answer, or Lambda's refusal to run it. */
export function batchAnswered(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  answer: AwsAnswer,
  moment: Moment,
): readonly MappingEffect[] {
  const { stream } = mapping.settings;
  if (stream !== null) return streamBatchAnswered({ state, mapping, batch, stream, moment }, answer);
  const ids = batch.items.map(({ id }) => id);
  const outcome = outcomeOf(answer, ids, mapping.settings.reportsBatchItemFailures);
  afterBatch(mapping, outcome.kind);
  switch (outcome.kind) {
    case 'throttled':
      return throttled(state, mapping, batch, moment);
    case 'failed':
      return letGo(state, mapping, batch, [], moment);
    case 'done':
      return letGo(
        state,
        mapping,
        batch,
        batch.items.filter(({ id }) => outcome.itemIds.includes(id)),
        moment,
      );
    default:
      return unreachable(outcome, 'outcome of a batch');
  }
}

/** Retries later, unless the items are back in their source by then: their receive count has grown although nothing ran. */
function throttled(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  moment: Moment,
): readonly MappingEffect[] {
  const backOffMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** batch.throttles);
  const atMs = moment.nowMs + backOffMs;
  if (atMs >= batch.visibleAgainAtMs) return letGo(state, mapping, batch, [], moment);
  batch.throttles += 1;
  batch.state = 'throttled';
  return [waiting(batch, atMs, { kind: 'retry-due', batch: batch.id })];
}

/** Invokes again when the back-off is over. */
export function retryDue(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  moment: Moment,
): readonly MappingEffect[] {
  const { stream } = mapping.settings;
  if (stream !== null) return streamRetryDue({ state, mapping, batch, stream, moment });
  return batch.state === 'throttled' ? [invoke(mapping, batch)] : [];
}

/** Ends a batch: acknowledges the items that are done and hands the others back. */
function letGo(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  done: readonly SourceItem[],
  moment: Moment,
): readonly MappingEffect[] {
  const undone = batch.items.filter((item) => !done.includes(item));
  const told: MappingEffect[] = [];
  if (done.length > 0) told.push(acknowledgementAfter(mapping, done, moment));
  if (undone.length > 0) told.push(handingBack(mapping, batch, undone));
  state.batches.delete(batch.id);
  const isIdle = mapping.lanes.every(({ backlog }) => !backlog) && batchesOf(state, mapping).length === 0;
  if (isIdle) idled(mapping);
  if (isIdle) told.push(...leaveIfDeleted(state, mapping));
  return [...told, ...invokeReady(state, mapping), ...pollIfPossible(state, mapping, moment.nowMs)];
}
