/**
 * For tests: inputs for Kinesis's operations, about a stream with two shards and a record, and one that may be created.
 */

import fc from 'fast-check';
import type { Input } from '../../contract/answer.ts';
import {
  always,
  type Look,
  merged,
  type OperationInputs,
  type ServiceInputs,
} from '../../contract/inputs-for-tests.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { RECORDS_ARN, SECOND, STREAM } from '../../programs/names-for-tests.ts';
import { sealToken } from './opaque-token.ts';

const StreamName = fc.constantFrom(STREAM, STREAM, STREAM, SECOND).map((name): Input => ({ StreamName: name }));
/** The first letters' hash keys are in one half each. */
const record = fc
  .record({ PartitionKey: fc.constantFrom('a', 'b'), text: fc.constantFrom('1', '2') })
  .map(({ text, ...key }): Input => ({ ...key, Data: toUtf8(text) }));
const shard = fc.constantFrom(0, 0, 1, 2);
const idOf = (number: number) => `shardId-${String(number).padStart(12, '0')}`;
const retention = fc.constantFrom(24, 48).map((RetentionPeriodHours): Input => ({ RetentionPeriodHours }));

const streamArn = fc
  .constantFrom(RECORDS_ARN, RECORDS_ARN, `${RECORDS_ARN}2`)
  .map((StreamARN): Input => ({ StreamARN }));
const consumer = merged(
  streamArn,
  fc.constantFrom('c1', 'c2').map((ConsumerName) => ({ ConsumerName })),
);

/** Iterators at the first records of the two shards. */
const ShardIterator = fc
  .record({ number: fc.constantFrom(0, 0, 1), index: fc.constantFrom(0, 1, 2, 3) })
  .map(({ number, index }): Input => ({ ShardIterator: sealToken([STREAM, 1, number, index, 0]) }));

const inputs: OperationInputs = {
  AddTagsToStream: merged(
    StreamName,
    fc.constantFrom('1', '2').map((value) => ({ Tags: { tag: value } })),
  ),
  CreateStream: merged(
    StreamName,
    fc.constantFrom<Input>({ ShardCount: 1 }, { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
  ),
  DecreaseStreamRetentionPeriod: merged(StreamName, retention),
  DeleteStream: merged(StreamName, fc.constantFrom<Input>({ EnforceConsumerDeletion: true }, {})),
  DeregisterStreamConsumer: consumer,
  DescribeStream: StreamName,
  DescribeStreamConsumer: consumer,
  DescribeStreamSummary: StreamName,
  GetRecords: merged(ShardIterator, fc.constantFrom<Input>({}, { Limit: 1 })),
  GetShardIterator: merged(
    merged(
      StreamName,
      shard.map((number) => ({ ShardId: idOf(number) })),
    ),
    fc.constantFrom<Input>({ ShardIteratorType: 'TRIM_HORIZON' }, { ShardIteratorType: 'LATEST' }),
  ),
  IncreaseStreamRetentionPeriod: merged(StreamName, retention),
  ListShards: merged(StreamName, fc.constantFrom<Input>({}, { ShardFilter: { Type: 'AT_LATEST' } })),
  ListStreamConsumers: streamArn,
  ListStreams: always({}),
  ListTagsForStream: StreamName,
  MergeShards: merged(StreamName, always({ ShardToMerge: idOf(0), AdjacentShardToMerge: idOf(1) })),
  PutRecord: merged(StreamName, record),
  PutRecords: merged(
    StreamName,
    fc.array(record, { minLength: 1, maxLength: 3 }).map((Records) => ({ Records })),
  ),
  RegisterStreamConsumer: consumer,
  RemoveTagsFromStream: merged(StreamName, always({ TagKeys: ['tag'] })),
  SplitShard: merged(
    StreamName,
    shard.map((number) => ({ ShardToSplit: idOf(number), NewStartingHashKey: String(2n ** 126n) })),
  ),
  UpdateShardCount: merged(
    StreamName,
    fc.constantFrom(1, 2, 3).map((TargetShardCount) => ({ TargetShardCount, ScalingType: 'UNIFORM_SCALING' })),
  ),
};

const looks: readonly Look[] = [
  { operation: 'ListStreams', input: {} },
  { operation: 'ListStreamConsumers', input: { StreamARN: RECORDS_ARN } },
  ...[STREAM, SECOND].flatMap((name): readonly Look[] => [
    { operation: 'DescribeStream', input: { StreamName: name } },
    { operation: 'ListTagsForStream', input: { StreamName: name } },
  ]),
  ...[0, 1, 2, 3].map(
    (number): Look => ({
      operation: 'GetRecords',
      input: { ShardIterator: sealToken([STREAM, 1, number, 0, 0]) },
    }),
  ),
];

const serviceInputs: ServiceInputs = { inputs, looks };
export default serviceInputs;
