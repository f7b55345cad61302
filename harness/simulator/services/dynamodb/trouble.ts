/**
 * How DynamoDB answers when the trouble is its own. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */

import { fail } from '../../contract/answer.ts';
import type { ServiceTrouble } from '../../contract/call-fault.ts';

/** What a table without throughput says, of a whole call or of one action of a transaction. */
export const NO_CAPACITY =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.';

export const DYNAMODB_TROUBLE: ServiceTrouble = {
  throttled: fail('ThrottlingException', NO_CAPACITY),
  failed: fail('InternalServerError', 'Internal server error', 500),
};
