/**
 * A record as a mapping's function receives it, in `{ Records: [ … ] }` (KE-15), and as its filters see it.
 */

import { base64 } from '../../contract/base64.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import { fromUtf8 } from '../../contract/utf8.ts';
import { expiryMs } from './retention.ts';
import type { DataStream, KinesisState, StreamRecord, StreamShard } from './state.ts';
import { secondsOf, type Times } from './times.ts';

/** The member that filters read as text. */
export const BODY_OF_RECORD = 'data';

/** A record that is handed out, as an item of an event source. Filters see what it says, not its Base64. */
export function itemOfRecord(
  { accountId, region }: KinesisState,
  stream: DataStream,
  shard: StreamShard,
  { sequenceNumber, partitionKey, data, arrivedAtMs }: StreamRecord,
  times: Times,
): SourceItem {
  const kinesis = {
    ...{ kinesisSchemaVersion: '1.0', partitionKey, sequenceNumber, data: base64(data) },
    approximateArrivalTimestamp: secondsOf(arrivedAtMs, times),
  };
  return {
    ...{ id: sequenceNumber, handle: sequenceNumber, position: sequenceNumber, handOuts: 1, arrivedAtMs },
    expiresAtMs: expiryMs(stream, arrivedAtMs),
    record: {
      kinesis,
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shard.id}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${accountId}:role/lambda-role`,
      awsRegion: region,
      eventSourceARN: stream.arn,
    },
    filtered: { ...kinesis, data: fromUtf8(data) },
  };
}
