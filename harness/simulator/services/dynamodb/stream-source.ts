/**
 * A table's stream as an event source: one lane, which is read in order and never ends (DD-12).
 *
 * A stream keeps no account of its readers: a mapping says from where it reads. What it acknowledges or hands back changes nothing.
 */

import { fail } from '../../contract/answer.ts';
import type { SourceRequest } from '../../contract/event-source.ts';
import { handedOutOf, placeOfRecord, recordsOfPoll } from '../../contract/lane-records.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import type { Parcel } from '../../contract/service-module.ts';
import { notTaken } from '../../contract/service-request.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import type { DynamoDBEffect, DynamoDBStep } from './messages.ts';
import { streamContentsPath, streamReaderPath, streamRecordPaths, tablePath } from './outcome.ts';
import type { DynamoDBState, Table, TableStream } from './state.ts';
import { changesExpiredUntilMs, newsOfStream, SHARD_OF_CHANGES } from './stream-news.ts';
import { itemOfChange } from './stream-record.ts';
import { changeSequenceNumber, firstIndexBehind } from './stream-sequence.ts';
import { streamLane } from './stream-shown.ts';
import { readStreamArn } from './table-stream.ts';

type Poll = SourceRequest & { readonly kind: 'poll' };

interface Found {
  readonly table: Table;
  readonly stream: TableStream;
}

/** The table whose stream an ARN names; null if there is no such stream. */
function streamWith(state: DynamoDBState, arn: string): Found | null {
  const named = readStreamArn(arn);
  const table = state.tables.get(named?.table ?? '');
  const stream = table?.stream ?? null;
  return table !== undefined && stream !== null && stream.label === named?.label ? { table, stream } : null;
}

/** What a table's stream tells its readers about itself. A table is no event source: its stream is. */
export function describeTableSource(state: DynamoDBState, arn: string): Described {
  const named = readStreamArn(arn);
  const looked = { reads: [tablePath(named?.table ?? '*')], writes: [] };
  if (named === null) return { is: null, refusal: refused(`Unrecognized event source: ${arn}`), footprint: looked };
  const found = streamWith(state, arn);
  if (found === null) return { is: null, refusal: refused(`Stream not found: ${arn}`), footprint: looked };
  const { count, generation } = found.stream;
  const latest = count === 0 ? null : changeSequenceNumber(generation, count);
  const is = {
    kind: 'event-source',
    ...{ arn, shownName: streamLane(named.table), visibilityTimeoutMs: null },
    lanes: [{ name: SHARD_OF_CHANGES, after: [], latest }],
    // A record holds no text of a sender's: filters look at the record as it is.
    ...{ bodyMember: '', batchInfoMember: 'DDBStreamBatchInfo' },
  } as const;
  return { is, footprint: { reads: [...looked.reads, streamContentsPath(named.table)], writes: [] } };
}

function refused(message: string): ReturnType<typeof fail> {
  return fail('InvalidParameterValueException', message, 400, { Type: 'User' });
}

/** Takes a request of a mapping. The stream of a table that was deleted gives nothing. */
export function takeFromReader(state: DynamoDBState, { to, by, request }: Parcel, moment: Moment): DynamoDBStep {
  const name = readStreamArn(to)?.table ?? '';
  const found = streamWith(state, to);
  const nothing: DynamoDBStep = { effects: [], footprint: { reads: [tablePath(name)], writes: [] } };
  switch (request.kind) {
    case 'watch': {
      if (found === null) return nothing;
      found.stream.reader = request.reader;
      const reads = [tablePath(name), streamContentsPath(name)];
      const hasNews = found.stream.count > 0;
      return {
        effects: hasNews ? newsOfStream(state, found.table) : [],
        footprint: { reads, writes: [streamReaderPath(name)] },
      };
    }
    case 'poll':
      if (found === null || request.lane !== SHARD_OF_CHANGES)
        return {
          ...nothing,
          effects: [{ kind: 'send', to: request.mapping, by: name, request: handedOutOf(request, [], {}) }],
        };
      return poll(state, found, { request, by, arn: to }, moment);
    case 'acknowledge':
      return { effects: [], footprint: { reads: [], writes: [] } };
    case 'hand-back':
      // What a mapping hands back is there to be read, as before.
      return found === null
        ? nothing
        : { effects: newsOfStream(state, found.table), footprint: { reads: [], writes: [] } };
    default:
      return notTaken(request, 'a stream of a table');
  }
}

interface Polled {
  readonly request: Poll;
  readonly by: Actor;
  readonly arn: string;
}

/** Hands out the records behind a position, of a part of the lane if that is asked for. */
function poll(
  state: DynamoDBState,
  { table, stream }: Found,
  { request, by, arn }: Polled,
  { nowMs, epochMs }: Moment,
): DynamoDBStep {
  const { name } = table.definition;
  const first = firstIndexBehind(stream.generation, request.from);
  const from = placeOfRecord(stream.records, first, changesExpiredUntilMs(nowMs));
  const { records, left, lastSeen } = recordsOfPoll(stream.records, from, request);
  const items = records.map((record) =>
    itemOfChange(record, { arn, region: state.region, view: stream.view, epochMs }),
  );
  const sequenceNumbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const effects: DynamoDBEffect[] = [];
  if (records.length > 0)
    effects.push({ kind: 'note', by, event: { kind: 'table-changes-read', table: name, sequenceNumbers, by } });
  if (left !== undefined) effects.push(...newsOfStream(state, table, [left.partitionKey]));
  const sender = streamLane(name);
  effects.push({ kind: 'send', to: request.mapping, by: sender, request: handedOutOf(request, items, { lastSeen }) });
  const end = left?.index ?? stream.count + 1;
  const paths = streamRecordPaths(name, Math.min(first, end), end);
  return { effects, footprint: { reads: [tablePath(name), streamReaderPath(name), ...paths], writes: [] } };
}
