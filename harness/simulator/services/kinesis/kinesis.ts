/**
 * The simulated Kinesis data streams: shards, records in order, iterators, resharding. The only entry point of this folder.
 *
 * Encryption, policies, channels and monitoring are refused by name.
 */

import { notSimulated, ok } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import { KINESIS_STREAM_CONSUMER } from './consumer-resource.ts';
import {
  deregisterStreamConsumer,
  describeStreamConsumer,
  listStreamConsumers,
  registerStreamConsumer,
} from './consumers.ts';
import { describeSource, takeRequest } from './event-source.ts';
import { EVERY_STREAM, STREAM_NAMES } from './footprints.ts';
import { kinesisLatency } from './latency.ts';
import { listShards } from './list-shards.ts';
import type { KinesisServed, StreamOperated } from './messages.ts';
import { faultsAtPut } from './partial-puts.ts';
import { putRecord, putRecords } from './put.ts';
import { getRecords, getShardIterator, type Reading } from './read.ts';
import { mergeShards, splitShard, updateShardCount } from './reshard.ts';
import { showKinesis } from './shown.ts';
import { cloneKinesis, type KinesisState, newKinesis } from './state.ts';
import { KINESIS_STREAM } from './stream-resource.ts';
import {
  createStream,
  decreaseStreamRetentionPeriod,
  deleteStream,
  describeStream,
  describeStreamSummary,
  increaseStreamRetentionPeriod,
  listStreams,
} from './streams.ts';
import { addTagsToStream, listTagsForStream, removeTagsFromStream } from './tags.ts';
import type { KinesisEvent } from './trace-events.ts';
import { KINESIS_TROUBLE } from './trouble.ts';

export const KINESIS: ServiceModule<KinesisState, never, KinesisEvent> = {
  name: 'kinesis',
  service: 'Kinesis',
  client: {
    package: '@aws-sdk/client-kinesis',
    namespace: 'com.amazonaws.kinesis',
    endpointPrefix: 'kinesis',
    protocol: { kind: 'awsJson1_1', target: 'Kinesis_20131202', errorPrefix: '' },
  },
  arns: ['kinesis'],
  resourceTypes: [KINESIS_STREAM, KINESIS_STREAM_CONSUMER],
  faults: ['partial', 'reorder'],
  trouble: KINESIS_TROUBLE,
  faultsAt: (state, { operation, input }) => faultsAtPut(state, operation, input),
  latency: kinesisLatency,
  create: newKinesis,
  copy: cloneKinesis,
  call: serve,
  take: takeRequest,
  describe: describeSource,
  displayNames: ({ displayNames }) => displayNames,
  shown: showKinesis,
};

type StreamOperation = (state: KinesisState, input: ServiceCall['input'], reading: Reading) => StreamOperated;

/** An operation that is missing from this table is refused by name. */
const STREAM_OPERATIONS: ReadonlyMap<string, StreamOperation> = new Map<string, StreamOperation>([
  ['AddTagsToStream', addTagsToStream],
  ['CreateStream', createStream],
  ['DecreaseStreamRetentionPeriod', decreaseStreamRetentionPeriod],
  ['DeleteStream', deleteStream],
  ['DeregisterStreamConsumer', deregisterStreamConsumer],
  ['DescribeStream', describeStream],
  ['DescribeStreamConsumer', describeStreamConsumer],
  ['DescribeStreamSummary', describeStreamSummary],
  ['GetRecords', getRecords],
  ['GetShardIterator', getShardIterator],
  ['IncreaseStreamRetentionPeriod', increaseStreamRetentionPeriod],
  ['ListShards', listShards],
  ['ListStreamConsumers', listStreamConsumers],
  ['ListStreams', listStreams],
  ['ListTagsForStream', listTagsForStream],
  ['MergeShards', mergeShards],
  ['PutRecord', putRecord],
  ['PutRecords', putRecords],
  ['RegisterStreamConsumer', registerStreamConsumer],
  ['RemoveTagsFromStream', removeTagsFromStream],
  ['SplitShard', splitShard],
  ['UpdateShardCount', updateShardCount],
]);

function serve(state: KinesisState, { operation, input, by }: ServiceCall, moment: Moment): KinesisServed {
  const apply = STREAM_OPERATIONS.get(operation);
  if (apply === undefined) return answeredAtOnce(notSimulated(`Kinesis ${operation}`), { reads: [], writes: [] });
  const { nowMs, epochMs, isTimed } = moment;
  try {
    const { output, effects = [], footprint } = apply(state, input, { nowMs, epochMs, isTimed, by });
    return { answer: ok(output), effects, footprint };
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return answeredAtOnce(problem.answer, { reads: [EVERY_STREAM, STREAM_NAMES], writes: [] });
  }
}
