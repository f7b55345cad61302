/**
 * What the checks of this lab count in a trace: how often a record was given to the function, how long records wait for it, and how many are on
 * their way to the stream.
 */

import type { TraceEvent } from '../../../simulator/trace.ts';
import { type Counter, counterOf, greatest, levelOf, tallyOf } from '../../kit/counter.ts';

/** The consumer's function. */
export const APPLY = 'apply';
/** The producer's function. */
const PUBLISH = 'publish';

/** How often one record was given to the function, for the record that came most often. */
export function mostGivenOfOne(): Counter {
  return tallyOf(['invocation-started'], (entries) => greatest(timesGiven(entries.map(({ event }) => event)).values()));
}

/** The sequence numbers of records that were given to the function once, and it returned: Lambda took them for done. */
export function takenForDone(): Counter<ReadonlySet<string>> {
  return tallyOf(['invocation-started', 'invocation-ended'], (entries) => {
    const started: Started[] = [];
    const returned = new Set<string>();
    for (const { event } of entries) {
      if (event.kind === 'invocation-started') started.push(event);
      else if (event.outcome.kind === 'returned') returned.add(event.invocation);
    }
    const times = timesGiven(started);
    const given = started.filter(({ invocation }) => returned.has(invocation)).flatMap(numbersIn);
    return new Set(given.filter((number) => times.get(number) === 1));
  });
}

function timesGiven(started: readonly Started[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const number of started.flatMap(numbersIn)) times.set(number, (times.get(number) ?? 0) + 1);
  return times;
}

/** Whether the function was given all events of an account with one partition key, for every account: then the producer has done its part. */
export function oneKeyForEach(): Counter<boolean> {
  return tallyOf(['invocation-started'], (entries) => {
    const keys = new Map<string, string>();
    return entries
      .flatMap(({ event }) => recordsOf(event))
      .every(({ partitionKey, data }) => {
        const account = accountIn(String(data));
        if (!keys.has(account)) keys.set(account, String(partitionKey));
        return keys.get(account) === partitionKey;
      });
  });
}

/** One record's wait for the function. */
export interface Wait {
  readonly partitionKey: string;
  readonly shardId: string;
  /** From its arrival until the function had it for the last time. */
  readonly ms: number;
}

/** How long each record of the stream waited; a record that the function never had is not among them. */
export function waitsForFunction(): Counter<readonly Wait[]> {
  return counterOf(['stream-record-put', 'invocation-started'], (entries) => {
    const waits = new Map<string, Wait>();
    const arrivedAtMs = new Map<string, number>();
    for (const { event, atMs } of entries) {
      if (event.kind === 'stream-record-put') {
        const { sequenceNumber, partitionKey, shardId } = event;
        arrivedAtMs.set(sequenceNumber, atMs);
        waits.set(sequenceNumber, { partitionKey, shardId, ms: -1 });
      } else {
        for (const number of numbersIn(event)) {
          const wait = waits.get(number);
          if (wait !== undefined) waits.set(number, { ...wait, ms: atMs - (arrivedAtMs.get(number) ?? 0) });
        }
      }
    }
    return [...waits.values()].filter(({ ms }) => ms >= 0);
  });
}

/**
 * The greatest number of records that were on their way to the stream at one moment without an answer. Once an invocation of the producer has failed
 * nothing is counted: what it has left behind goes on beside the next one.
 */
export function mostUnanswered(): Counter {
  return levelOf(['call-sent'], ['call-answered', 'call-dropped', 'invocation-ended'], (entries) => {
    const onTheirWay = new Map<string, number>();
    let most = 0;
    for (const { event, actor } of entries) {
      if (event.kind === 'invocation-ended') {
        if (event.functionName === PUBLISH && event.outcome.kind !== 'returned') break;
      } else if (event.kind !== 'call-sent') onTheirWay.delete(event.call);
      else if (event.service === 'Kinesis' && actor.startsWith(`${PUBLISH}#`))
        onTheirWay.set(event.call, recordsIn(event.input));
      most = Math.max(
        most,
        [...onTheirWay.values()].reduce((sum, count) => sum + count, 0),
      );
    }
    return most;
  });
}

/** How often an invocation of the consumer was cut off by its timeout. */
export function cutOff(): Counter {
  return tallyOf(
    ['environment-reset'],
    (entries) => entries.filter(({ event }) => event.functionName === APPLY && event.why === 'timeout').length,
  );
}

/** The records of a put: one for PutRecord, as many as it has for PutRecords. */
function recordsIn(input: unknown): number {
  const records: unknown = Reflect.get(Object(input), 'Records');
  return Array.isArray(records) ? records.length : 1;
}

type Started = TraceEvent & { readonly kind: 'invocation-started' };

/** The sequence numbers of a batch that the consumer is given. */
function numbersIn(event: Started): readonly string[] {
  return recordsOf(event).map(({ sequenceNumber }) => String(sequenceNumber));
}

/** What the consumer is told of each record of a batch. */
function recordsOf({ functionName, payload }: Started): readonly Readonly<Record<string, unknown>>[] {
  const records: unknown = Reflect.get(Object(payload), 'Records');
  if (functionName !== APPLY || !Array.isArray(records)) return [];
  return records.map((record) => Object(Reflect.get(Object(record), 'kinesis')));
}

/** The account that a record's data names; the data itself if it names none. */
function accountIn(data: string): string {
  try {
    const { account }: { readonly account?: unknown } = Object(JSON.parse(atob(data)));
    return String(account);
  } catch {
    return data;
  }
}
