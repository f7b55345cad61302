/**
 * What may become of a `PutRecords` although the call itself succeeds: one of its records fails (KI-03), or records of one shard are
 * stored in another order than they were given (KI-02).
 *
 * Each is a fault with a budget. A record that fails may be the first one or the last: sent again, the first one comes behind those that it was
 * to come before.
 */

import { type AwsAnswer, type Input, ok } from '../../contract/answer.ts';
import type { CallFault } from '../../contract/call-fault.ts';
import { type EntryList, entryFailed } from '../../contract/entry-failed.ts';
import { asTold } from '../../contract/refusal.ts';
import { isRecord } from '../../contract/request.ts';
import { hashKeyOf } from './hash-key.ts';
import { streamNameInArn } from './request.ts';
import { openShardOf } from './reshard.ts';
import type { KinesisState } from './state.ts';

const RECORDS_PUT: EntryList = {
  list: 'Records',
  failedCount: 'FailedRecordCount',
  failure: { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal Service Failure' },
};

/** The faults that may strike at this call; none if it is no `PutRecords`. */
export function faultsAtPut(state: KinesisState, operation: string, input: Input): readonly CallFault[] {
  const records = operation === 'PutRecords' && Array.isArray(input.Records) ? input.Records.filter(isRecord) : [];
  if (records.length === 0) return [];
  const places = records.length === 1 ? [0] : [0, records.length - 1];
  const partial = places.map((place) => entryFailed(input, records, place, RECORDS_PUT));
  return sharesShard(state, input, records) ? [...partial, reversed(input, records)] : partial;
}

/** The records are stored from the last to the first, and the answer names them in the order in which they were given. */
function reversed(input: Input, records: readonly Input[]): CallFault {
  const complete = (answer: AwsAnswer): AwsAnswer =>
    answer.ok ? ok({ ...answer.output, Records: resultsIn(answer.output).toReversed() }) : answer;
  return { fault: 'reorder', input: { ...input, Records: records.toReversed() }, complete };
}

function resultsIn({ Records }: Input): readonly unknown[] {
  return Array.isArray(Records) ? Records : [];
}

/** Whether two of the records go to one shard, as far as their partition keys say: only then does their order matter. */
function sharesShard(state: KinesisState, { StreamName, StreamARN }: Input, records: readonly Input[]): boolean {
  const stream = state.streams.get(asTold(StreamName ?? streamNameInArn(asTold(StreamARN ?? ''))));
  if (stream === undefined) return false;
  const shards = records.map(({ PartitionKey }) => openShardOf(stream, hashKeyOf(asTold(PartitionKey))).id);
  return new Set(shards).size < shards.length;
}
