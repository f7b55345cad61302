/**
 * How SNS answers when the trouble is its own: a call that is refused for now or fails, and a PublishBatch of which it does not take the last
 * entry, as AWS may at any time (SN-16).
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

/** The fault that may strike at this call; none if it publishes no batch. */
export function partialPublish(operation: string, input: Input): readonly CallFault[] {
  const { PublishBatchRequestEntries: given } = input;
  const entries = operation === 'PublishBatch' && Array.isArray(given) ? given.filter(isRecord) : [];
  const last = entries.at(-1);
  if (last === undefined) return [];
  const failed = { Id: last.Id, Code: 'InternalError', Message: 'Internal error', SenderFault: false };
  const rest = entries.slice(0, -1);
  if (rest.length === 0) {
    const answer = ok({ Successful: [], Failed: [failed] });
    return [{ fault: 'partial', served: { answer, effects: [], footprint: NO_FOOTPRINT } }];
  }
  const complete = (answer: AwsAnswer): AwsAnswer => {
    if (!answer.ok) return answer;
    const others = Array.isArray(answer.output.Failed) ? answer.output.Failed : [];
    return ok({ ...answer.output, Failed: [...others, failed] });
  };
  return [{ fault: 'partial', input: { ...input, PublishBatchRequestEntries: rest }, complete }];
}
