/**
 * What happened to messages and events in a run, one sentence each: what came back, came twice, was given up or got lost.
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { messageNames } from '../draw/messages.ts';
import { capital, count, duration, list } from '../../words/phrases.ts';
import { sayUnheard } from './batch-answers.ts';

/** The sentence for a fault that a queue or Lambda's own queue makes; null for the other faults. */
export function queueFault(
  event: TraceEvent & { readonly kind: 'fault' },
  entry: TraceEntry,
  trace: Trace,
  at: string,
): string | null {
  const nameOf = messageNames(trace);
  const inStep = trace.filter(({ step }) => step === entry.step).map((other) => other.event);
  const back = inStep.find((other) => other.kind === 'message-visible-again');
  const message = back?.kind === 'message-visible-again' ? nameOf(back.messageId) : null;
  switch (event.fault) {
    case 'duplicate':
      if (message === null) return `Lambda ran an event once more${at} that it had run before, as it may.`;
      return `${entry.actor} delivered ${message} once more${at}, as a standard queue may.`;
    case 'reorder': {
      const first = inStep.find((other) => other.kind === 'message-received');
      const which = first?.kind === 'message-received' ? nameOf(first.messageId) : 'a later message';
      return `The queue handed out ${which} first${at}, as a standard queue may.`;
    }
    case 'deadline':
      if (message === null) return null;
      return `${capital(message)} was not deleted within the visibility timeout: ${entry.actor} had it again${at}.`;
    default:
      return null;
  }
}

/** The sentence for what became of a message, an event or a downstream's work; null for what needs none. */
export function queueIncident(entry: TraceEntry, trace: Trace, at: string): string | null {
  const { event, actor } = entry;
  switch (event.kind) {
    case 'message-visible-again':
      return sayReturn(entry, event, trace, at);
    case 'message-deleted':
      return sayUnheard(entry, event, trace, at);
    case 'message-dead-lettered': {
      const times = count(event.receiveCount, 'receive');
      return `${event.queue} moved ${messageNames(trace)(event.messageId)} to ${event.deadLetterQueue}${at}, after ${times} without a delete.`;
    }
    case 'event-discarded': {
      const sent = event.sentTo.length === 0 ? 'nobody was told' : `it went to ${list(event.sentTo)}`;
      return `Lambda gave up an event for ${event.functionName}${at} (${event.condition}); ${sent}.`;
    }
    case 'delivery-failed':
      return `Lambda could not send an event of ${event.functionName} on to ${event.target}${at}: it is lost.`;
    case 'downstream-left':
      if (!event.abandoned) return null;
      return `${event.downstream} did what ${actor} had asked for${at}, and nobody was left to hear the answer.`;
    default:
      return null;
  }
}

/** All returns of one message in one sentence: who fails each time meets it again and again. */
function sayReturn(
  entry: TraceEntry,
  { messageId, queue, why }: TraceEvent & { readonly kind: 'message-visible-again' },
  trace: Trace,
  at: string,
): string | null {
  const byFault = ({ step }: TraceEntry) => trace.some((other) => other.step === step && other.event.kind === 'fault');
  if (why !== 'timeout' || byFault(entry)) return null;
  const same = trace.filter((other) => {
    const { event } = other;
    return (
      event.kind === 'message-visible-again' &&
      event.messageId === messageId &&
      event.why === 'timeout' &&
      !byFault(other)
    );
  });
  if (same[0] !== entry) return null;
  const often = same.length === 1 ? '' : `, and ${count(same.length - 1, 'time')} more`;
  return `${capital(messageNames(trace)(messageId))} came back to ${queue}${at}${afterReceive(entry, messageId, trace)}${often}: nobody had deleted it.`;
}

/** «, 60 s after it had been taken». */
function afterReceive({ seq, atMs }: TraceEntry, messageId: string, trace: Trace): string {
  const received = trace.findLast(
    (other) => other.seq < seq && other.event.kind === 'message-received' && other.event.messageId === messageId,
  );
  return received === undefined ? '' : `, ${duration(atMs - received.atMs)} after it had been taken`;
}
