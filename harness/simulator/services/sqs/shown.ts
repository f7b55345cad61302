/**
 * How people see queues: messages numbered in the order of their sends, a lane for each queue, and a sentence for each
 * message that came back, came twice, or became a dead letter.
 */

import { capital, count, duration } from '../../../words/phrases.ts';
import type {
  Brought,
  CallSeen,
  EntrySeen,
  FaultSeen,
  Incident,
  NoteWords,
  RowWords,
  Shown,
  StepSeen,
  ViewerLane,
} from '../../contract/shown.ts';
import { type RunEvent, SCENARIO } from '../../contract/trace-entry.ts';
import { inGroups, type MessageNames, messageNumbers, receivedIn } from './message-names.ts';
import type { SqsEvent } from './trace-events.ts';

type Entry = EntrySeen<SqsEvent>;
type Step = StepSeen<SqsEvent>;

/** A run fails if the messages of a queue come back for ever: after more receives than any redrive policy of a lab allows. */
const ENDLESS_RECEIVES = 20;

/** The name of a queue's lane begins with this. */
const QUEUE = 'queue ';

/** The name of a queue's lane in the drawing, beside «table Orders». */
function queueLane(queue: string): string {
  return `${QUEUE}${queue}`;
}

export function showSqs(trace: readonly Entry[]): Shown<SqsEvent> {
  const numbers = messageNumbers(trace);
  const nameOf: MessageNames = (messageId) => `message ${numbers.get(messageId) ?? '?'}`;
  return {
    verbs: {
      SendMessage: 'send',
      SendMessageBatch: 'send',
      ReceiveMessage: 'receive',
      DeleteMessage: 'delete message',
    },
    looks: ['GetQueueAttributes', 'ReceiveMessage'],
    rowOfCall: (call, step) => rowOfSending(call, step, nameOf),
    rowOfFault: (fault, step) => rowOfQueueFault(fault, step, nameOf),
    rows: {
      'message-received': ({ actor }, { brought }) => ({
        actor,
        text: `takes ${brought?.words ?? 'a message'}`,
        kind: 'call',
      }),
      'message-visible-again': ({ event }) => ofQueue(event.queue, `${nameOf(event.messageId)} is back`),
      'message-deleted': ({ event }) => ofQueue(event.queue, `${nameOf(event.messageId)} deleted`),
      'message-dead-lettered': ({ event }) => ({ ...noteOfDead(event, nameOf), kind: 'trouble' }),
    },
    notes: {
      'message-dead-lettered': ({ event }) => noteOfDead(event, nameOf),
      'message-expired': ({ event }) => ({
        actor: queueLane(event.queue),
        text: `✗ ${nameOf(event.messageId)} thrown away: too old`,
      }),
      'group-blocked': ({ event }) => ({
        actor: queueLane(event.queue),
        text: `${event.groupId}: ${count(event.waiting, 'message')} behind ${nameOf(event.behind)}`,
      }),
      'message-not-deleted': ({ event }) => ({
        actor: queueLane(event.queue),
        text: `✗ ${nameOf(event.messageId)} not deleted: ${event.why === 'lost' ? 'the delete is lost' : 'too late'}`,
      }),
    },
    brought: (entries) => broughtIn(entries, nameOf),
    source: sourceOf,
    isSource: (lane) => lane.startsWith(QUEUE),
    incident: (entry, at) => incidentOf(entry, at, trace, nameOf),
    sayFault: (fault, at) => sayFault(fault, at, trace, nameOf),
    nameOf: (id) => (numbers.has(id) ? nameOf(id) : null),
    sayEndless: () => sayEndless(trace, nameOf),
    viewerLane: (event) => viewerLane(event),
  };
}

function ofQueue(queue: string, text: string): RowWords {
  return { actor: queueLane(queue), text, kind: 'call' };
}

type DeadLettered = SqsEvent & { readonly kind: 'message-dead-lettered' };

function noteOfDead({ queue, messageId, deadLetterQueue }: DeadLettered, nameOf: MessageNames): NoteWords {
  return { actor: queueLane(queue), text: `✗ ${nameOf(messageId)} goes to ${deadLetterQueue}` };
}

/** The row of a message that the scenario or another system sends; it stands in the queue's own lane. */
function rowOfSending({ actor, event }: CallSeen, { entries }: Step, nameOf: MessageNames): RowWords | null {
  if (event.service !== 'SQS') return null;
  const sent = entries.flatMap(({ event }) => (event.kind === 'message-sent' ? [event] : []));
  const [first] = sent;
  if (first === undefined) return rowOfDuplicate(actor, entries, nameOf);
  const groups = inGroups(sent.flatMap(({ groupId }) => groupId ?? []));
  const what = (sent.length === 1 ? nameOf(first.messageId) : `${sent.length} messages`) + groups;
  return actor === SCENARIO
    ? ofQueue(first.queue, `${what} sent`)
    : { actor, text: `${what} → ${first.queue}`, kind: 'call' };
}

/** The row of a send that a FIFO queue has accepted before (SQ-16). */
function rowOfDuplicate(actor: string, entries: readonly Entry[], nameOf: MessageNames): RowWords | null {
  const event = entries.find(({ event: { kind } }) => kind === 'message-deduplicated')?.event;
  if (event?.kind !== 'message-deduplicated') return null;
  const text = `${nameOf(event.messageId)} again: a duplicate, not stored`;
  return actor === SCENARIO ? ofQueue(event.queue, text) : { actor, text, kind: 'call' };
}

function rowOfQueueFault(
  { actor, event }: FaultSeen,
  { entries, begun, brought }: Step,
  nameOf: MessageNames,
): RowWords | null {
  switch (event.fault) {
    case 'duplicate': {
      if (begun !== null && brought !== null)
        return { actor: begun, text: `✗ starts: ${brought.words} once more`, kind: 'trouble' };
      const lost = entries.find((entry) => entry.event.kind === 'message-not-deleted')?.event;
      if (lost?.kind === 'message-not-deleted')
        return { ...ofQueue(lost.queue, `✗ the delete of ${nameOf(lost.messageId)} is lost`), kind: 'trouble' };
      const back = entries.find((entry) => entry.event.kind === 'message-visible-again')?.event;
      if (begun !== null || back?.kind !== 'message-visible-again') return null;
      return { ...ofQueue(back.queue, `✗ ${nameOf(back.messageId)} once more`), kind: 'trouble' };
    }
    case 'reorder':
      return { actor: begun ?? actor, text: `✗ starts: ${brought?.words ?? 'a later one'} first`, kind: 'trouble' };
    case 'deadline':
      return { actor: queueLane(actor), text: '✗ out of time: it is back', kind: 'trouble' };
    default:
      return null;
  }
}

function broughtIn(entries: readonly Entry[], nameOf: MessageNames): Brought | null {
  const words = receivedIn(entries, nameOf);
  const isAgain = entries.some(({ event }) => event.kind === 'message-received' && event.receiveCount > 1);
  return words === null ? null : { words, isAgain };
}

/** The lane of the queue whose messages these entries hand out. The scenario's own receives are not shown. */
function sourceOf(entries: readonly Entry[]): string | null {
  const received = entries.find(({ event }) => event.kind === 'message-received' && event.by !== SCENARIO)?.event;
  return received?.kind === 'message-received' ? queueLane(received.queue) : null;
}

function incidentOf(entry: Entry, at: string, trace: readonly Entry[], nameOf: MessageNames): Incident | null {
  const { event } = entry;
  switch (event.kind) {
    case 'message-visible-again': {
      const sentence = sayReturn(entry, event, at, trace, nameOf);
      return sentence === null ? null : { actor: null, sentence };
    }
    case 'message-dead-lettered': {
      const times = count(event.receiveCount, 'receive');
      const moved = `${event.queue} moved ${nameOf(event.messageId)} to ${event.deadLetterQueue}${at}`;
      const free = event.groupId === undefined ? '' : ` The group ${event.groupId} goes on without it.`;
      return { actor: null, sentence: `${moved}, after ${times} without a delete.${free}` };
    }
    case 'message-deduplicated': {
      const since = duration(entry.atMs - event.firstSentAtMs);
      const again = `${capital(nameOf(event.messageId))} was sent to ${event.queue} again${at}, ${since} after it was accepted`;
      return { actor: null, sentence: `${again}: the queue stored nothing.` };
    }
    case 'message-expired': {
      const sentence = sayExpired(entry, event, at, trace, nameOf);
      return sentence === null ? null : { actor: null, sentence };
    }
    case 'message-not-deleted':
      if (event.why === 'lost') return null;
      return {
        actor: null,
        sentence: `The ${event.by} came too late to delete ${nameOf(event.messageId)}${at}: its visibility timeout was over, and ${event.queue} gives it out again.`,
      };
    default:
      return null;
  }
}

/** All returns of one message in one sentence, since a handler that fails each time meets it repeatedly. */
function sayReturn(
  entry: Entry,
  { messageId, queue, why }: SqsEvent & { readonly kind: 'message-visible-again' },
  at: string,
  trace: readonly Entry[],
  nameOf: MessageNames,
): string | null {
  const byFault = ({ step }: Entry) => trace.some((other) => other.step === step && other.event.kind === 'fault');
  if (why !== 'timeout' || byFault(entry)) return null;
  const same = trace.filter((other) => {
    const { event } = other;
    const isSame = event.kind === 'message-visible-again' && event.messageId === messageId && event.why === 'timeout';
    return isSame && !byFault(other);
  });
  if (same[0] !== entry) return null;
  const often = same.length === 1 ? '' : `, and ${count(same.length - 1, 'time')} more`;
  const since = sinceReceive(entry, messageId, trace);
  return `${capital(nameOf(messageId))} came back to ${queue}${at}${since}${often}: it had not been deleted.`;
}

/** All that a queue threw away in one sentence: what waits together gets too old together. */
function sayExpired(
  entry: Entry,
  { messageId, queue, keptForMs, retentionMs }: SqsEvent & { readonly kind: 'message-expired' },
  at: string,
  trace: readonly Entry[],
  nameOf: MessageNames,
): string | null {
  const same = trace.filter(({ event }) => event.kind === 'message-expired' && event.queue === queue);
  if (same[0] !== entry) return null;
  const others = same.length === 1 ? '' : ` and ${count(same.length - 1, 'other', 'others')}`;
  const when = `${at}, ${duration(keptForMs)} after it was sent`;
  return `${queue} threw ${nameOf(messageId)}${others} away${when}: it keeps messages for ${duration(retentionMs)}, and no dead-letter queue hears of it.`;
}

/** «, 60 s after it had been taken». */
function sinceReceive({ seq, atMs }: Entry, messageId: string, trace: readonly Entry[]): string {
  const received = trace.findLast(
    (other) => other.seq < seq && other.event.kind === 'message-received' && other.event.messageId === messageId,
  );
  return received === undefined ? '' : `, ${duration(atMs - received.atMs)} after it had been taken`;
}

function sayFault(
  { actor, step, event }: FaultSeen,
  at: string,
  trace: readonly Entry[],
  nameOf: MessageNames,
): string | null {
  const inStep = trace.filter((other) => other.step === step).map((other) => other.event);
  const back = inStep.find((other) => other.kind === 'message-visible-again');
  const lost = inStep.find((other) => other.kind === 'message-not-deleted');
  const message = back?.kind === 'message-visible-again' ? nameOf(back.messageId) : null;
  switch (event.fault) {
    case 'duplicate':
      if (lost?.kind === 'message-not-deleted')
        return `${capital(nameOf(lost.messageId))} was done, and its delete was lost${at}: ${lost.queue} gives it out again, since a mapping delivers at least once.`;
      return message === null ? null : `${actor} delivered ${message} once more${at}, as a standard queue may.`;
    case 'reorder': {
      const first = inStep.find((other) => other.kind === 'message-received');
      const which = first?.kind === 'message-received' ? nameOf(first.messageId) : 'a later message';
      if (first?.kind === 'message-received' && first.groupId !== undefined)
        return `The queue handed out ${which} of the group ${first.groupId} first${at}: groups have no order.`;
      return `The queue handed out ${which} first${at}, as a standard queue may.`;
    }
    case 'deadline':
      if (message === null) return null;
      return `${capital(message)} was not deleted within the visibility timeout: ${actor} had it again${at}.`;
    default:
      return null;
  }
}

function sayEndless(trace: readonly Entry[], nameOf: MessageNames): string | null {
  const received = trace.findLast(({ event }) => event.kind === 'message-received')?.event;
  if (received?.kind !== 'message-received' || received.receiveCount < ENDLESS_RECEIVES) return null;
  const { messageId, queue, receiveCount } = received;
  const times = count(receiveCount, 'time');
  return `${capital(nameOf(messageId))} of the queue ${queue} was received ${times} and comes back each time. Give the queue a RedrivePolicy with a dead-letter queue, and look at what the handler throws.`;
}

function viewerLane(event: SqsEvent | RunEvent): ViewerLane | null {
  if (!('queue' in event)) return null;
  // The name of a queue, from its URL or ARN.
  return { side: 'aws', name: queueLane(event.queue.split(/[/:]/).at(-1) ?? event.queue) };
}
