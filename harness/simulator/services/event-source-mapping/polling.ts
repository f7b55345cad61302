/**
 * From messages to invocations: when to receive, what makes a batch, when a batch goes to the function (SE-01 to SE-03).
 *
 * What the function's answer does to a batch is beside this file. A mapping with nothing to do asks for nothing.
 */

import { matches } from './filter.ts';
import type { MappingEffect, MappingMessage, QueueMessage } from './messages.ts';
import { recordOf } from './record.ts';
import { concurrencyOf, pollersOf, rampUp } from './scaling.ts';
import { type Batch, batchesOf, type EventSourceMapping, type MappingsState } from './state.ts';

/** 6 MB, as for every synchronous invocation (SE-03, LS-25). */
const MOST_PAYLOAD_BYTES = 6_291_456;

/** Asks for a receive if there is something to take and a place for it. */
export function pollIfPossible(
  state: MappingsState,
  mapping: EventSourceMapping,
  nowMs: number,
): readonly MappingEffect[] {
  const free = pollersOf(mapping) - mapping.polling;
  if (free <= 0 || !mapping.backlog || !mapping.settings.enabled || mapping.deleted) return [];
  const gathering = gatheringBatch(state, mapping);
  const room = concurrencyOf(mapping) - batchesOf(state, mapping).length - mapping.polling;
  if (gathering === null && room <= 0) return rampUp(mapping, nowMs);
  const polls = gathering === null ? Math.min(free, room) : 1;
  mapping.polling += polls;
  mapping.backlog = false;
  const maxMessages = mapping.settings.batchSize - (gathering?.messages.length ?? 0);
  const { uuid, queueArn, actor } = mapping;
  const poll = { kind: 'poll', mapping: uuid, queueArn, maxMessages, by: actor } as const;
  return Array.from({ length: polls }, () => poll);
}

/** Messages have come: what no filter lets through is deleted (SE-15), the rest becomes a batch or joins one. */
export function received(
  state: MappingsState,
  mapping: EventSourceMapping,
  message: MappingMessage & { readonly kind: 'received' },
  nowMs: number,
): readonly MappingEffect[] {
  mapping.polling -= 1;
  const wanted = message.messages.filter((one) => isWanted(mapping, one));
  const unwanted = message.messages.filter((one) => !isWanted(mapping, one));
  const effects: MappingEffect[] = [];
  if (unwanted.length > 0) effects.push(deletion(mapping, unwanted, 'filtered'));
  if (wanted.length > 0) effects.push(...add(state, mapping, wanted, message.visibleAgainAtMs, nowMs));
  return [...effects, ...pollIfPossible(state, mapping, nowMs)];
}

/** A message has come once more: it goes to the function by itself. */
export function receivedAgain(
  state: MappingsState,
  mapping: EventSourceMapping,
  { message, visibleAgainAtMs, number }: MappingMessage & { readonly kind: 'received-again' },
): readonly MappingEffect[] {
  if (!isWanted(mapping, message)) return [deletion(mapping, [message], 'filtered')];
  const id = batchOfAgain(mapping, message);
  const batch: Batch = { ...emptyBatch(id, mapping, visibleAgainAtMs), messages: [message] };
  state.batches.set(id, batch);
  return [{ ...invoke(state, mapping, batch), number }];
}

/** The name of the batch that a message makes which comes once more. */
export function batchOfAgain({ uuid }: Pick<EventSourceMapping, 'uuid'>, message: QueueMessage): string {
  return `${uuid}/again-${message.MessageId}-${message.Attributes.ApproximateReceiveCount}`;
}

/** Deletes messages of this mapping. */
export function deletion(
  { queueArn, actor }: EventSourceMapping,
  messages: readonly QueueMessage[],
  why: 'filtered' | 'done',
): MappingEffect {
  return { kind: 'delete', queueArn, receiptHandles: messages.map((one) => one.ReceiptHandle), by: actor, why };
}

/** The window of a batch is over: it goes as it is. */
export function windowOver(state: MappingsState, mapping: EventSourceMapping, batch: Batch): readonly MappingEffect[] {
  return batch.state === 'gathering' ? [invoke(state, mapping, batch)] : [];
}

/** Gives a batch to the function. */
export function invoke(
  state: MappingsState,
  mapping: EventSourceMapping,
  batch: Batch,
): MappingEffect & { readonly kind: 'invoke' } {
  batch.state = 'invoked';
  const { queueArn, settings } = mapping;
  const records = batch.messages.map((one) => recordOf(one, { queueArn, region: state.region }));
  const payloadJson = JSON.stringify({ Records: records });
  return { kind: 'invoke', batch: batch.id, functionName: settings.functionName, payloadJson };
}

/** The oldest batch that waits for a place, if there is a place. */
export function invokeReady(state: MappingsState, mapping: EventSourceMapping): readonly MappingEffect[] {
  const batches = batchesOf(state, mapping);
  const ready = batches.find((batch) => batch.state === 'ready');
  const busy = batches.filter((batch) => batch.state !== 'ready').length;
  return ready !== undefined && busy < concurrencyOf(mapping) ? [invoke(state, mapping, ready)] : [];
}

function gatheringBatch(state: MappingsState, mapping: EventSourceMapping): Batch | null {
  return batchesOf(state, mapping).find((batch) => batch.state === 'gathering') ?? null;
}

function isWanted({ settings: { filters } }: EventSourceMapping, message: QueueMessage): boolean {
  return filters.length === 0 || filters.some(({ pattern }) => matches(pattern, message));
}

function add(
  state: MappingsState,
  mapping: EventSourceMapping,
  messages: readonly QueueMessage[],
  visibleAgainAtMs: number,
  nowMs: number,
): readonly MappingEffect[] {
  const open = gatheringBatch(state, mapping);
  const batch = open ?? newBatch(state, mapping, visibleAgainAtMs);
  const effects: MappingEffect[] = [];
  const bodies = splitByPayload(state, mapping, [...batch.messages, ...messages]);
  batch.messages = bodies[0] ?? [];
  const isFull = bodies.length > 1 || batch.messages.length >= mapping.settings.batchSize;
  const windowMs = mapping.settings.windowSeconds * 1_000;
  if (isFull || windowMs === 0) {
    if (open !== null) effects.push({ kind: 'cancel-wait', of: batch.id });
    effects.push(invoke(state, mapping, batch));
  } else if (open === null) {
    const message = { kind: 'window-over', batch: batch.id } as const;
    effects.push({ kind: 'wait', of: batch.id, atMs: nowMs + windowMs, message });
  }
  for (const rest of bodies.slice(1)) {
    const next = newBatch(state, mapping, visibleAgainAtMs);
    next.messages = rest;
    next.state = 'ready';
    effects.push(...invokeReady(state, mapping));
  }
  return effects;
}

function newBatch(state: MappingsState, mapping: EventSourceMapping, visibleAgainAtMs: number): Batch {
  mapping.lastBatch += 1;
  const id = `${mapping.uuid}/batch-${mapping.lastBatch}`;
  const batch = emptyBatch(id, mapping, visibleAgainAtMs);
  state.batches.set(id, batch);
  return batch;
}

function emptyBatch(id: string, { uuid }: EventSourceMapping, visibleAgainAtMs: number): Batch {
  return { id, mapping: uuid, messages: [], state: 'gathering', visibleAgainAtMs, throttles: 0 };
}

/** Batches whose payload one invocation can take. Few messages need no measuring: each may have 1 MiB (SQ-07). */
function splitByPayload(
  state: MappingsState,
  { queueArn }: EventSourceMapping,
  messages: readonly QueueMessage[],
): readonly (readonly QueueMessage[])[] {
  const encoder = new TextEncoder();
  const batches: QueueMessage[][] = [[]];
  let bytes = 0;
  for (const message of messages) {
    const record = JSON.stringify(recordOf(message, { queueArn, region: state.region }));
    const size =
      record.length * 3 < MOST_PAYLOAD_BYTES / messages.length ? record.length : encoder.encode(record).length;
    if (bytes + size > MOST_PAYLOAD_BYTES && batches.at(-1)?.length !== 0) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(message);
    bytes += size + 1;
  }
  return batches;
}
