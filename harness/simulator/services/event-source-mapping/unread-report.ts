/**
 * Tells of failures that a function reported to a stream's mapping that reads no reports: the whole batch counts as done (KE-09).
 *
 * It decides nothing: it writes into the trace what a learner would otherwise have to guess.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import type { AtBatch } from './at-batch.ts';
import type { MappingEffect } from './messages.ts';
import { outcomeOf } from './outcome.ts';

/** A note of the items that the answer reports as failed, where the mapping lacks `ReportBatchItemFailures`; none otherwise. */
export function unreadReport({ mapping, batch }: AtBatch, answer: AwsAnswer): readonly MappingEffect[] {
  if (mapping.settings.reportsBatchItemFailures) return [];
  const ids = batch.items.map(({ id }) => id);
  const outcome = outcomeOf(answer, ids, true);
  if (outcome.kind !== 'done' || outcome.itemIds.length === ids.length) return [];
  const itemIds = ids.filter((id) => !outcome.itemIds.includes(id));
  const { actor: by } = mapping;
  return [{ kind: 'note', by, event: { kind: 'report-not-read', lane: batch.lane ?? '', itemIds, by } }];
}
