/**
 * What writes put on the stream of their table: a record for each item that changed (DD-12, DD-19).
 *
 * A table's stream has one shard (UV-70), so the writes of a table that has one depend on each other.
 */

import type { Footprint } from '../../contract/footprint.ts';
import { forgetExpired } from '../../contract/lane-records.ts';
import type { AttributeMap } from './attribute-value.ts';
import type { DynamoDBEffect } from './messages.ts';
import type { AppliedAt } from './outcome.ts';
import { streamEndPath, streamReaderPath, streamRecordPath } from './outcome.ts';
import type { ChangeRecord, DynamoDBState, Table } from './state.ts';
import { changesExpiredUntilMs, newsOfStream } from './stream-news.ts';
import { changeSequenceNumber, keyText } from './stream-sequence.ts';
import { streamLane } from './stream-shown.ts';
import type { ItemChanged } from './trace-events.ts';

interface Streamed {
  readonly effects: readonly DynamoDBEffect[];
  readonly footprint: Footprint;
}

/** Puts the changes of one call on the streams of their tables, in order. Null if no table that changed has a stream. */
export function putOnStreams(state: DynamoDBState, changes: readonly ItemChanged[], at: AppliedAt): Streamed | null {
  const streamed = changes.flatMap((change) => {
    const table = state.tables.get(change.table);
    return table === undefined ? [] : (put(table, change, at) ?? []);
  });
  if (streamed.length === 0) return null;
  const tables = [...new Set(streamed.map(({ table }) => table))];
  const news = tables.flatMap((table) => {
    const keys = streamed.flatMap((one) => (one.table === table ? [one.record.partitionKey] : []));
    return newsOfStream(state, table, keys);
  });
  const names = tables.map(({ definition }) => definition.name);
  return {
    effects: [...streamed.map(noteOf), ...news],
    footprint: {
      reads: names.map(streamReaderPath),
      writes: [
        ...names.map(streamEndPath),
        ...streamed.map(({ table, record }) => streamRecordPath(table.definition.name, record.index)),
      ],
    },
  };
}

interface Put {
  readonly table: Table;
  readonly record: ChangeRecord;
}

/** Null if the table has no stream, or if the write left the item as it was. */
function put(table: Table, change: ItemChanged, { nowMs }: AppliedAt): Put | null {
  const { stream } = table;
  const [before, after] = [imageOf(change.before), imageOf(change.after)];
  if (stream === null || areEqual(before, after)) return null;
  forgetExpired(stream.records, changesExpiredUntilMs(nowMs));
  stream.count += 1;
  const key = imageOf(change.key) ?? {};
  const record: ChangeRecord = {
    index: stream.count,
    sequenceNumber: changeSequenceNumber(stream.generation, stream.count),
    partitionKey: keyText(key),
    arrivedAtMs: nowMs,
    ...{ key, before, after },
  };
  stream.records.push(record);
  return { table, record };
}

function noteOf({ table, record }: Put): DynamoDBEffect {
  const { name } = table.definition;
  const { sequenceNumber, partitionKey } = record;
  const event = { kind: 'table-change-streamed', table: name, sequenceNumber, item: partitionKey } as const;
  return { kind: 'note', by: streamLane(name), event, isAside: true };
}

/** Notes hold the items of the state, which are attribute maps. */
function imageOf(item: unknown): AttributeMap | null {
  return item === null ? null : (item as AttributeMap);
}

function areEqual(before: AttributeMap | null, after: AttributeMap | null): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
