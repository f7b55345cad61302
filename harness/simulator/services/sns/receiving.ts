/**
 * What a topic is sent by other services: a message that a rule or a function's destination hands over.
 */

import { fail, ok } from '../../contract/answer.ts';
import type { Arn } from '../../contract/arn.ts';
import { chainedBy } from '../../contract/event-chain.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import type { Parcel } from '../../contract/service-module.ts';
import { notTaken } from '../../contract/service-request.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { invariant } from '../../kernel/bug.ts';
import { takeMessage } from './fan-out.ts';
import { topicPath } from './footprints.ts';
import type { DraftMessage } from './message.ts';
import { attributeBytes } from './message-attributes.ts';
import type { SnsStep } from './messages.ts';
import { topicByArn } from './request.ts';
import { type SnsState, shownTopic } from './state.ts';
import { mostMessageBytes } from './topic-attributes.ts';

/** A message comes in, and the sender is answered in the same step. */
export function takeAtTopic(state: SnsState, { to, by, request, call }: Parcel, moment: Moment): SnsStep {
  if (request.kind !== 'deliver') return notTaken(request, 'a topic');
  invariant(call !== null, 'a message is sent to a topic without a name for the answer');
  const topic = topicByArn(state, to);
  const path = topicPath(nameOf(to));
  const no = (code: string, message: string, status: number): SnsStep => ({
    effects: [{ kind: 'reply', call, answer: fail(code, message, status) }],
    footprint: { reads: [path], writes: [] },
  });
  if (topic === undefined || topic.isFifo) return no('NotFoundException', 'Topic does not exist', 404);
  const { body: given, attributes } = request;
  const bytes = utf8Length(given) + attributeBytes(attributes);
  if (bytes > mostMessageBytes(topic))
    return no('InvalidParameterException', 'Invalid parameter: Message too long', 400);
  const draft: DraftMessage = {
    ...{ given, texts: { sqs: given, lambda: given }, subject: null, attributes, bytes },
    ...{ groupId: null, deduplicationId: null },
  };
  const messageId = uuidFrom(call);
  const { effects, footprint } = takeMessage(state, {
    ...{ topic, draft, messageId, by, moment, ...chainedBy(request.chain) },
  });
  return { effects: [...effects, { kind: 'reply', call, answer: ok({ MessageId: messageId }) }], footprint };
}

/** What an ARN of SNS's stands for. */
export function describeTopic(state: SnsState, arn: Arn): Described {
  const topic = topicByArn(state, arn);
  return {
    is: topic === undefined ? null : { kind: 'topic', shownName: shownTopic(state, topic.name) },
    footprint: { reads: [topicPath(nameOf(arn))], writes: [] },
  };
}

function nameOf(arn: Arn): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
