/**
 * What happened in a run besides reading and writing: errors, faults, timeouts, throttles, code that asked for something a run does not
 * have, messages that came back.
 *
 * One sentence each, with the step and the learner's line where there is one. What happened at a service is told in its words.
 */

import { FAULT_WORDS } from '../../simulator/contract/fault-words.ts';
import type { Incident } from '../../simulator/contract/shown.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';
import type { ShownTrace } from '../../simulator/services/shown.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { list } from '../../words/phrases.ts';
import { batchAnswerIncident } from './batch-answers.ts';
import { notAwaited } from './not-awaited.ts';
import { atStep, type Numbering } from './numbering.ts';
import { isToldByRefusal } from './refused-write.ts';

/** Every incident of the trace, in order. The same failure of several invocations is told once. */
export function incidents(trace: Trace, shown: ShownTrace, numbering: Numbering): readonly Incident[] {
  const accesses = shown.accesses();
  const found = trace.flatMap((entry) =>
    isToldByRefusal(entry, accesses) ? [] : (incidentOf(entry, trace, shown, atStep(numbering, entry)) ?? []),
  );
  return found.flatMap((one, index) => {
    if (one.shared === undefined) return [one];
    const same = found.filter(({ shared }) => shared === one.shared);
    if (same.length === 1) return [one];
    if (found.findIndex(({ shared }) => shared === one.shared) < index) return [];
    const who = list(same.flatMap(({ actor }) => actor ?? []));
    return [{ ...one, sentence: `${who}${one.shared}` }];
  });
}

function incidentOf(entry: TraceEntry, trace: Trace, shown: ShownTrace, at: string): Incident | null {
  const { event, actor } = entry;
  switch (event.kind) {
    case 'refused':
      return incident(actor, `${actor} asked for ${event.what}${placeOf(event.frame)}. ${event.advice}`, event.frame);
    case 'stalled': {
      const { invocation, frame } = event;
      const sentence = `${invocation} waits${placeOf(frame)} for something that nobody in the lab will ever do.`;
      return incident(invocation, sentence, frame);
    }
    case 'fault': {
      const sentence = shown.sayFault({ ...entry, event }, at) ?? sayFault(event, actor, at, trace);
      const sent = sentBy(event.call, trace);
      return { ...incident(event.invocation ?? actor, sentence, sent?.frame), fault: true };
    }
    case 'call-dropped':
      return event.why === 'sender-frozen' ? notAwaited(entry, event.call, trace, at) : null;
    case 'call-applied':
      return notAwaited(entry, event.call, trace, at);
    default:
      return batchAnswerIncident(entry, trace, shown, at) ?? shown.incidentOf(entry, at);
  }
}

function incident(actor: string | null, sentence: string, frame?: Frame): Incident {
  return frame === undefined ? { actor, sentence } : { actor, sentence, frame };
}

function placeOf(frame: Frame | undefined): string {
  return frame === undefined ? '' : ` at ${frame.file}:${frame.line}`;
}

function sayFault(event: TraceEvent & { readonly kind: 'fault' }, actor: string, at: string, trace: Trace): string {
  const operation = sentBy(event.call, trace)?.operation ?? 'call';
  return FAULT_WORDS[event.fault].say(event.invocation ?? actor, operation, at);
}

/** How a call left its sender. */
function sentBy(call: string | undefined, trace: Trace): (TraceEvent & { readonly kind: 'call-sent' }) | null {
  const sent = trace.find(({ event }) => event.kind === 'call-sent' && event.call === call)?.event;
  return sent?.kind === 'call-sent' ? sent : null;
}
