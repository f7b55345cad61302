/**
 * How SNS answers when the trouble is its own: a call that is refused for now or fails, and a PublishBatch of which it does not take one
 * entry, as AWS may at any time (SN-16): the first one or the last. Published again, the first one comes behind those that it was to come before.
 *
 * https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */

import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import type { CallFault, ServiceTrouble } from '../../contract/call-fault.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import { isRecord } from '../../contract/request.ts';

export const SNS_TROUBLE: ServiceTrouble = {
  throttled: fail('ThrottledException', 'Rate exceeded', 429),
  failed: fail('InternalErrorException', 'Internal error', 500),
};

/** The faults that may strike at this call; none if it publishes no batch. */
export function partialPublish(operation: string, input: Input): readonly CallFault[] {
  const { PublishBatchRequestEntries: given } = input;
  const entries = operation === 'PublishBatch' && Array.isArray(given) ? given.filter(isRecord) : [];
  if (entries.length === 0) return [];
  const places = entries.length === 1 ? [0] : [0, entries.length - 1];
  return places.map((place) => entryRefused(input, entries, place));
}

/** The entry at this place fails; the others are an ordinary call. If there is none, nothing is done. */
function entryRefused(input: Input, entries: readonly Input[], place: number): CallFault {
  const failed = { Id: entries[place]?.Id, Code: 'InternalError', Message: 'Internal error', SenderFault: false };
  const rest = entries.filter((_, other) => other !== place);
  if (rest.length === 0) {
    const answer = ok({ Successful: [], Failed: [failed] });
    return { fault: 'partial', served: { answer, effects: [], footprint: NO_FOOTPRINT } };
  }
  const complete = (answer: AwsAnswer): AwsAnswer => {
    if (!answer.ok) return answer;
    const others = Array.isArray(answer.output.Failed) ? answer.output.Failed : [];
    return ok({ ...answer.output, Failed: [...others, failed] });
  };
  return { fault: 'partial', input: { ...input, PublishBatchRequestEntries: rest }, complete };
}
