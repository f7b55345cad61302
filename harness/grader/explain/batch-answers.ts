/**
 * Answers to a queue's mapping that were not heard as they were meant: failures that nobody asked for, and failures that name
 * no message (SE-12).
 *
 * Claims only what the trace shows: the answer, and whether the messages were deleted after it.
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { messageNames } from '../draw/messages.ts';

/** The sentence for a message that was deleted although its handler had reported it as failed; null if it had not. */
export function sayUnheard(
  entry: TraceEntry,
  { messageId, queue }: TraceEvent & { readonly kind: 'message-deleted' },
  trace: Trace,
  at: string,
): string | null {
  const received = trace.findLast(
    ({ seq, event }) => seq < entry.seq && event.kind === 'message-received' && event.messageId === messageId,
  );
  const reported = trace.find(
    ({ seq, event }) =>
      seq < entry.seq && seq > (received?.seq ?? entry.seq) && failuresIn(event)?.includes(messageId) === true,
  );
  if (reported === undefined) return null;
  const name = messageNames(trace)(messageId);
  return `${reported.actor} reported ${name} as failed, and it was deleted from ${queue}${at} all the same: a mapping looks at such reports only if its FunctionResponseTypes has ReportBatchItemFailures.`;
}

/** What to say of an answer whose failures name no message, when nothing was deleted after it; without who answered. */
export function sayUnreadable({ step, event }: TraceEntry, trace: Trace): string | null {
  const failures = failuresIn(event);
  if (failures === null || step === trace.at(-1)?.step) return null;
  const sent = new Set(trace.flatMap(({ event: other }) => (other.kind === 'message-sent' ? [other.messageId] : [])));
  if (sent.size === 0 || failures.every((id) => sent.has(String(id)))) return null;
  if (trace.some((other) => other.step === step && other.event.kind === 'message-deleted')) return null;
  return ' answered with batchItemFailures that name no message of the batch, so Lambda took the whole batch for failed. An itemIdentifier is the messageId of a record.';
}

/** The identifiers that an invocation reported as failed; null if it reported nothing. What is no list is one that names none. */
function failuresIn(event: TraceEvent): readonly unknown[] | null {
  if (event.kind !== 'invocation-ended' || event.outcome.kind !== 'returned') return null;
  const failures: unknown = Reflect.get(Object(event.outcome.payload), 'batchItemFailures');
  if (failures === undefined || failures === null) return null;
  if (!Array.isArray(failures)) return [failures];
  return failures.map((failure: unknown): unknown => Reflect.get(Object(failure), 'itemIdentifier'));
}
