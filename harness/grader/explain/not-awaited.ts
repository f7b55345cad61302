/**
 * Finds calls that their sender did not await: the invocation answers, its environment freezes, and they take effect late or
 * never.
 *
 * One sentence for each such call, with the line that sent it. A call whose sender crashed is not one of them.
 */

import type { CallId } from '../../simulator/contract/answer.ts';
import type { Incident } from '../../simulator/contract/shown.ts';
import type { Trace, TraceEntry } from '../../simulator/trace.ts';

/** Says that this call took effect after its sender had answered, or never left; null if its sender waited for it. */
export function notAwaited({ seq, actor, event }: TraceEntry, call: CallId, trace: Trace, at: string): Incident | null {
  const ended = trace.find((other) => other.event.kind === 'invocation-ended' && other.event.invocation === actor);
  if (ended?.event.kind !== 'invocation-ended' || ended.event.outcome.kind !== 'returned' || ended.seq > seq)
    return null;
  const sent = trace.find((other) => other.event.kind === 'call-sent' && other.event.call === call);
  if (sent?.event.kind !== 'call-sent') return null;
  const { operation, frame, calledFrom } = sent.event;
  const from = calledFrom === undefined ? '' : `, called from ${calledFrom.file}:${calledFrom.line}`;
  const place = frame === undefined ? '' : ` at ${frame.file}:${frame.line}${from}`;
  const sentence = sentenceFor(event.kind, `${actor} did not wait for its ${operation}${place}`, at);
  return frame === undefined ? { actor, sentence, leftBehind: true } : { actor, sentence, frame, leftBehind: true };
}

function sentenceFor(kind: TraceEntry['event']['kind'], who: string, at: string): string {
  return kind === 'call-applied'
    ? `${who}: it took effect${at}, after the answer.`
    : `${who}: its environment was frozen before the call had left.`;
}
