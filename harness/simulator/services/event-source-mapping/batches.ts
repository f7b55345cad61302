/**
 * What becomes of a batch that was given to the function: deleted, left to come back, or tried again.
 *
 * A failed batch is not tried again in place (SE-08); a throttled one is, until its messages come back by themselves (SE-11).
 */

import type { AwsAnswer } from '../service.ts';
import type { MappingEffect } from './messages.ts';
import { outcomeOf } from './outcome.ts';
import { deletion, invoke, invokeReady, pollIfPossible } from './polling.ts';
import { afterBatch, idled } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type MappingsState } from './state.ts';

/** UV-08: 1, 2, 4 … 60 s. */
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;

/** The function has answered, or Lambda has refused to run it. */
export function answered(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  answer: AwsAnswer,
  nowMs: number,
): readonly MappingEffect[] {
  const ids = batch.messages.map((message) => message.MessageId);
  const outcome = outcomeOf(answer, ids, mapping.settings.reportsBatchItemFailures);
  afterBatch(mapping, outcome.kind);
  switch (outcome.kind) {
    case 'throttled':
      return throttled(state, mapping, batch, nowMs);
    case 'failed':
      return letGo(state, mapping, batch, nowMs);
    case 'done': {
      const done = batch.messages.filter((message) => outcome.messageIds.includes(message.MessageId));
      const deleted = done.length === 0 ? [] : [deletion(mapping, done, 'done')];
      return [...deleted, ...letGo(state, mapping, batch, nowMs)];
    }
  }
}

/** Tries again, unless the messages are back in the queue by then: their receive count has grown and nothing ran. */
function throttled(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  nowMs: number,
): readonly MappingEffect[] {
  const backOffMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** batch.throttles);
  if (nowMs + backOffMs >= batch.visibleAgainAtMs) return letGo(state, mapping, batch, nowMs);
  batch.throttles += 1;
  batch.state = 'throttled';
  const message = { kind: 'retry-due', batch: batch.id } as const;
  return [{ kind: 'wait', of: batch.id, atMs: nowMs + backOffMs, message }];
}

/** The back-off is over. */
export function retryDue(state: MappingsState, mapping: EventSourceMapping, batch: Batch): readonly MappingEffect[] {
  return batch.state === 'throttled' ? [invoke(state, mapping, batch)] : [];
}

/** The batch leaves its hands; whatever was not deleted comes back by itself. */
function letGo(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
  nowMs: number,
): readonly MappingEffect[] {
  state.batches.delete(batch.id);
  const isIdle = !mapping.backlog && batchesOf(state, mapping).length === 0;
  if (isIdle) idled(mapping);
  if (mapping.deleted && isIdle) state.mappings.delete(mapping.uuid);
  return [...invokeReady(state, mapping), ...pollIfPossible(state, mapping, nowMs)];
}
