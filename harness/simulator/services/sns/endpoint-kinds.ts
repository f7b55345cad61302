/**
 * Who may subscribe to a topic: the protocols and endpoints that are simulated, and those that AWS has beside them (SN-01, SN-08, SN-20).
 */

import { type AccountPlace, shapesOfArn } from '../../contract/arn.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { parameterInvalid } from './refusal.ts';
import type { SubscriptionProtocol, Topic } from './state.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const REFUSED_PROTOCOLS = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'] as const;

/** SN-01: in the words that AWS has for every endpoint of a FIFO topic that can't be one (UV-54). */
const NOT_FOR_FIFO = 'Invalid parameter: Endpoint Reason: Please use FIFO SQS queue';

/** Checks a subscriber, and returns its protocol. Whether there is such a queue or function is seen when a message is delivered. */
export function checkEndpoint(
  account: AccountPlace,
  { isFifo }: Topic,
  protocol: string,
  endpoint: string,
): SubscriptionProtocol {
  const isOther = (REFUSED_PROTOCOLS as readonly string[]).includes(protocol);
  if (!isOther && protocol !== 'sqs' && protocol !== 'lambda')
    throw parameterInvalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (isFifo && protocol !== 'sqs') throw parameterInvalid(NOT_FOR_FIFO);
  if (protocol !== 'sqs' && protocol !== 'lambda') throw unmodelled(`A subscription with the protocol «${protocol}»`);
  const isFunction = protocol === 'lambda';
  if (isFunction ? shapesOfArn(endpoint)[0] !== 'lambda:function' : shapesOfArn(endpoint)[1] !== 'sqs')
    throw parameterInvalid(isFunction ? 'Lambda endpoint ARN' : 'SQS endpoint ARN');
  const [, , , region, accountId] = endpoint.split(':');
  if (region !== account.region || accountId !== account.accountId)
    throw unmodelled(`The endpoint ${endpoint} of another account or Region`);
  if (!isFifo && isFifoQueue(endpoint))
    throw parameterInvalid(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  return protocol;
}

export function isFifoQueue(endpoint: string): boolean {
  return endpoint.endsWith('.fifo');
}
