/**
 * Fan-out: a topic takes a message, and each subscriber who wants to hear of it will get it (SN-02, SN-04, SN-09, SN-17).
 *
 * What a message must say is in message.ts, how a delivery fares in delivery.ts.
 */

import { nameInArn } from '../../contract/arn.ts';
import { type Footprint, joined } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import type { Actor } from '../../contract/trace-entry.ts';
import { groupKey, nextNumberOfTopic, rememberTaken, takenBefore, takenKey } from './deduplication.ts';

import type { PublishedMessage } from './envelope.ts';
import { isWanted } from './filter-policy.ts';
import { groupPath, subscriptionsPath, takenPath, topicPath } from './footprints.ts';
import type { DraftMessage } from './message.ts';
import type { SnsEffect } from './messages.ts';
import { beginNotification } from './notification.ts';
import { type SnsState, type Subscription, shownTopic, subscriptionsOf, type Topic } from './state.ts';
import { signatureVersion } from './topic-attributes.ts';

/** What became of a message. */
export interface Taken {
  readonly messageId: string;
  /** Of a FIFO topic. */
  readonly sequenceNumber: string | null;
  readonly effects: readonly SnsEffect[];
  readonly footprint: Footprint;
}

/** A message for a topic, the id that it gets, and who publishes it when. */
interface Publishing {
  readonly topic: Topic;
  readonly draft: DraftMessage;
  readonly messageId: string;
  readonly by: Actor;
  readonly moment: Moment;
}

/** The topic takes a message. A duplicate is answered as the first one was, and reaches no subscriber (SN-04, UV-55). */
export function takeMessage(state: SnsState, publishing: Publishing): Taken {
  const { topic, draft, messageId, by, moment } = publishing;
  const { groupId, deduplicationId } = draft;
  if (groupId === null || deduplicationId === null) return fanOut(state, publishing, null);
  const key = takenKey(topic, groupId, deduplicationId);
  const before = takenBefore(state, key, moment.nowMs);
  if (before !== null) {
    const shown = { topic: shownTopic(state, topic.name), messageId: before.messageId };
    const event = { kind: 'notification-deduplicated', ...shown, messageDeduplicationId: deduplicationId } as const;
    const footprint = { reads: [topicPath(topic.name), takenPath(key)], writes: [] };
    return { ...before, effects: [{ kind: 'note', by, event }], footprint };
  }
  const group = groupKey(topic, groupId);
  const sequenceNumber = nextNumberOfTopic(state, group);
  rememberTaken(state, key, { messageId, sequenceNumber, atMs: moment.nowMs });
  const taken = fanOut(state, publishing, sequenceNumber);
  return { ...taken, footprint: joined(taken.footprint, { reads: [], writes: [takenPath(key), groupPath(group)] }) };
}

function fanOut(
  state: SnsState,
  { topic, draft, messageId, by, moment }: Publishing,
  sequenceNumber: string | null,
): Taken {
  const { given, groupId: messageGroupId, deduplicationId: messageDeduplicationId, attributes, subject } = draft;
  const message: PublishedMessage = {
    ...{ messageId, topicArn: topic.arn, subject, attributes, sequenceNumber },
    timestamp: new Date(state.epochMs + moment.nowMs).toISOString(),
    signatureVersion: signatureVersion(topic),
  };
  let footprint: Footprint = { reads: [topicPath(topic.name), subscriptionsPath(topic.name)], writes: [] };
  const named = (subscription: Subscription): string => {
    const { is, footprint: looked } = moment.describe(subscription.endpoint);
    footprint = joined(footprint, looked);
    return is?.shownName ?? nameInArn(subscription.endpoint);
  };
  const wanted = Map.groupBy(subscriptionsOf(state, topic.name), ({ filter, protocol }) =>
    filter === null || isWanted(filter, { text: draft.texts[protocol], attributes }) ? 'to' : 'filtered',
  );
  const begun = (wanted.get('to') ?? []).map((subscription) =>
    beginNotification(state, { topic, draft, message, subscription, moment }),
  );
  for (const one of begun) footprint = joined(footprint, one.footprint);
  const event = {
    kind: 'notification-published',
    ...{ topic: shownTopic(state, topic.name), messageId, message: given },
    ...{ messageGroupId, messageDeduplicationId, sequenceNumber, to: (wanted.get('to') ?? []).map(named) },
    filtered: (wanted.get('filtered') ?? []).map(named),
  } as const;
  const effects: readonly SnsEffect[] = [{ kind: 'note', by, event }, ...begun.flatMap((one) => one.effects)];
  return { messageId, sequenceNumber, effects, footprint };
}
