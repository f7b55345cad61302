/**
 * The fault `partial` of a call that takes a list and answers with a result for each of its entries and the number of those that failed:
 * one entry is not taken, and the status is 200.
 *
 * Which entry, and what is said of it, is for the service to choose. Batches that answer otherwise have their own (`partial-batch.ts` of SQS and of
 * DynamoDB).
 */

import { type AwsAnswer, type Input, ok } from './answer.ts';
import type { CallFault } from './call-fault.ts';
import { NO_FOOTPRINT } from './footprint.ts';

/** Where a call has its entries and its results, and how a result says that an entry failed. */
export interface EntryList {
  /** The member with the entries in the request, and with the results in the answer: `Entries`. */
  readonly list: string;
  /** The member of the answer that counts what failed: `FailedEntryCount`. */
  readonly failedCount: string;
  readonly failure: Input;
}

/** The entry at this place fails; the others are an ordinary call. If there is none, nothing is done. */
export function entryFailed(
  input: Input,
  entries: readonly Input[],
  place: number,
  { list, failedCount, failure }: EntryList,
): CallFault {
  const others = entries.filter((_, other) => other !== place);
  if (others.length === 0) {
    const answer = ok({ [failedCount]: 1, [list]: [failure] });
    return { fault: 'partial', served: { answer, effects: [], footprint: NO_FOOTPRINT } };
  }
  const complete = (answer: AwsAnswer): AwsAnswer => {
    if (!answer.ok) return answer;
    const { [failedCount]: failed, [list]: results } = answer.output;
    const all = (Array.isArray(results) ? results : []).toSpliced(place, 0, failure);
    return ok({ ...answer.output, [failedCount]: Number(failed) + 1, [list]: all });
  };
  return { fault: 'partial', input: { ...input, [list]: others }, complete };
}
