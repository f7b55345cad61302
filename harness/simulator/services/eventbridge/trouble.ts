/**
 * How EventBridge answers when the trouble is its own: a call that is refused for now or fails, and a PutEvents of which it does not take the
 * last entry, as AWS may at any time (EB-25).
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
 */

import { fail, type Input } from '../../contract/answer.ts';
import type { CallFault, ServiceTrouble } from '../../contract/call-fault.ts';
import { type EntryList, entryFailed } from '../../contract/entry-failed.ts';
import { isRecord } from '../../contract/request.ts';

export const EVENTBRIDGE_TROUBLE: ServiceTrouble = {
  throttled: fail('ThrottlingException', 'Rate exceeded'),
  failed: fail('InternalException', 'This exception occurs due to unexpected causes.', 500),
};

const EVENTS_PUT: EntryList = {
  list: 'Entries',
  failedCount: 'FailedEntryCount',
  failure: {
    ErrorCode: 'InternalFailure',
    ErrorMessage: 'The request processing has failed because of an unknown error, exception or failure.',
  },
};

/** The fault that may strike at this call; none if it puts no events. */
export function partialPut(operation: string, input: Input): readonly CallFault[] {
  const entries = operation === 'PutEvents' && Array.isArray(input.Entries) ? input.Entries.filter(isRecord) : [];
  return entries.length === 0 ? [] : [entryFailed(input, entries, entries.length - 1, EVENTS_PUT)];
}
