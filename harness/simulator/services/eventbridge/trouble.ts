/**
 * How EventBridge answers when the trouble is its own: a call that is refused for now or fails, and a PutEvents of which it does not take the
 * last entry, as AWS may at any time (EB-25).
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
 */

import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import type { CallFault, ServiceTrouble } from '../../contract/call-fault.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import { isRecord } from '../../contract/request.ts';

export const EVENTBRIDGE_TROUBLE: ServiceTrouble = {
  throttled: fail('ThrottlingException', 'Rate exceeded'),
  failed: fail('InternalException', 'This exception occurs due to unexpected causes.', 500),
};

const NOT_TAKEN = {
  ErrorCode: 'InternalFailure',
  ErrorMessage: 'The request processing has failed because of an unknown error, exception or failure.',
};

/** The fault that may strike at this call; none if it puts no events. */
export function partialPut(operation: string, input: Input): readonly CallFault[] {
  const entries = operation === 'PutEvents' && Array.isArray(input.Entries) ? input.Entries.filter(isRecord) : [];
  if (entries.length === 0) return [];
  const rest = entries.slice(0, -1);
  if (rest.length === 0) {
    const answer = ok({ FailedEntryCount: 1, Entries: [NOT_TAKEN] });
    return [{ fault: 'partial', served: { answer, effects: [], footprint: NO_FOOTPRINT } }];
  }
  return [{ fault: 'partial', input: { ...input, Entries: rest }, complete: withTheLast }];
}

function withTheLast(answer: AwsAnswer): AwsAnswer {
  if (!answer.ok) return answer;
  const { FailedEntryCount, Entries } = answer.output;
  return ok({
    ...answer.output,
    FailedEntryCount: Number(FailedEntryCount) + 1,
    Entries: [...(Array.isArray(Entries) ? Entries : []), NOT_TAKEN],
  });
}
