/**
 * The record that an on-failure destination gets about records of a stream that were given up (KE-12): where they are, not what they say.
 */

import type { Arn } from '../../contract/arn.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import type { Batch, EventSourceMapping } from './state.ts';
import type { GivenUpCondition } from './trace-events.ts';

interface GivenUp {
  readonly mapping: EventSourceMapping;
  readonly functionArn: Arn;
  readonly batch: Batch;
  readonly items: readonly SourceItem[];
  readonly condition: GivenUpCondition;
  /** The function failed as a whole; otherwise it named items that failed. */
  readonly isError: boolean;
  /** How often the function had the items. */
  readonly invocations: number;
}

interface When {
  readonly nowMs: number;
  readonly epochMs: number;
  /** Counts what was given up of the batch: request ids follow from it. */
  readonly given: number;
}

/** The record, as JSON text. */
export function givenUpRecord(
  { mapping, functionArn, batch, items, condition, isError, invocations }: GivenUp,
  { nowMs, epochMs, given }: When,
): string {
  const instant = (ms: number) => new Date(epochMs + ms).toISOString();
  const [first, last] = [items[0], items.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId: uuidFrom(`${mapping.uuid} ${batch.id} ${given}`),
      functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(condition === 'RecordAgeExceeded' ? {} : { responseContext: responseContext(batch, isError) }),
    version: '1.0',
    timestamp: instant(nowMs),
    [mapping.batchInfoMember]: {
      shardId: batch.lane,
      startSequenceNumber: first?.id,
      endSequenceNumber: last?.id,
      approximateArrivalOfFirstRecord: instant(first?.arrivedAtMs ?? 0),
      approximateArrivalOfLastRecord: instant(last?.arrivedAtMs ?? 0),
      batchSize: items.length,
      streamArn: mapping.sourceArn,
    },
  });
}

function responseContext({ ranAs = '$LATEST' }: Batch, isError: boolean): object {
  return { statusCode: 200, executedVersion: ranAs, functionError: isError ? 'Unhandled' : null };
}
