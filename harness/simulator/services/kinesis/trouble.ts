/**
 * How Kinesis answers when the trouble is its own.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html#API_PutRecord_Errors
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
 */

import { fail } from '../../contract/answer.ts';
import type { ServiceTrouble } from '../../contract/call-fault.ts';

export const KINESIS_TROUBLE: ServiceTrouble = {
  throttled: fail('ProvisionedThroughputExceededException', 'Rate exceeded for shard.'),
  failed: fail('InternalFailure', 'Internal Service Failure', 500),
};
