/**
 * AWS::SQS::Queue: a standard or FIFO queue with its timeouts and its dead-letter queue. Keys are refused by name.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
 */

import type { AccountPlace } from '../../contract/arn.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  type ResourceChange,
  type ResourceType,
  record,
} from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated, TAGS } from '../../contract/shape.ts';
import { FIFO_DEFAULTS } from './fifo-settings.ts';
import { DEFAULT_SETTINGS, writeSettings } from './settings.ts';

const KEYS = 'There are no keys here: remove it.';

const QUEUE_ARN: Shape = {
  kind: 'text',
  pattern: /^arn:(aws[a-zA-Z-]*)?:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}(\.fifo)?$/,
  says: "a queue's ARN, such as !GetAtt DeadLetters.Arn",
};

export const SQS_QUEUE: ResourceType = {
  name: 'AWS::SQS::Queue',
  properties: {
    QueueName: simulated({
      kind: 'text',
      pattern: /^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/,
      says: 'a name of 1 to 80 letters, digits, - and _, with .fifo behind it for a FIFO queue',
    }),
    // SQ-08: up to 15 minutes.
    DelaySeconds: simulated({ kind: 'whole-number', min: 0, max: 900 }),
    // SQ-07: 1 KiB to 1 MiB.
    MaximumMessageSize: simulated({ kind: 'whole-number', min: 1_024, max: 1_048_576 }),
    // SQ-08: a minute to 14 days.
    MessageRetentionPeriod: simulated({ kind: 'whole-number', min: 60, max: 1_209_600 }),
    ReceiveMessageWaitTimeSeconds: simulated({ kind: 'whole-number', min: 0, max: 20 }),
    // SQ-01: up to 12 hours.
    VisibilityTimeout: simulated({ kind: 'whole-number', min: 0, max: 43_200 }),
    // SQ-26
    RedrivePolicy: simulated({
      kind: 'record',
      members: {
        deadLetterTargetArn: simulated(QUEUE_ARN),
        maxReceiveCount: simulated({ kind: 'whole-number', min: 1, max: 1_000 }),
      },
      required: ['deadLetterTargetArn'],
    }),
    // SQ-29
    RedriveAllowPolicy: simulated({
      kind: 'record',
      members: {
        redrivePermission: simulated({ kind: 'choice', of: ['allowAll', 'denyAll', 'byQueue'] }),
        sourceQueueArns: simulated({ kind: 'list', of: QUEUE_ARN, min: 1, max: 10 }),
      },
      required: ['redrivePermission'],
    }),
    SqsManagedSseEnabled: accepted(FLAG),
    Tags: accepted(TAGS),
    // SQ-40: a standard queue leaves it out.
    FifoQueue: simulated(FLAG),
    ContentBasedDeduplication: simulated(FLAG),
    // SQ-17.
    DeduplicationScope: simulated({ kind: 'choice', of: ['queue', 'messageGroup'] }),
    FifoThroughputLimit: simulated({ kind: 'choice', of: ['perQueue', 'perMessageGroupId'] }),
    KmsMasterKeyId: refused(KEYS),
    KmsDataKeyReusePeriodSeconds: refused(KEYS),
  },
  required: [],
  naming: {
    property: 'QueueName',
    maxLength: 80,
    suffix: ({ FifoQueue }) => (FifoQueue === true ? '.fifo' : ''),
  },
  ref: queueUrl,
  attributes: (name, account) => ({
    Arn: `arn:aws:sqs:${account.region}:${account.accountId}:${name}`,
    QueueName: name,
    QueueUrl: queueUrl(name, account),
  }),
  refusedAttributes: {},
  check(properties, report) {
    checkFifo(properties, report);
    const { redrivePermission, sourceQueueArns } = record(properties.RedriveAllowPolicy);
    if ((redrivePermission === 'byQueue') !== (sourceQueueArns !== undefined)) {
      report('RedriveAllowPolicy', 'RedriveAllowPolicy lists sourceQueueArns if its redrivePermission is byQueue.');
    }
  },
  calls: queueCalls,
  life: {
    replacedBy: ['FifoQueue'],
    refusedChanges: {},
    updates: queueUpdates,
    deletes: (name, _properties, account) =>
      deletion('SQS', 'DeleteQueue', { QueueUrl: queueUrl(name, account) }, 'QueueDoesNotExist'),
  },
};

const ONLY_OF_FIFO = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

/** SQ-17, SQ-40: what makes a FIFO queue, and what goes with what. */
function checkFifo(properties: Properties, report: (property: string, message: string) => void): void {
  const { FifoQueue, QueueName, DeduplicationScope, FifoThroughputLimit } = properties;
  const isNamedFifo = typeof QueueName === 'string' && QueueName.endsWith('.fifo');
  if (FifoQueue === false) {
    report('FifoQueue', 'A standard queue has no FifoQueue, and AWS refuses false: remove it.');
    return;
  }
  if (FifoQueue === undefined) {
    if (isNamedFifo) report('QueueName', 'A queue whose name ends in .fifo is a FIFO queue: add FifoQueue: true.');
    for (const property of ONLY_OF_FIFO) {
      if (properties[property] !== undefined)
        report(property, `${property} is for FIFO queues: add FifoQueue: true, or remove it.`);
    }
    return;
  }
  if (QueueName !== undefined && !isNamedFifo)
    report('QueueName', `The name of a FIFO queue ends in .fifo: write ${String(QueueName)}.fifo.`);
  if (FifoThroughputLimit === 'perMessageGroupId' && DeduplicationScope !== 'messageGroup')
    report('FifoThroughputLimit', 'perMessageGroupId goes with DeduplicationScope: messageGroup: add that.');
}

function queueUrl(name: string, { region, accountId }: AccountPlace): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}

const PLAIN = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'SqsManagedSseEnabled',
];
const POLICIES = ['RedrivePolicy', 'RedriveAllowPolicy'];

/** Each policy is a call of its own, so that AWS's refusal is reported at the policy's line. */
function queueCalls(name: string, properties: Properties, account: AccountPlace): readonly PlannedCall[] {
  const plain = PLAIN.filter((member) => properties[member] !== undefined);
  const attributes = Object.fromEntries(plain.map((member) => [member, String(properties[member])]));
  const create: PlannedCall = {
    call: { service: 'SQS', operation: 'CreateQueue', input: { QueueName: name, Attributes: attributes } },
    blame: null,
  };
  const policies = POLICIES.filter((member) => properties[member] !== undefined);
  return [create, ...policies.map((member) => setting(name, { [member]: textOf(properties, member) }, account))];
}

function setting(name: string, attributes: Readonly<Record<string, string>>, account: AccountPlace): PlannedCall {
  const input = { QueueUrl: queueUrl(name, account), Attributes: attributes };
  const [member = null] = Object.keys(attributes);
  return { call: { service: 'SQS', operation: 'SetQueueAttributes', input }, blame: member };
}

/** A policy as an attribute; an empty text removes it. */
function textOf(properties: Properties, policy: string): string {
  return properties[policy] === undefined ? '' : JSON.stringify(properties[policy]);
}

function queueUpdates({ name, before, after }: ResourceChange, account: AccountPlace): readonly PlannedCall[] {
  const changed = changedProperties(before, after);
  const fifo = after.FifoQueue === true ? FIFO_DEFAULTS : null;
  const usual = writeSettings({ ...DEFAULT_SETTINGS, fifo });
  const plain = PLAIN.filter((member) => changed.includes(member));
  const attributes = plain.map((member) => [member, String(after[member] ?? usual.get(member))] as const);
  const policies = POLICIES.filter((member) => changed.includes(member));
  return [
    ...(plain.length === 0 ? [] : [setting(name, Object.fromEntries(attributes), account)]),
    ...policies.map((member) => setting(name, { [member]: textOf(after, member) }, account)),
  ];
}
