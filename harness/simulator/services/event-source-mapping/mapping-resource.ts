/**
 * AWS::Lambda::EventSourceMapping for a queue or a stream: batches, filters, partial batch responses; MaximumConcurrency for a
 * queue; starting positions, retries, bisection, parallel batches and destinations for a stream.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */

import type { AccountPlace } from '../../contract/arn.ts';
import {
  changedProperties,
  deletion,
  type PlannedCall,
  type Properties,
  pick,
  type ResourceChange,
  type ResourceType,
} from '../../contract/resource-type.ts';
import { accepted, FLAG, refused, type Shape, simulated, TAGS, TEXT } from '../../contract/shape.ts';
import { uuidFrom } from '../../contract/uuid.ts';

const SOURCE_ARN: Shape = {
  kind: 'text',
  pattern:
    /^arn:(aws[a-zA-Z-]*)?:(sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,80}(\.fifo)?|kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}(\/consumer\/[a-zA-Z0-9_.-]{1,128}:\d+)?|dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}\/stream\/[0-9T:.-]+)$/,
  says: "the ARN of a queue or of a Kinesis stream or a consumer of one, such as !GetAtt Orders.Arn, or that of a table's stream, such as !GetAtt Orders.StreamArn",
};

/** KE-12, KE-19. */
const DESTINATION: Shape = {
  kind: 'record',
  members: {
    OnFailure: simulated({
      kind: 'record',
      members: {
        Destination: simulated({
          kind: 'text',
          pattern: /^arn:(aws[a-zA-Z-]*)?:(sqs|sns):[a-z0-9-]+:\d{12}:(?!.*\.fifo$)[a-zA-Z0-9_-]{1,256}$/,
          says: 'the ARN of a standard queue or topic, such as !GetAtt Dead.Arn',
          refused: [
            { pattern: /^arn:[^:]*:s3:/, advice: 'There are no buckets here: name a standard queue or topic.' },
            { pattern: /^kafka:/, advice: 'There is no Kafka here: name a standard queue or topic.' },
          ],
        }),
      },
      required: ['Destination'],
    }),
    OnSuccess: refused('AWS has no such destination for a stream: remove it.'),
  },
  required: [],
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

const ONLY_THESE = 'Event sources here are SQS queues, Kinesis streams and streams of DynamoDB tables: remove it.';
const IS_KINESIS = /^arn:[^:]*:kinesis:/;
const IS_STREAM = /^arn:[^:]*:(kinesis|dynamodb):/;
const IS_FIFO = /^arn:[^:]*:sqs:.*\.fifo$/;

/** What AWS refuses for a queue, and what to do instead. */
const FOR_STREAMS: Readonly<Record<string, string>> = {
  BisectBatchOnFunctionError: 'remove it.',
  DestinationConfig: 'give the queue a RedrivePolicy with a dead-letter queue instead.',
  MaximumRecordAgeInSeconds: 'remove it.',
  MaximumRetryAttempts: "remove it. A queue's RedrivePolicy says how often a message is tried.",
  ParallelizationFactor: 'remove it.',
  StartingPosition: 'remove it.',
  StartingPositionTimestamp: 'remove it.',
  TumblingWindowInSeconds: 'remove it.',
};

export const LAMBDA_EVENT_SOURCE_MAPPING: ResourceType = {
  name: 'AWS::Lambda::EventSourceMapping',
  properties: {
    EventSourceArn: simulated(SOURCE_ARN),
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
    AmazonManagedKafkaEventSourceConfig: refused(ONLY_THESE),
    BisectBatchOnFunctionError: simulated(FLAG),
    DestinationConfig: simulated(DESTINATION),
    DocumentDBEventSourceConfig: refused(ONLY_THESE),
    KmsKeyArn: refused(),
    LoggingConfig: refused(),
    // KE-06.
    MaximumRecordAgeInSeconds: simulated({ kind: 'whole-number', min: -1, max: 604_800 }),
    MaximumRetryAttempts: simulated({ kind: 'whole-number', min: -1, max: 10_000 }),
    MetricsConfig: refused(),
    // KE-03.
    ParallelizationFactor: simulated({ kind: 'whole-number', min: 1, max: 10 }),
    ProvisionedPollerConfig: refused('Provisioned pollers are not part of the simulator: remove it.'),
    Queues: refused(ONLY_THESE),
    SelfManagedEventSource: refused(ONLY_THESE),
    SelfManagedKafkaEventSourceConfig: refused(ONLY_THESE),
    SourceAccessConfigurations: refused(ONLY_THESE),
    // KE-04.
    StartingPosition: simulated({ kind: 'choice', of: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] }),
    // KE-20: Unix time, in seconds.
    StartingPositionTimestamp: simulated({ kind: 'whole-number', min: 0 }),
    Topics: refused(ONLY_THESE),
    // KE-16.
    TumblingWindowInSeconds: simulated({ kind: 'whole-number', min: 0, max: 900 }),
  },
  required: ['EventSourceArn', 'FunctionName'],
  naming: { property: null, maxLength: 128 },
  ref: (name) => uuidFrom(name),
  attributes: (name, account) => ({ Id: uuidFrom(name), EventSourceMappingArn: mappingArn(name, account) }),
  refusedAttributes: {},
  check(properties, report) {
    const {
      BatchSize,
      MaximumBatchingWindowInSeconds = 0,
      EventSourceArn,
      MaximumRecordAgeInSeconds: age,
    } = properties;
    if (typeof EventSourceArn === 'string' && IS_STREAM.test(EventSourceArn)) {
      // KE-04.
      if (properties.StartingPosition === undefined)
        report('EventSourceArn', 'A mapping of a stream needs a StartingPosition: TRIM_HORIZON or LATEST.');
      checkInstant(properties, EventSourceArn, report);
      if (Number(properties.TumblingWindowInSeconds ?? 0) > 0 && Number(properties.ParallelizationFactor ?? 1) > 1)
        report('ParallelizationFactor', 'Tumbling windows go with one batch of a shard at a time here: remove it.');
      if (properties.ScalingConfig !== undefined)
        report('ScalingConfig', 'ScalingConfig is for queues, and AWS refuses it for a stream: remove it.');
      // KE-06.
      if (typeof age === 'number' && age !== -1 && age < 60)
        report('MaximumRecordAgeInSeconds', 'A MaximumRecordAgeInSeconds is -1, which means any age, or at least 60.');
      return;
    }
    for (const [property, advice] of Object.entries(FOR_STREAMS)) {
      if (properties[property] !== undefined)
        report(property, `${property} is for streams, and AWS refuses it for a queue: ${advice}`);
    }
    if (typeof EventSourceArn === 'string' && IS_FIFO.test(EventSourceArn)) {
      // SE-03, SE-02.
      if (MaximumBatchingWindowInSeconds !== 0)
        report('MaximumBatchingWindowInSeconds', 'A FIFO queue takes no batching window: remove it.');
      if (typeof BatchSize === 'number' && BatchSize > 10)
        report('BatchSize', 'A BatchSize is at most 10 for a FIFO queue.');
      return;
    }
    // SE-02.
    if (typeof BatchSize === 'number' && BatchSize > 10 && MaximumBatchingWindowInSeconds === 0)
      report('BatchSize', 'A BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1.');
  },
  calls: mappingCalls,
  life: {
    replacedBy: ['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp'],
    refusedChanges: {
      TumblingWindowInSeconds:
        'A mapping keeps the length of its windows in a run: leave it as it is, or begin the run with the other one.',
    },
    updates: mappingUpdates,
    deletes: (name) =>
      deletion('Lambda', 'DeleteEventSourceMapping', { UUID: uuidFrom(name) }, 'ResourceNotFoundException'),
  },
};

/** KE-20. */
function checkInstant(
  { StartingPosition, StartingPositionTimestamp }: Properties,
  sourceArn: string,
  report: (property: string, message: string) => void,
): void {
  const isAtInstant = StartingPosition === 'AT_TIMESTAMP';
  if (isAtInstant && !IS_KINESIS.test(sourceArn))
    report('StartingPosition', "AWS begins at an instant in no table's stream: use TRIM_HORIZON or LATEST.");
  else if (isAtInstant && StartingPositionTimestamp === undefined)
    report('StartingPosition', 'AT_TIMESTAMP needs a StartingPositionTimestamp, in seconds of Unix time. Add one.');
  if (!isAtInstant && StartingPositionTimestamp !== undefined)
    report('StartingPositionTimestamp', 'A StartingPositionTimestamp is for AT_TIMESTAMP only: remove it.');
}

function mappingArn(name: string, { region, accountId }: AccountPlace): string {
  return `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuidFrom(name)}`;
}

const CREATE_MEMBERS = [
  ...['EventSourceArn', 'FunctionName', 'BatchSize', 'MaximumBatchingWindowInSeconds', 'Enabled'],
  ...['FunctionResponseTypes', 'FilterCriteria', 'ScalingConfig', 'StartingPosition', 'StartingPositionTimestamp'],
  ...['ParallelizationFactor', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'],
  ...['TumblingWindowInSeconds', 'BisectBatchOnFunctionError', 'DestinationConfig'],
];

function mappingCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const input = { ...pick(properties, CREATE_MEMBERS), DeployedUuid: uuidFrom(name) };
  return [{ call: { service: 'Lambda', operation: 'CreateEventSourceMapping', input }, blame: 'EventSourceArn' }];
}

/** What each setting is where a template says nothing (SE-02, SE-03, KE-02, KE-06). */
function defaultsFor({ EventSourceArn }: Properties): Properties {
  return {
    BatchSize: IS_STREAM.test(String(EventSourceArn)) ? 100 : 10,
    ...{ MaximumBatchingWindowInSeconds: 0, Enabled: true, FunctionResponseTypes: [], FilterCriteria: {} },
    ...{ ScalingConfig: {}, ParallelizationFactor: 1, MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 },
    ...{ BisectBatchOnFunctionError: false, DestinationConfig: {} },
  };
}

function mappingUpdates({ name, before, after }: ResourceChange): readonly PlannedCall[] {
  const usual = defaultsFor(after);
  const settings = ['FunctionName', ...Object.keys(usual)];
  const changed = changedProperties(before, after).filter((property) => settings.includes(property));
  if (changed.length === 0) return [];
  const input = { UUID: uuidFrom(name), ...pick({ ...usual, ...after }, changed) };
  return [{ call: { service: 'Lambda', operation: 'UpdateEventSourceMapping', input }, blame: changed[0] ?? null }];
}
