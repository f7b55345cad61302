/**
 * How CloudFormation answers when the trouble is its own: a call that is refused for now, or fails.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
 */

import { fail } from '../../contract/answer.ts';
import type { ServiceTrouble } from '../../contract/call-fault.ts';

export const CLOUDFORMATION_TROUBLE: ServiceTrouble = {
  throttled: fail('Throttling', 'Rate exceeded', 400),
  failed: fail('InternalFailure', 'Internal failure', 500),
};
