/**
 * AWS::Kinesis::Stream: a stream with its shards, its capacity mode and its retention. Encryption and monitoring are refused or change
 * nothing.
 *
 * Properties as in AWS's schema:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
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
  record,
} from '../../contract/resource-type.ts';
import { accepted, refused, type Shape, simulated, TAGS, TEXT } from '../../contract/shape.ts';

const MODE: Shape = {
  kind: 'record',
  members: { StreamMode: simulated({ kind: 'choice', of: ['PROVISIONED', 'ON_DEMAND'] }) },
  required: ['StreamMode'],
};

export const KINESIS_STREAM: ResourceType = {
  name: 'AWS::Kinesis::Stream',
  properties: {
    Name: simulated({
      kind: 'text',
      pattern: /^[a-zA-Z0-9_.-]{1,128}$/,
      says: 'a name of 1 to 128 letters, digits, _ . and -',
    }),
    ShardCount: simulated({ kind: 'whole-number', min: 1, max: 10_000 }),
    StreamModeDetails: simulated(MODE),
    // KI-10: a day to a year.
    RetentionPeriodHours: simulated({ kind: 'whole-number', min: 24, max: 8_760 }),
    // KI-03: 1 to 10 MiB.
    MaxRecordSizeInKiB: simulated({ kind: 'whole-number', min: 1_024, max: 10_240 }),
    Tags: accepted(TAGS),
    DesiredShardLevelMetrics: accepted({ kind: 'list', of: TEXT, max: 7 }),
    StreamEncryption: refused('There are no keys here: remove it.'),
    RecordDistributionStrategy: refused('Records go by their partition keys here: remove it.'),
    WarmThroughputMiBps: refused('Streams on demand are never throttled here: remove it.'),
  },
  required: [],
  naming: { property: 'Name', maxLength: 128 },
  ref: (name) => name,
  attributes: (name, account) => ({ Arn: arnOfStream(name, account) }),
  refusedAttributes: { WarmThroughputObject: 'Streams on demand are never throttled here: leave it out.' },
  check(properties, report) {
    const { ShardCount, StreamModeDetails } = properties;
    const isOnDemand = record(StreamModeDetails).StreamMode === 'ON_DEMAND';
    // KI-11.
    if (isOnDemand && ShardCount !== undefined)
      report('ShardCount', 'A stream in ON_DEMAND mode has no ShardCount. Remove it, or use PROVISIONED mode.');
    if (!isOnDemand && ShardCount === undefined)
      report('ShardCount', 'A stream in PROVISIONED mode, which is the default, needs a ShardCount. Add one.');
  },
  calls: streamCalls,
  life: {
    replacedBy: [],
    refusedChanges: {
      StreamModeDetails: 'UpdateStreamMode is not simulated: begin the run with a stream in the other mode.',
      MaxRecordSizeInKiB: 'UpdateMaxRecordSize is not simulated: begin the run with the other size.',
    },
    updates: streamUpdates,
    deletes: (name) => deletion('Kinesis', 'DeleteStream', { StreamName: name }, 'ResourceNotFoundException'),
  },
};

function arnOfStream(name: string, { region, accountId }: AccountPlace): string {
  return `arn:aws:kinesis:${region}:${accountId}:stream/${name}`;
}

/** Retention is a call of its own, so that AWS's refusal is reported at its line. */
function streamCalls(name: string, properties: Properties): readonly PlannedCall[] {
  const input = { StreamName: name, ...pick(properties, ['ShardCount', 'StreamModeDetails', 'MaxRecordSizeInKiB']) };
  const create: PlannedCall = { call: { service: 'Kinesis', operation: 'CreateStream', input }, blame: null };
  const { RetentionPeriodHours } = properties;
  if (RetentionPeriodHours === undefined) return [create];
  const retain = { StreamName: name, RetentionPeriodHours };
  const operation = 'IncreaseStreamRetentionPeriod';
  return [create, { call: { service: 'Kinesis', operation, input: retain }, blame: 'RetentionPeriodHours' }];
}

/** KI-10. */
const DEFAULT_RETENTION_HOURS = 24;

function streamUpdates({ name, before, after }: ResourceChange): readonly PlannedCall[] {
  const changed = changedProperties(before, after);
  const calls: PlannedCall[] = [];
  if (changed.includes('ShardCount')) {
    const input = { StreamName: name, TargetShardCount: after.ShardCount, ScalingType: 'UNIFORM_SCALING' };
    calls.push({ call: { service: 'Kinesis', operation: 'UpdateShardCount', input }, blame: 'ShardCount' });
  }
  if (changed.includes('RetentionPeriodHours')) {
    const [was, hours] = [before, after].map(({ RetentionPeriodHours }) =>
      Number(RetentionPeriodHours ?? DEFAULT_RETENTION_HOURS),
    ) as [number, number];
    const operation = hours > was ? 'IncreaseStreamRetentionPeriod' : 'DecreaseStreamRetentionPeriod';
    const input = { StreamName: name, RetentionPeriodHours: hours };
    calls.push({ call: { service: 'Kinesis', operation, input }, blame: 'RetentionPeriodHours' });
  }
  return calls;
}
