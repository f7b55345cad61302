/**
 * What a stream is sent by other services: a record that an event bus hands over (EB-28).
 *
 * It goes the way of `PutRecord`, and the sender is answered in the same step.
 */

import { type AwsAnswer, ok } from '../../contract/answer.ts';
import { type Footprint, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Parcel } from '../../contract/service-module.ts';
import type { DeliverRequest } from '../../contract/service-request.ts';
import { toUtf8 } from '../../contract/utf8.ts';
import { invariant } from '../../kernel/bug.ts';
import { EVERY_STREAM, STREAM_NAMES } from './footprints.ts';
import type { KinesisEffect, KinesisStep } from './messages.ts';
import { putRecord } from './put.ts';
import { streamNameInArn } from './request.ts';
import type { KinesisState } from './state.ts';

/** Puts a record. Refuses in the words of `PutRecord` what that would refuse. */
export function takeRecord(
  state: KinesisState,
  { to, by, call }: Pick<Parcel, 'to' | 'by' | 'call'>,
  { body, partitionKey }: DeliverRequest,
  { nowMs, isTimed }: Moment,
): KinesisStep {
  invariant(call !== null, 'a record is sent to a stream without a name for the answer');
  const reply = (answer: AwsAnswer, effects: readonly KinesisEffect[], footprint: Footprint): KinesisStep => ({
    effects: [...effects, { kind: 'reply', call, answer }],
    footprint,
  });
  try {
    const input = { StreamName: streamNameInArn(to) ?? '', Data: toUtf8(body), PartitionKey: partitionKey };
    const { output, effects = [], footprint } = putRecord(state, input, { by, nowMs, isTimed });
    return reply(ok(output), effects, footprint);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return reply(problem.answer, [], { ...NO_FOOTPRINT, reads: [EVERY_STREAM, STREAM_NAMES] });
  }
}
