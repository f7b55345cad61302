/**
 * What the checks of this lab count in a trace: how often a record was given to the function, how long records wait for it, and how many are on
 * their way to the stream.
 */

import type { TraceEvent } from '../../../simulator/trace.ts';
import { type Counter, counterOf, greatest, levelOf, tallyOf } from '../../kit/counter.ts';

/** The consumer's function. */
export const APPLY = 'apply';

/** How often one record was given to the function, for the record that came most often. */
export function mostGivenOfOne(isCounted: (sequenceNumber: string) => boolean = () => true): Counter {
  return tallyOf(['invocation-started'], (entries) => {
    const given = new Map<string, number>();
    for (const { event } of entries) {
      for (const number of numbersIn(event).filter(isCounted)) given.set(number, (given.get(number) ?? 0) + 1);
    }
    return greatest(given.values());
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

/** The greatest number of records that were on their way to the stream at one moment without an answer. */
export function mostUnanswered(): Counter {
  return levelOf(['call-sent'], ['call-answered', 'call-dropped'], (entries) => {
    const onTheirWay = new Map<string, number>();
    let most = 0;
    for (const { event, actor } of entries) {
      if (event.kind !== 'call-sent') onTheirWay.delete(event.call);
      else if (event.service === 'Kinesis' && actor.startsWith('publish#'))
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

/** The sequence numbers of a batch that the consumer is given. */
function numbersIn({ functionName, payload }: TraceEvent & { readonly kind: 'invocation-started' }): readonly string[] {
  const records: unknown = Reflect.get(Object(payload), 'Records');
  if (functionName !== APPLY || !Array.isArray(records)) return [];
  return records.map((record) => String(Reflect.get(Object(Reflect.get(Object(record), 'kinesis')), 'sequenceNumber')));
}
