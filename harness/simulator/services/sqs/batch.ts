/**
 * Batch operations: the rules for a batch as a whole, and one outcome for each of its entries (SQ-11, SQ-12).
 */

import { type AwsAnswer, type Input, NOT_SIMULATED, ok } from '../../contract/answer.ts';
import { Refusal } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { emptyBatch, idsNotDistinct, invalidEntryId, tooManyEntries } from './refusal.ts';
import { SQS_MEMBERS } from './request.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** The member `Entries`, checked as a whole. `entryShape` is the name of an entry's shape, which AWS's messages contain. */
export function entriesOf(input: Input, entryShape: string): readonly Input[] {
  const entries = Array.isArray(input.Entries) ? input.Entries.filter(isRecord) : [];
  if (entries.length === 0) throw emptyBatch(entryShape);
  if (entries.length > MOST_ENTRIES) throw tooManyEntries(entries.length);
  const ids = entries.map((entry) => SQS_MEMBERS.text(entry, 'Id'));
  if (!ids.every((id) => ENTRY_ID.test(id))) throw invalidEntryId();
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw idsNotDistinct(repeated);
  return entries;
}

/** Applies each entry by itself. The answer is always 200 and says which entries failed (SQ-12). */
export function eachEntry(entries: readonly Input[], apply: (entry: Input) => Input): AwsAnswer {
  const successful: Input[] = [];
  const failed: Input[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...apply(entry) });
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.answer.error.code === NOT_SIMULATED) throw problem;
      const { code, message, status } = problem.answer.error;
      failed.push({ Id: entry.Id, SenderFault: status < 500, Code: code, Message: message });
    }
  }
  return ok({
    ...(successful.length === 0 ? {} : { Successful: successful }),
    ...(failed.length === 0 ? {} : { Failed: failed }),
  });
}
