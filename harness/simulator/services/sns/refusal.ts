/**
 * The errors that SNS has, in AWS's words (SN-19 to SN-23).
 */

import { memberBreaks, type Refusal, refusal } from '../../contract/refusal.ts';

/** «Invalid parameter: TopicArn Reason: …» */
export function parameterInvalid(what: string): Refusal {
  return refusal('InvalidParameterException', `Invalid parameter: ${what}`);
}

/** What is wrong with a message attribute (SN-21). */
export function attributeInvalid(message: string): Refusal {
  return refusal('InvalidParameterValueException', message);
}

/** AWS's own model refuses a member that is not there. */
export function memberMissing(place: string): Refusal {
  return refusal('ValidationError', memberBreaks('null', place, 'not be null'));
}

export function topicDoesNotExist(): Refusal {
  return refusal('NotFoundException', 'Topic does not exist', 404);
}

export function subscriptionDoesNotExist(): Refusal {
  return refusal('NotFoundException', 'Subscription does not exist', 404);
}

export function tooManyFilterPolicies(): Refusal {
  return refusal('FilterPolicyLimitExceededException', 'Filter policy limit exceeded for the topic.', 403);
}

export function tooManySubscriptions(): Refusal {
  return refusal('SubscriptionLimitExceededException', 'Subscription limit exceeded for the topic.', 403);
}

export function resourceDoesNotExist(): Refusal {
  return refusal('ResourceNotFoundException', 'Resource does not exist', 404);
}
