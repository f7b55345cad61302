/**
 * How people see streams: records numbered in the order in which they were put, a lane for each stream, and a sentence for each record that
 * failed or went out of order.
 */

import { list } from '../../../words/phrases.ts';
import type {
  Brought,
  CallSeen,
  EntrySeen,
  FaultSeen,
  RowWords,
  Shown,
  StepSeen,
  ViewerLane,
} from '../../contract/shown.ts';
import { type RunEvent, SCENARIO } from '../../contract/trace-entry.ts';
import type { KinesisEvent } from './trace-events.ts';

type Entry = EntrySeen<KinesisEvent>;
type RecordNames = (sequenceNumber: string) => string;

/** The name of a stream's lane begins with this. */
const STREAM = 'stream ';

const RECORD = 'record ';

export function showKinesis(trace: readonly Entry[]): Shown<KinesisEvent> {
  const numbers = recordNumbers(trace);
  const nameOf: RecordNames = (sequenceNumber) => `${RECORD}${numbers.get(sequenceNumber) ?? '?'}`;
  return {
    verbs: { PutRecord: 'put record', PutRecords: 'put records', GetRecords: 'get records' },
    looks: ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards', 'ListStreams'],
    rowOfCall: (call, step) => rowOfStreamCall(call, step, nameOf),
    rows: {
      'stream-records-read': ({ actor, event }) => ({
        actor,
        text: `takes ${namesOf(event.sequenceNumbers, nameOf)}`,
        kind: 'call',
      }),
    },
    notes: {
      'stream-resharded': ({ event }) => ({
        actor: `${STREAM}${event.stream}`,
        text: `${shardNames(event.closed)} closed, ${shardNames(event.opened)} opened`,
      }),
    },
    brought: (entries) => broughtIn(entries, trace, nameOf),
    source: (entries) => {
      const read = readIn(entries);
      return read === null ? null : `${STREAM}${read.stream}`;
    },
    isSource: (lane) => lane.startsWith(STREAM),
    sayFault: (fault, at) => sayPutFault(fault, at, trace),
    nameOf: (id) => (numbers.has(id) ? nameOf(id) : null),
    viewerLane,
  };
}

/** By their sequence numbers, the numbers of records in the order in which they were put, from 1. */
function recordNumbers(trace: readonly Entry[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { event } of trace) {
    if (event.kind === 'stream-record-put') numbers.set(event.sequenceNumber, numbers.size + 1);
  }
  return numbers;
}

/** «record 1», «records 1 and 2», «3 records». */
function namesOf(sequenceNumbers: readonly string[], nameOf: RecordNames): string {
  const names = sequenceNumbers.map(nameOf);
  const [first = 'no record', ...more] = names;
  if (more.length === 0) return first;
  if (more.length > 1) return `${names.length} records`;
  return `records ${list(names.map((name) => name.replace(RECORD, '')))}`;
}

/** «shard 0», «shards 1 and 2». */
function shardNames(ids: readonly string[]): string {
  const numbers = ids.map((id) => String(Number(id.split('-').at(-1))));
  return `${numbers.length === 1 ? 'shard' : 'shards'} ${list(numbers)}`;
}

/** The row of a call that put or read records. What the scenario puts stands in the stream's own lane. */
function rowOfStreamCall(
  { actor, event }: CallSeen,
  { entries }: StepSeen<KinesisEvent>,
  nameOf: RecordNames,
): RowWords | null {
  if (event.service !== 'Kinesis' || event.answer?.ok !== true) return null;
  if (event.operation === 'GetRecords') {
    const read = readIn(entries);
    return { actor, text: `reads ${namesOf(read?.sequenceNumbers ?? [], nameOf)}`, kind: 'call' };
  }
  if (!event.operation.startsWith('PutRecord')) return null;
  const put = entries.flatMap((entry) => (entry.event.kind === 'stream-record-put' ? [entry.event] : []));
  const [first] = put;
  const failed = Number(event.answer.output.FailedRecordCount ?? 0);
  const refused = failed === 0 ? '' : `✗ ${failed} of ${failed + put.length} not put`;
  const kind = failed === 0 ? 'call' : 'trouble';
  if (first === undefined) return { actor, text: refused, kind };
  const names = namesOf(
    put.map(({ sequenceNumber }) => sequenceNumber),
    nameOf,
  );
  const rest = refused === '' ? '' : `, ${refused}`;
  return actor === SCENARIO
    ? { actor: `${STREAM}${first.stream}`, text: `${names} put${rest}`, kind }
    : { actor, text: `${names} → ${first.stream}${rest}`, kind };
}

function readIn(entries: readonly Entry[]): (KinesisEvent & { readonly kind: 'stream-records-read' }) | null {
  const read = entries.find(({ event }) => event.kind === 'stream-records-read')?.event;
  return read?.kind === 'stream-records-read' && read.by !== SCENARIO ? read : null;
}

/** What a step hands out, and whether the mapping had it before. */
function broughtIn(entries: readonly Entry[], trace: readonly Entry[], nameOf: RecordNames): Brought | null {
  const read = readIn(entries);
  const [first] = entries;
  if (read === null || first === undefined) return null;
  const isAgain = trace.some(
    ({ seq, event }) =>
      seq < first.seq &&
      event.kind === 'stream-records-read' &&
      event.by === read.by &&
      event.sequenceNumbers.some((number) => read.sequenceNumbers.includes(number)),
  );
  return { words: namesOf(read.sequenceNumbers, nameOf), isAgain };
}

/** A put that was done in part, or in another order. */
function sayPutFault({ actor, step, event }: FaultSeen, at: string, trace: readonly Entry[]): string | null {
  const call = trace.find((other) => other.step === step && other.event.kind === 'call-applied')?.event;
  if (call?.kind !== 'call-applied' || call.service !== 'Kinesis' || event.call !== call.call) return null;
  switch (event.fault) {
    case 'partial':
      return `Kinesis did not put every record of ${actor}'s PutRecords${at}; its answer names the one that failed.`;
    case 'reorder':
      return `Kinesis stored the records of ${actor}'s PutRecords${at} in another order than they were given, as it may.`;
    default:
      return null;
  }
}

function viewerLane(event: KinesisEvent | RunEvent): ViewerLane | null {
  return 'stream' in event ? { side: 'aws', name: `${STREAM}${event.stream}` } : null;
}
