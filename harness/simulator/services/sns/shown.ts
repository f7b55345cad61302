/**
 * How people see topics: messages by the order in which they were published, a lane for each topic, and a sentence for what was filtered away, delivered again, refused or lost.
 */

import { capital, duration, list } from '../../../words/phrases.ts';
import { templateName } from '../../../words/template-name.ts';
import type {
  CallSeen,
  EntrySeen,
  FaultSeen,
  Incident,
  RowWords,
  Shown,
  SpanOpening,
  StepSeen,
  ViewerLane,
} from '../../contract/shown.ts';
import { type RunEvent, SCENARIO } from '../../contract/trace-entry.ts';
import { DEDUPLICATION_WINDOW_MS } from './deduplication.ts';
import { isTopicLane, topicLane } from './state.ts';
import type { TopicEvent } from './trace-events.ts';

type Entry = EntrySeen<TopicEvent>;
type Attempted = TopicEvent & { readonly kind: 'notification-attempted' };
type MessageNames = (messageId: string) => string;

export function showSns(trace: readonly Entry[]): Shown<TopicEvent> {
  const numbers = messageNumbers(trace);
  const nameOf: MessageNames = (messageId) => `notification ${numbers.get(messageId) ?? '?'}`;
  return {
    verbs: { Publish: 'publish', PublishBatch: 'publish batch' },
    looks: [
      ...['GetSubscriptionAttributes', 'GetTopicAttributes', 'ListSubscriptions', 'ListSubscriptionsByTopic'],
      ...['ListTagsForResource', 'ListTopics'],
    ],
    rowOfCall: (call, step) => rowOfPublish(call, step, nameOf),
    rowOfFault: (fault, step) => rowOfFault(fault, step, nameOf),
    rows: {
      'notification-attempted': ({ event }) => ofTopic(event, `${nameOf(event.messageId)} goes to ${event.subscriber}`),
    },
    notes: {
      'notification-published': ({ actor, event }, { entries }) => {
        const isCalled = entries.some((entry) => entry.event.kind === 'call-applied' && entry.actor === actor);
        const came = isCalled ? '' : `${nameOf(event.messageId)} comes in`;
        const kept = event.filtered.length === 0 ? '' : `filtered away from ${list(event.filtered)}`;
        const text = [came, kept].filter((part) => part !== '').join(', ');
        return text === '' ? null : { actor: topicLane(event.topic), text };
      },
      'notification-deduplicated': ({ event }) => ({
        actor: topicLane(event.topic),
        text: `the same as ${nameOf(event.messageId)}: not delivered`,
      }),
      'notification-retried': ({ event, atMs }) => ({
        actor: topicLane(event.topic),
        text: `✗ not taken: again in ${duration(event.atMs - atMs)}${event.holds ? ', and its group waits' : ''}`,
      }),
      'notification-failed': ({ event }) => ({
        actor: topicLane(event.topic),
        text: `✗ given up: ${event.sentTo === null ? 'it is lost' : `it goes to ${templateName(event.sentTo)}`}`,
      }),
      'notification-lost': ({ event }) => ({
        actor: topicLane(event.topic),
        text: `✗ ${event.deadLetterQueue} does not take it`,
      }),
    },
    isSource: isTopicLane,
    incident: (entry, at) => publishedAnew(entry, at, trace, nameOf) ?? incidentOf(entry, at, nameOf),
    sayFault: (fault, at) => sayFault(fault, at, trace, nameOf),
    nameOf: (id) => (numbers.has(id) ? nameOf(id) : null),
    opens: ({ event }) => opening(event, nameOf),
    closes: closing,
    viewerLane,
  };
}

/** By their ids, the numbers of messages in the order in which they were published, from 1. */
function messageNumbers(trace: readonly Entry[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { event } of trace) {
    if (event.kind === 'notification-published' && !numbers.has(event.messageId))
      numbers.set(event.messageId, numbers.size + 1);
  }
  return numbers;
}

function ofTopic({ topic }: { readonly topic: string }, text: string): RowWords {
  return { actor: topicLane(topic), text, kind: 'call' };
}

/** What a person publishes shows in the lane of the topic. */
function rowOfPublish(
  { actor, event }: CallSeen,
  { entries }: StepSeen<TopicEvent>,
  nameOf: MessageNames,
): RowWords | null {
  if (event.service !== 'SNS' || !event.operation.startsWith('Publish') || event.answer?.ok !== true) return null;
  const own = entries.flatMap((entry) => (entry.actor === actor ? [entry.event] : []));
  const published = own.flatMap((one) => (one.kind === 'notification-published' ? [one] : []));
  const again = own.flatMap((one) => (one.kind === 'notification-deduplicated' ? [one] : []));
  const { Failed } = event.answer.output;
  const failed = Array.isArray(Failed) ? Failed.length : 0;
  const names = published.map(({ messageId }) => nameOf(messageId));
  const taken = names.length > 2 ? `${names.length} notifications` : list(names);
  const repeated = again.length === 0 ? '' : `${list(again.map(({ messageId }) => nameOf(messageId)))} again`;
  const refused = failed === 0 ? '' : `✗ ${failed} of ${failed + own.length} not taken`;
  const what = [taken, repeated, refused].filter((text) => text !== '').join(', ');
  const kind = failed === 0 ? 'call' : 'trouble';
  const [first] = [...published, ...again];
  if (actor !== SCENARIO || first === undefined) return { actor, text: `publishes ${what}`, kind };
  return { ...ofTopic(first, `${what} published`), kind };
}

/** The attempt in the step of a fault that a topic has made. */
function attemptIn({ actor, step }: FaultSeen, entries: readonly Entry[]): Attempted | null {
  if (!isTopicLane(actor)) return null;
  for (const { step: other, event } of entries) {
    if (other === step && event.kind === 'notification-attempted') return event;
  }
  return null;
}

function rowOfFault(fault: FaultSeen, { entries }: StepSeen<TopicEvent>, nameOf: MessageNames): RowWords | null {
  const attempt = attemptIn(fault, entries);
  if (attempt === null) return null;
  const { subscriber, messageId } = attempt;
  const name = nameOf(messageId);
  switch (fault.event.fault) {
    case 'duplicate':
      return { ...ofTopic(attempt, `✗ ${name} once more to ${subscriber}`), kind: 'trouble' };
    case 'reorder':
      return { ...ofTopic(attempt, `✗ ${name} first to ${subscriber}`), kind: 'trouble' };
    case 'failed-before':
      return { ...ofTopic(attempt, `✗ ${name} goes to ${subscriber}, who can't take it now`), kind: 'trouble' };
    default:
      return null;
  }
}

function sayFault(fault: FaultSeen, at: string, trace: readonly Entry[], nameOf: MessageNames): string | null {
  const attempt = attemptIn(fault, trace);
  if (attempt === null) return null;
  const name = nameOf(attempt.messageId);
  switch (fault.event.fault) {
    case 'duplicate':
      return `SNS delivered ${name} to ${attempt.subscriber} once more${at}, as it may.`;
    case 'reorder':
      return `SNS delivered ${name} to ${attempt.subscriber}${at} before one that was published earlier, as it may.`;
    case 'failed-before':
      return `${attempt.subscriber} answered SNS with a 500${at}, and had not taken ${name}.`;
    default:
      return null;
  }
}

/** A message with the id of one that the topic has forgotten, so that subscribers hear it again (SN-04). */
function publishedAnew(
  { event, atMs }: Entry,
  at: string,
  trace: readonly Entry[],
  nameOf: MessageNames,
): Incident | null {
  if (event.kind !== 'notification-published' || event.messageDeduplicationId === null) return null;
  for (const { event: earlier, atMs: earlierMs } of trace) {
    if (earlier === event) return null;
    if (earlier.kind !== 'notification-published' || earlier.topic !== event.topic) continue;
    if (earlier.messageDeduplicationId !== event.messageDeduplicationId || atMs - earlierMs < DEDUPLICATION_WINDOW_MS)
      continue;
    const later = `${duration(atMs - earlierMs)} after it`;
    const sentence = `${capital(nameOf(event.messageId))} has the deduplication id of ${nameOf(earlier.messageId)} and was published${at}, ${later}: SNS remembers ids for ${duration(DEDUPLICATION_WINDOW_MS)}, so it delivered it, too.`;
    return { actor: null, sentence };
  }
  return null;
}

function incidentOf({ event }: Entry, at: string, nameOf: MessageNames): Incident | null {
  switch (event.kind) {
    case 'notification-published': {
      if (event.to.length > 0) return null;
      const why = event.filtered.length === 0 ? 'nobody has subscribed' : 'no filter policy lets it through';
      const sentence = `${capital(nameOf(event.messageId))} reached no subscriber of ${event.topic}${at}: ${why}.`;
      return { actor: null, sentence };
    }
    case 'notification-deduplicated': {
      const sentence = `A message was published to ${event.topic}${at} with the deduplication id of ${nameOf(event.messageId)}: SNS accepted it and delivered it to nobody.`;
      return { actor: null, sentence };
    }
    case 'notification-failed': {
      const why =
        event.why === 'client-side'
          ? `${event.error}, which it does not try again`
          : `${event.error}, after all its attempts`;
      const end =
        event.sentTo === null
          ? 'it is lost, since the subscription has no dead-letter queue'
          : `it went to ${templateName(event.sentTo)}`;
      const sentence = `SNS gave up ${nameOf(event.messageId)} for ${event.subscriber}${at} (${why}); ${end}.`;
      return { actor: null, sentence };
    }
    case 'notification-lost': {
      const letter = `${capital(nameOf(event.messageId))} for ${event.subscriber}`;
      return { actor: null, sentence: `${letter} is lost${at}: ${event.deadLetterQueue} did not take it either.` };
    }
    default:
      return null;
  }
}

/** The wait for another attempt is a span; everything else is an instant. */
function opening(event: TopicEvent | RunEvent, nameOf: MessageNames): SpanOpening | null {
  if (event.kind !== 'notification-retried') return null;
  const name = `${nameOf(event.messageId)} waits for ${event.subscriber}`;
  return { key: waitKey(event), lane: { side: 'aws', name: topicLane(event.topic) }, name };
}

function closing(event: TopicEvent | RunEvent): string | null {
  return event.kind === 'notification-attempted' && event.attempt > 1 ? waitKey(event) : null;
}

function waitKey({ messageId, subscriber }: { readonly messageId: string; readonly subscriber: string }): string {
  return `delivery of ${messageId} to ${subscriber}`;
}

function viewerLane(event: TopicEvent | RunEvent): ViewerLane | null {
  switch (event.kind) {
    case 'notification-published':
    case 'notification-deduplicated':
    case 'notification-attempted':
    case 'notification-duplicated':
    case 'notification-retried':
    case 'notification-failed':
    case 'notification-lost':
      return { side: 'aws', name: topicLane(event.topic) };
    default:
      return null;
  }
}
