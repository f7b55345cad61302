/**
 * AWS::Lambda::EventSourceMapping for a standard queue: batches, filters, partial batch responses, MaximumConcurrency.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AccountPlace } from '../../contract/arn.ts';
import { type PlannedCall, type Properties, pick, type ResourceType } from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated, TAGS, TEXT } from '../../contract/shape.ts';

const SQS_ARN: Shape = {
  kind: 'text',
  pattern: /^arn:(aws[a-zA-Z-]*)?:(?!sqs:[^:]*:\d{12}:.*\.fifo$)sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,80}$/,
  says: "a standard queue's ARN, such as !GetAtt Orders.Arn",
};

const FILTERS: Shape = {
  kind: 'list',
  of: {
    kind: 'record',
    members: { Pattern: simulated({ kind: 'text', max: 4096 }) },
    required: ['Pattern'],
  },
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
  max: 5,
};

const FOR_STREAMS = 'It is for streams, and AWS refuses it for a queue: remove it.';
const ONLY_QUEUES = 'Event sources here are standard SQS queues: remove it.';

export const LAMBDA_EVENT_SOURCE_MAPPING: ResourceType = {
  name: 'AWS::Lambda::EventSourceMapping',
  properties: {
    EventSourceArn: simulated(SQS_ARN),
    FunctionName: simulated(TEXT),
    // SE-02, SE-03.
    BatchSize: simulated({ kind: 'whole-number', min: 1, max: 10_000 }),
    MaximumBatchingWindowInSeconds: simulated({ kind: 'whole-number', min: 0, max: 300 }),
    Enabled: simulated(FLAG),
    FunctionResponseTypes: simulated({
      kind: 'list',
      of: { kind: 'choice', of: ['ReportBatchItemFailures'] },
      max: 1,
    }),
    FilterCriteria: simulated({ kind: 'record', members: { Filters: simulated(FILTERS) }, required: [] }),
    // SE-09.
    ScalingConfig: simulated({
      kind: 'record',
      members: { MaximumConcurrency: simulated({ kind: 'whole-number', min: 2, max: 1_000 }) },
      required: [],
    }),
    Tags: accepted(TAGS),
    AmazonManagedKafkaEventSourceConfig: refused(ONLY_QUEUES),
    BisectBatchOnFunctionError: refused(FOR_STREAMS),
    DestinationConfig: refused(
      'AWS refuses it for a queue: give the queue a RedrivePolicy with a dead-letter queue instead.',
    ),
    DocumentDBEventSourceConfig: refused(ONLY_QUEUES),
    KmsKeyArn: refused(),
    LoggingConfig: refused(),
    MaximumRecordAgeInSeconds: refused(FOR_STREAMS),
    MaximumRetryAttempts: refused(`${FOR_STREAMS} A queue's RedrivePolicy says how often a message is tried.`),
    MetricsConfig: refused(),
    ParallelizationFactor: refused(FOR_STREAMS),
    ProvisionedPollerConfig: refused('Provisioned pollers are not part of the simulator: remove it.'),
    Queues: refused(ONLY_QUEUES),
    SelfManagedEventSource: refused(ONLY_QUEUES),
    SelfManagedKafkaEventSourceConfig: refused(ONLY_QUEUES),
    SourceAccessConfigurations: refused(ONLY_QUEUES),
    StartingPosition: refused(FOR_STREAMS),
    StartingPositionTimestamp: refused(FOR_STREAMS),
    Topics: refused(ONLY_QUEUES),
    TumblingWindowInSeconds: refused(FOR_STREAMS),
  },
  required: ['EventSourceArn', 'FunctionName'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => uuidOf(name),
  attributes: (name, account) => ({ Id: uuidOf(name), EventSourceMappingArn: mappingArn(name, account) }),
  refusedAttributes: {},
  check(properties, report) {
    const { BatchSize, MaximumBatchingWindowInSeconds = 0 } = properties;
    // SE-02.
    if (typeof BatchSize === 'number' && BatchSize > 10 && MaximumBatchingWindowInSeconds === 0)
      report('BatchSize', 'A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.');
  },
  calls: mappingCalls,
};

/** AWS's UUIDs are random; this one follows from the resource's name. */
function uuidOf(name: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(name)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function mappingArn(name: string, { region, accountId }: AccountPlace): string {
  return `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuidOf(name)}`;
}

const CREATE_MEMBERS = [
  ...['EventSourceArn', 'FunctionName', 'BatchSize', 'MaximumBatchingWindowInSeconds', 'Enabled'],
  ...['FunctionResponseTypes', 'FilterCriteria', 'ScalingConfig'],
];

function mappingCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const input = { ...pick(properties, CREATE_MEMBERS), DeployedUuid: uuidOf(name) };
  return [{ call: { service: 'Lambda', operation: 'CreateEventSourceMapping', input }, blame: 'EventSourceArn' }];
}
