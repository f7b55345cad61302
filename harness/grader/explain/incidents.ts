/**
 * Finds what happened in a run besides reading and writing: errors, faults, timeouts, throttles, requests for something that a
 * run does not have, messages that came back.
 *
 * Each incident is one sentence, with the step and the learner's line if there is one. The services supply the words for their
 * own events.
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
import { toldTogether } from './told-together.ts';

/** All incidents of the trace, in order. A failure that several invocations share is told once, and so is what happened in several steps. */
export function incidents(trace: Trace, shown: ShownTrace, numbering: Numbering): readonly Incident[] {
  const accesses = shown.accesses();
  const found = toldTogether(
    trace.flatMap((entry) => {
      const incident = isToldByRefusal(entry, accesses)
        ? null
        : incidentOf(entry, trace, shown, atStep(numbering, entry));
      return incident === null ? [] : [{ incident, step: numbering(entry) }];
    }),
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
      const sentence = `${invocation} waits${placeOf(frame)} for something that never happens in this lab.`;
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

/** The event with which a call left its sender; null if there is none. */
function sentBy(call: string | undefined, trace: Trace): (TraceEvent & { readonly kind: 'call-sent' }) | null {
  const sent = trace.find(({ event }) => event.kind === 'call-sent' && event.call === call)?.event;
  return sent?.kind === 'call-sent' ? sent : null;
}
