/**
 * Explains handlers' answers to a queue's mapping that did not have their intended effect: failures that the mapping was not
 * configured to read, and failures that name no message (SE-12).
 *
 * Claims only what the trace shows: the answer, and whether the messages were deleted after it.
 */

import type { Incident } from '../../simulator/contract/shown.ts';
import type { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

type Deleted = TraceEvent & { readonly kind: 'message-deleted' };

/** The incident of an answer, or of a message that was deleted in spite of one; null if all is well. */
export function batchAnswerIncident(entry: TraceEntry, trace: Trace, shown: ShownTrace, at: string): Incident | null {
  const { event } = entry;
  if (event.kind === 'message-deleted') {
    const sentence = sayUnheard(entry, event, trace, shown, at);
    return sentence === null ? null : { actor: null, sentence };
  }
  if (event.kind !== 'invocation-ended' || !isUnreadable(entry, trace, shown)) return null;
  const shared =
    ' answered with batchItemFailures that name no message of the batch, so Lambda took the whole batch for failed. An itemIdentifier is the messageId of a record.';
  return { actor: event.invocation, sentence: `${event.invocation}${shared}`, shared };
}

/** The sentence for a message that was deleted although its handler had reported it as failed; null if it had not. */
function sayUnheard(
  entry: TraceEntry,
  { messageId, queue }: Deleted,
  trace: Trace,
  shown: ShownTrace,
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
  const name = shown.nameOf(messageId) ?? 'a message';
  return `${reported.actor} reported ${name} as failed, and it was deleted from ${queue}${at} all the same: a mapping looks at such reports only if its FunctionResponseTypes has ReportBatchItemFailures.`;
}

/** Whether an answer names a failure that is no message of the batch, and no message was deleted after it. */
function isUnreadable({ step, event }: TraceEntry, trace: Trace, shown: ShownTrace): boolean {
  const failures = failuresIn(event);
  if (failures === null || step === trace.at(-1)?.step) return false;
  if (!trace.some(({ event: other }) => other.kind === 'message-sent')) return false;
  if (failures.every((id) => shown.nameOf(String(id)) !== null)) return false;
  return !trace.some((other) => other.step === step && other.event.kind === 'message-deleted');
}

/**
 * The identifiers that an invocation reported as failed; null if it reported nothing. An answer that is no list counts as one
 * identifier, which names no message.
 */
function failuresIn(event: TraceEvent): readonly unknown[] | null {
  if (event.kind !== 'invocation-ended' || event.outcome.kind !== 'returned') return null;
  const failures: unknown = Reflect.get(Object(event.outcome.payload), 'batchItemFailures');
  if (failures === undefined || failures === null) return null;
  if (!Array.isArray(failures)) return [failures];
  return failures.map((failure: unknown): unknown => Reflect.get(Object(failure), 'itemIdentifier'));
}
