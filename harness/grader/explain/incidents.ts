/**
 * What happened to invocations in a run besides reading and writing: errors, faults, timeouts, throttles, code that
 * asked for something a run does not have.
 *
 * One sentence each, with the step and the learner's line where there is one.
 */

import type { FaultKind } from '../../simulator/contract/fault.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';
import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';
import { count, duration, list } from '../../words/phrases.ts';
import { adviceOn } from './advice.ts';
import { sayUnreadable } from './batch-answers.ts';
import { notAwaited } from './not-awaited.ts';
import { atStep, type Numbering } from './numbering.ts';
import { queueFault, queueIncident } from './queue-incidents.ts';

export interface Incident {
  readonly sentence: string;
  readonly frame?: Frame;
  /** Who it happened to; null for nobody in particular. */
  readonly actor: string | null;
  /** The end of the sentence, where several may share it: « failed at src/bump.ts:14 with TypeError: …». */
  readonly shared?: string;
  /** The world did it, by a choice of the schedule. */
  readonly fault?: true;
  /** What to do about it, if the error alone tells. */
  readonly advice?: string;
}

/** Every incident of the trace, in order. The same failure of several invocations is told once. */
export function incidents(trace: Trace, numbering: Numbering): readonly Incident[] {
  const found = trace.flatMap((entry) => incidentOf(entry, trace, numbering) ?? []);
  return found.flatMap((one, index) => {
    if (one.shared === undefined) return [one];
    const same = found.filter(({ shared }) => shared === one.shared);
    if (same.length === 1) return [one];
    if (found.findIndex(({ shared }) => shared === one.shared) < index) return [];
    const who = list(same.flatMap(({ actor }) => actor ?? []));
    return [{ ...one, sentence: `${who}${one.shared}` }];
  });
}

function incidentOf(entry: TraceEntry, trace: Trace, numbering: Numbering): Incident | null {
  const { event, actor } = entry;
  const at = atStep(numbering, entry);
  switch (event.kind) {
    case 'refused':
      return incident(actor, `${actor} asked for ${event.what}${placeOf(event.frame)}. ${event.advice}`, event.frame);
    case 'stalled':
      return incident(
        event.invocation,
        `${event.invocation} waits${placeOf(event.frame)} for something that nobody in the lab will ever do.`,
        event.frame,
      );
    case 'fault':
      return {
        ...incident(
          event.invocation ?? actor,
          queueFault(event, entry, trace, at) ?? sayFault(event, actor, at, trace),
          frameOfCall(event.call, trace),
        ),
        fault: true,
      };
    case 'call-dropped':
      return event.why === 'sender-frozen' ? notAwaited(entry, event.call, trace, at) : null;
    case 'call-applied':
      return notAwaited(entry, event.call, trace, at);
    case 'invocation-throttled':
      return sayThrottle(entry, event, trace, at);
    case 'invocation-ended':
      return sayEnd(entry, event, trace, at);
    default: {
      const sentence = queueIncident(entry, trace, at);
      return sentence === null ? null : incident(null, sentence);
    }
  }
}

function incident(actor: string | null, sentence: string, frame?: Frame): Incident {
  return frame === undefined ? { actor, sentence } : { actor, sentence, frame };
}

function placeOf(frame: Frame | undefined): string {
  return frame === undefined ? '' : ` at ${frame.file}:${frame.line}`;
}

function sayFault(event: TraceEvent & { kind: 'fault' }, actor: string, at: string, trace: Trace): string {
  const operation = operationOf(event.call, trace);
  return faultSentence(event.fault, event.invocation ?? actor, operation, at);
}

function faultSentence(fault: FaultKind, who: string, operation: string, at: string): string {
  switch (fault) {
    case 'crash-before':
      return `${who} crashed${at}, before its ${operation} took effect.`;
    case 'crash-after':
      return `${who} crashed${at}: its ${operation} took effect, and nobody is left who knows.`;
    case 'answer-lost':
      return `The answer to ${who}'s ${operation}${at} got lost: it took effect, and ${who} could not know.`;
    case 'deadline':
      return `${who} was so slow that its time ran out${at}.`;
    case 'duplicate':
      return `${who} delivered once more${at} what had been delivered before, as AWS may.`;
    case 'reorder':
      return `${who} handed out a later message first${at}, as a standard queue may.`;
    case 'conflict':
      return `${who}'s transaction met another one${at} on the same item, and DynamoDB cancelled it: nothing was written.`;
    default:
      return unreachable(fault, 'kind of fault');
  }
}

/** All refusals of one kind in one sentence: who backs off meets them again and again. */
function sayThrottle(
  entry: TraceEntry,
  { functionName, reason }: TraceEvent & { kind: 'invocation-throttled' },
  trace: Trace,
  at: string,
): Incident | null {
  const same = trace.filter(
    ({ event }) =>
      event.kind === 'invocation-throttled' && event.functionName === functionName && event.reason === reason,
  );
  if (same[0] !== entry) return null;
  const often = same.length === 1 ? '' : `, and ${count(same.length - 1, 'time')} more`;
  return incident(null, `Lambda refused an invocation of ${functionName}${at}${often}: ${reason}.`);
}

function frameOfCall(call: string | undefined, trace: Trace): Frame | undefined {
  const sent = trace.find(({ event }) => event.kind === 'call-sent' && event.call === call)?.event;
  return sent?.kind === 'call-sent' ? sent.frame : undefined;
}

function operationOf(call: string | undefined, trace: Trace): string {
  const sent = trace.find(({ event }) => event.kind === 'call-sent' && event.call === call);
  return sent?.event.kind === 'call-sent' ? sent.event.operation : 'call';
}

/** Failed conditions are told by their own pattern, crashes by their fault. */
function sayEnd(
  entry: TraceEntry,
  event: TraceEvent & { kind: 'invocation-ended' },
  trace: Trace,
  at: string,
): Incident | null {
  const { invocation, outcome } = event;
  if (outcome.kind === 'returned') {
    const shared = sayUnreadable(entry, trace);
    return shared === null ? null : { ...incident(invocation, `${invocation}${shared}`), shared };
  }
  const { errorType, errorMessage } = outcome.error;
  if (errorType === 'ConditionalCheckFailedException') return null;
  if (errorType === 'Sandbox.Timedout') {
    const start = trace.find(
      (other) => other.event.kind === 'invocation-started' && other.event.invocation === invocation,
    );
    const ran = start === undefined ? '' : `, ${duration(entry.atMs - start.atMs)} after it had started`;
    return incident(invocation, `Lambda ended ${invocation}${at}${ran}: its time was up.`, outcome.frame);
  }
  const crashed = trace.some(
    (other) => other.event.kind === 'fault' && (other.event.invocation ?? other.actor) === invocation,
  );
  if (crashed) return null;
  // Two invocations that end alike differ by the id of their request, which tells a reader nothing.
  const words = errorMessage.replace(/^RequestId: \S+ Error: /, '');
  const message = words.endsWith('.') ? words : `${words}.`;
  const shared = ` failed${placeOf(outcome.frame)} with ${errorType}: ${message}`;
  const sentence = `${invocation} failed${at}${shared.slice(' failed'.length)}`;
  const advice = adviceOn(outcome);
  return { ...incident(invocation, sentence, outcome.frame), shared, ...(advice === null ? {} : { advice }) };
}
