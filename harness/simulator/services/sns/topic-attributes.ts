/**
 * The attributes of topics: which there are, what they may say, and what holds where nothing is said (SN-05, SN-15, SN-19).
 */

import type { AccountPlace } from '../../contract/arn.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { parameterInvalid } from './refusal.ts';
import type { Topic } from './state.ts';

/** What duplicates of a FIFO topic are looked for in (SN-05). */
export type ThroughputScope = 'Topic' | 'MessageGroup';

/** SN-15. */
const MESSAGE_BYTES = { min: 1_024, max: 1_048_576, otherwise: 262_144 };
/** What changes nothing in a run: it is kept and shown. */
const KEPT = /^((HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedback(RoleArn|SampleRate)|FailureFeedbackRoleArn))$/;
const FLAGS = ['true', 'false'];

/** Which texts each attribute takes; no rule: any text. */
const ATTRIBUTES: Readonly<Record<string, readonly string[] | null>> = {
  ContentBasedDeduplication: FLAGS,
  DeliveryPolicy: null,
  DisplayName: null,
  FifoThroughputScope: ['Topic', 'MessageGroup'],
  FifoTopic: FLAGS,
  MaximumMessageSize: null,
  Policy: null,
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
};
const OF_FIFO_TOPICS = ['ContentBasedDeduplication', 'FifoThroughputScope'];
const REFUSED = ['KmsMasterKeyId', 'ArchivePolicy', 'DataProtectionPolicy', 'BeginningArchiveTime'];

/**
 * Refuses an attribute that no topic of this kind has, or a value that it does not take; null: any would do. `reason`: how AWS begins to say
 * so.
 */
export function checkTopicAttribute(isFifo: boolean, name: string, value: string | null, reason = ''): void {
  if (REFUSED.includes(name)) throw unmodelled(`The attribute ${name} of a topic`);
  if (KEPT.test(name)) return;
  const allowed = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (allowed === undefined) throw parameterInvalid(`${reason}AttributeName`);
  if (OF_FIFO_TOPICS.includes(name) && !isFifo) throw parameterInvalid(`${reason}${name} is for FIFO topics only`);
  if (value === null) return;
  if (allowed !== null && !allowed.includes(name === 'FifoThroughputScope' ? value : plain(value)))
    throw parameterInvalid(`${reason}${name}`);
  if (name === 'MaximumMessageSize' && !isSize(value)) throw parameterInvalid(`${reason}${name}`);
}

/** Flags come in any case; of the others, only these two words have capitals. */
function plain(value: string): string {
  const small = value.toLowerCase();
  return FLAGS.includes(small) ? small : value;
}

function isSize(value: string): boolean {
  const bytes = /^\d+$/.test(value) ? Number(value) : 0;
  return bytes >= MESSAGE_BYTES.min && bytes <= MESSAGE_BYTES.max;
}

/** Whether the text of a flag is true; false where there is none. */
export function isFlagSet(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** Whether messages of equal text are duplicates (SN-04). */
export function deduplicatesByContent({ attributes }: Topic): boolean {
  return isFlagSet(attributes.get('ContentBasedDeduplication'));
}

/** SN-05. */
export function throughputScope({ attributes }: Topic): ThroughputScope {
  return attributes.get('FifoThroughputScope') === 'MessageGroup' ? 'MessageGroup' : 'Topic';
}

/** SN-15: the most bytes of a message, with its attributes. */
export function mostMessageBytes({ attributes }: Topic): number {
  return Number(attributes.get('MaximumMessageSize') ?? MESSAGE_BYTES.otherwise);
}

/** SN-14: how messages are signed. */
export function signatureVersion({ attributes }: Topic): string {
  return attributes.get('SignatureVersion') ?? '1';
}

/** Who may use the topic, where nothing was said; no policy is enforced. */
export function defaultTopicPolicy({ accountId }: AccountPlace, arn: string): string {
  const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission'];
  const more = ['DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'];
  return JSON.stringify({
    ...{ Version: '2008-10-17', Id: '__default_policy_ID' },
    Statement: [
      {
        ...{ Sid: '__default_statement_ID', Effect: 'Allow', Principal: { AWS: '*' } },
        Action: [...actions, ...more].map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}

/** How deliveries to endpoints outside AWS would be tried again. */
export const EFFECTIVE_DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      ...{ minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0 },
      ...{ numNoDelayRetries: 0, numMinDelayRetries: 0, backoffFunction: 'linear' },
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
