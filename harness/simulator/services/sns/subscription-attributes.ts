/**
 * The attributes of subscriptions: what each may say, and what follows from all of them (SN-08, SN-13, SN-17, SN-20).
 */

import { shapesOfArn } from '../../contract/arn.ts';
import { readJsonText } from '../../contract/json-text.ts';
import { asTold, unmodelled } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { isFifoQueue } from './endpoint-kinds.ts';
import { FILTER_POLICY_SCOPES, type FilterPolicyScope, readFilterPolicy } from './filter-policy.ts';
import { parameterInvalid } from './refusal.ts';
import type { Subscription } from './state.ts';
import { isFlagSet } from './topic-attributes.ts';

const ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'DeliveryPolicy'];
const REFUSED = ['ReplayPolicy', 'ReplayStatus', 'SubscriptionRoleArn'];

/** Whom the attributes are of. */
export type Subscriber = Pick<Subscription, 'protocol' | 'endpoint'> & { readonly isFifoTopic: boolean };

/** Reads attributes. `reason`: how AWS begins to say what is wrong with them. */
export function readSubscriptionAttributes(
  subscriber: Subscriber,
  attributes: ReadonlyMap<string, string>,
  reason: string,
): Pick<Subscription, 'isRaw' | 'filter' | 'deadLetterArn' | 'attributes'> {
  for (const name of attributes.keys()) {
    if (REFUSED.includes(name)) throw unmodelled(`The attribute ${name} of a subscription`);
    if (!ATTRIBUTES.includes(name)) throw parameterInvalid(`${reason}AttributeName`);
  }
  const policy = attributes.get('FilterPolicy') ?? '';
  const scope = scopeIn(attributes.get('FilterPolicyScope'), reason);
  return {
    isRaw: rawIn(subscriber, attributes.get('RawMessageDelivery'), reason),
    filter: policy === '' ? null : readFilterPolicy(policy, scope, reason),
    deadLetterArn: deadLetterArnIn(subscriber, attributes.get('RedrivePolicy') ?? '', reason),
    attributes,
  };
}

function scopeIn(given: string | undefined, reason: string): FilterPolicyScope {
  const scope = FILTER_POLICY_SCOPES.find((one) => one === (given ?? 'MessageAttributes'));
  if (scope === undefined)
    throw parameterInvalid(
      `${reason}FilterPolicyScope: Invalid value [${given}]. Please use either MessageBody or MessageAttributes`,
    );
  return scope;
}

/** SN-13: functions always get the message in its envelope. */
function rawIn({ protocol }: Subscriber, given: string | undefined, reason: string): boolean {
  if (given === undefined) return false;
  if (!['true', 'false'].includes(given.toLowerCase()))
    throw parameterInvalid(`${reason}RawMessageDelivery: Invalid value [${given}]. Must be true or false.`);
  if (isFlagSet(given) && protocol !== 'sqs')
    throw parameterInvalid(`${reason}Delivery protocol [${protocol}] does not support raw message delivery.`);
  return isFlagSet(given);
}

/** SN-08, SN-18: a standard queue, but for a FIFO queue on a FIFO topic. */
function deadLetterArnIn({ endpoint, isFifoTopic }: Subscriber, given: string, reason: string): string | null {
  if (given === '') return null;
  const read = readJsonText(given);
  if (!read.isJson) throw parameterInvalid(`${reason}RedrivePolicy: failed to parse JSON.`);
  const policy = isRecord(read.value) ? read.value : null;
  const arn = asTold(policy?.deadLetterTargetArn ?? '');
  if (policy !== null && Object.keys(policy).length === 0) return null;
  if (arn.split(':').length < 6 || shapesOfArn(arn)[1] !== 'sqs')
    throw parameterInvalid(`${reason}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  const isFifo = isFifoTopic && isFifoQueue(endpoint);
  if (isFifo && !isFifoQueue(arn))
    throw parameterInvalid(
      `${reason}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
  if (!isFifo && isFifoQueue(arn))
    throw parameterInvalid(`${reason}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  return arn;
}

/** What GetSubscriptionAttributes tells (SN-20): the scope stands there with its policy alone. */
export function shownAttributes({ isRaw, filter, attributes }: Subscription): Readonly<Record<string, string>> {
  const shown = { ...Object.fromEntries(attributes), RawMessageDelivery: String(isRaw) };
  const { FilterPolicyScope: _scope, FilterPolicy: _policy, ...rest }: Record<string, string> = shown;
  if (filter === null) return rest;
  return { ...rest, FilterPolicy: attributes.get('FilterPolicy') ?? '', FilterPolicyScope: filter.scope };
}
