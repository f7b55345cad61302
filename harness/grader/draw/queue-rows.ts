/**
 * What queues, mappings, asynchronous events and downstreams do, as rows: one per step in which something of it shows.
 *
 * Only what no call of anybody did in that step; calls have rows of their own (rows.ts).
 */

import type { Trace, TraceEntry } from '../../simulator/trace.ts';
import { duration } from '../../words/phrases.ts';
import { type MessageNames, messageNames, receivedIn } from './messages.ts';
import type { Row } from './rows.ts';

type Description = Pick<Row, 'actor' | 'text' | 'kind'>;

/** What a row may need to know of the whole trace. */
export interface Surroundings {
  readonly nameOf: MessageNames;
  /** Whether an earlier invocation had the same request id, by `seq`: then an event runs again. */
  readonly runsAgain: ReadonlySet<number>;
}

export function surroundingsOf(trace: Trace): Surroundings {
  const seen = new Set<string>();
  const runsAgain = new Set<number>();
  for (const { seq, event } of trace) {
    if (event.kind !== 'invocation-started') continue;
    if (seen.has(event.requestId)) runsAgain.add(seq);
    seen.add(event.requestId);
  }
  return { nameOf: messageNames(trace), runsAgain };
}

/** A lane for a queue, beside «table Orders». */
export function queueLane(queue: string): string {
  return `queue ${queue}`;
}

/** The lane of the queue whose messages these entries hand out; null if none does. */
export function sourceOf(entries: readonly TraceEntry[]): string | null {
  const received = entries.find(({ event }) => event.kind === 'message-received' && event.by !== 'scenario')?.event;
  return received?.kind === 'message-received' ? queueLane(received.queue) : null;
}

/** How the scenario looks into a queue to see what came of it: no step of the story. */
export function isOnlyALook({ actor, event }: TraceEntry): boolean {
  if (actor !== 'scenario' || event.kind !== 'call-applied' || event.service !== 'SQS') return false;
  return event.operation === 'GetQueueAttributes' || event.operation === 'ReceiveMessage';
}

/** A step that began with a queue, a mapping or an event; null if there is nothing to see. */
export function describeQuietStep(entries: readonly TraceEntry[], around: Surroundings): Description | null {
  const started = entries.find(({ event }) => event.kind === 'invocation-started');
  if (started !== undefined) return startOf(started, entries, around);
  for (const { event, actor } of entries) {
    switch (event.kind) {
      case 'message-received':
        return { actor, text: `takes ${receivedIn(entries, around.nameOf)}`, kind: 'call' };
      case 'message-visible-again':
        return { actor: queueLane(event.queue), text: `${around.nameOf(event.messageId)} is back`, kind: 'call' };
      case 'message-deleted':
        return { actor: queueLane(event.queue), text: `${around.nameOf(event.messageId)} deleted`, kind: 'call' };
      case 'downstream-left': {
        const { downstream, abandoned, answer } = event;
        return abandoned
          ? { actor: downstream, text: `✗ ${shortAnswer(answer)}, unheard`, kind: 'trouble' }
          : { actor: downstream, text: `tells ${actor}: ${shortAnswer(answer)}`, kind: 'call' };
      }
      case 'event-discarded':
        return { actor, text: `✗ event given up: ${event.condition}`, kind: 'trouble' };
      case 'message-dead-lettered':
        return { actor: queueLane(event.queue), text: sayDead(event, around), kind: 'trouble' };
      default:
    }
  }
  return null;
}

/** «starts: message 1 again». One that an asynchronous event began just «starts». */
function startOf({ seq, actor }: TraceEntry, entries: readonly TraceEntry[], around: Surroundings): Description {
  const received = receivedIn(entries, around.nameOf);
  if (received === null) {
    const again = around.runsAgain.has(seq);
    return { actor, text: again ? 'starts: the event again' : 'starts', kind: again ? 'call' : 'start' };
  }
  const isAgain = entries.some(({ event }) => event.kind === 'message-received' && event.receiveCount > 1);
  return { actor, text: `starts: ${received}${isAgain ? ' again' : ''}`, kind: 'call' };
}

/** A call to SQS: what a person or another system sends shows in the queue's own lane. */
export function describeSqsCall(
  { actor, event }: TraceEntry,
  entries: readonly TraceEntry[],
  { nameOf }: Surroundings,
): Description | null {
  if (event.kind !== 'call-applied' || event.service !== 'SQS') return null;
  const sent = entries.flatMap((entry) => (entry.event.kind === 'message-sent' ? [entry.event] : []));
  const [first] = sent;
  if (first === undefined) return null;
  const what = sent.length === 1 ? nameOf(first.messageId) : `${sent.length} messages`;
  return actor === 'scenario'
    ? { actor: queueLane(first.queue), text: `${what} sent`, kind: 'call' }
    : { actor, text: `${what} → ${first.queue}`, kind: 'call' };
}

/** A fault of a queue: who shows it, and in what words. Null for the other faults. */
export function describeQueueFault(
  { event, actor }: TraceEntry,
  entries: readonly TraceEntry[],
  around: Surroundings,
): Description | null {
  if (event.kind !== 'fault' || event.call !== undefined || event.invocation !== undefined) return null;
  const started = entries.find((entry) => entry.event.kind === 'invocation-started');
  const what = receivedIn(entries, around.nameOf);
  if (event.fault === 'duplicate') {
    if (started !== undefined)
      return { actor: started.actor, text: `✗ starts: ${what ?? 'the event'} once more`, kind: 'trouble' };
    const back = entries.find((entry) => entry.event.kind === 'message-visible-again')?.event;
    if (back?.kind !== 'message-visible-again') return { actor, text: '✗ delivered once more', kind: 'trouble' };
    return { actor: queueLane(back.queue), text: `✗ ${around.nameOf(back.messageId)} once more`, kind: 'trouble' };
  }
  if (event.fault === 'reorder')
    return { actor: started?.actor ?? actor, text: `✗ starts: ${what ?? 'a later one'} first`, kind: 'trouble' };
  if (event.fault === 'deadline')
    return { actor: queueLane(actor), text: '✗ out of time: it is back', kind: 'trouble' };
  return null;
}

/** What else happened in a step, for lines without a number. */
export function queueNotes(entries: readonly TraceEntry[], main: TraceEntry, around: Surroundings): Row['notes'] {
  const ended = entries.find(({ event }) => event.kind === 'invocation-ended');
  return entries.flatMap((entry) => {
    const { event, actor } = entry;
    if (entry === main) return [];
    switch (event.kind) {
      case 'event-retried':
        if (event.why === 'duplicate') return [];
        return [{ actor: ended?.actor ?? actor, text: `tried again in ${duration(event.atMs - entry.atMs)}` }];
      case 'event-discarded':
        return [{ actor: ended?.actor ?? actor, text: `✗ event given up: ${event.condition}` }];
      case 'delivery-failed':
        return [{ actor, text: '✗ could not be sent on' }];
      case 'message-dead-lettered':
        return [{ actor: queueLane(event.queue), text: sayDead(event, around) }];
      default:
        return [];
    }
  });
}

function sayDead(
  { messageId, deadLetterQueue }: { readonly messageId: string; readonly deadLetterQueue: string },
  { nameOf }: Surroundings,
): string {
  return `✗ ${nameOf(messageId)} goes to ${deadLetterQueue}`;
}

/** An answer of a downstream in a few characters: of an object its values, `200 debit-1`. */
export function shortAnswer(answer: unknown): string {
  const parts = typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer];
  const text = parts.map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? 'nothing'))).join(' ');
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
