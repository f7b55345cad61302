/**
 * How SQS answers when the trouble is its own.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */

import { fail } from '../../contract/answer.ts';
import type { ServiceTrouble } from '../../contract/call-fault.ts';

export const SQS_TROUBLE: ServiceTrouble = {
  throttled: fail('RequestThrottled', 'Request is throttled.'),
  failed: fail('InternalFailure', 'The request processing has failed because of an unknown error.', 500),
};
