/**
 * How Lambda answers when the trouble is its own. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */

import { fail } from '../../contract/answer.ts';
import type { ServiceTrouble } from '../../contract/call-fault.ts';

export const LAMBDA_TROUBLE: ServiceTrouble = {
  throttled: fail('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: 'CallerRateLimitExceeded' }),
  failed: fail('ServiceException', 'The Lambda service encountered an internal error.', 500),
};
