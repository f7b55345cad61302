/**
 * The record that an on-failure destination gets about records of a stream that were given up (KE-12): where they are, not what they say.
 */

import { type Arn, nameInArn } from '../../contract/arn.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import type { AtBatch } from './at-batch.ts';
import type { MappingEffect } from './messages.ts';
import type { Batch, EventSourceMapping } from './state.ts';
import type { GivenUpCondition } from './trace-events.ts';

/** Says that items were given up: in the trace, and to the destination if there is one. */
export function tells(
  at: AtBatch,
  items: readonly SourceItem[],
  condition: GivenUpCondition,
  isError: boolean,
): readonly MappingEffect[] {
  const { mapping, batch, stream, moment } = at;
  const { actor: by, settings } = mapping;
  batch.givenUp += 1;
  const { onFailure } = stream;
  const itemIds = items.map(({ id }) => id);
  const sentTo = onFailure === null ? null : nameInArn(onFailure.arn);
  const event = { kind: 'records-given-up', lane: batch.lane ?? '', itemIds, by, condition, sentTo } as const;
  const note: MappingEffect = { kind: 'note', by, event };
  if (onFailure === null) return [note];
  const body = givenUpRecord(
    { mapping, functionArn: settings.functionArn, batch, items, condition, isError, invocations: batch.attempts },
    { nowMs: moment.nowMs, epochMs: moment.epochMs, given: batch.givenUp },
  );
  const letter = { kind: 'send', to: onFailure.arn, by, request: { kind: 'deliver', body, attributes: {} } } as const;
  // A topic answers by a name, from which the id of its message follows.
  return [note, onFailure.kind === 'topic' ? { ...letter, call: letterOf(batch) } : letter];
}

/** Names the letter about what was given up last of a batch. */
function letterOf({ id, givenUp: given }: Batch): string {
  return `${id}/letter-${given}`;
}

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
function givenUpRecord(
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
      streamArn: mapping.recordsArn,
    },
  });
}

function responseContext({ ranAs = '$LATEST' }: Batch, isError: boolean): object {
  return { statusCode: 200, executedVersion: ranAs, functionError: isError ? 'Unhandled' : null };
}
