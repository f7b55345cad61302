/**
 * How people see Lambda: invocations that start, fail, are refused or run again, and events in Lambda's own queue.
 */

import { count, duration, list } from '../../../words/phrases.ts';
import { templateName } from '../../../words/template-name.ts';
import { INVOKE_FUNCTION_URL, readFunctionUrl } from '../../contract/function-url.ts';
import type {
  ByKind,
  CallSeen,
  Did,
  EntrySeen,
  FaultSeen,
  Incident,
  NoteWords,
  RowWords,
  Shown,
  StepSeen,
} from '../../contract/shown.ts';
import { type RunEvent, SCENARIO } from '../../contract/trace-entry.ts';
import { adviceOn } from './advice.ts';
import { LAMBDA_QUEUE } from './notes.ts';
import { qualifiedName } from './qualified.ts';
import type { LambdaEvent } from './trace-events.ts';

type Entry = EntrySeen<LambdaEvent>;
type Step = StepSeen<LambdaEvent>;
type Started = LambdaEvent & { readonly kind: 'invocation-started' };
type Ended = LambdaEvent & { readonly kind: 'invocation-ended' };

export function showLambda(trace: readonly Entry[]): Shown<LambdaEvent> {
  return {
    rowOfCall,
    rowOfFault,
    leads: ['invocation-throttled', 'loop-stopped', 'invocation-started'],
    rows: rowsOfLambda(eventsThatRunAgain(trace)),
    notes: {
      'event-retried': (entry, step) => noteOfRetry(entry, step),
      'event-discarded': ({ actor, event }, step) => ({
        actor: endedIn(step) ?? actor,
        text: `✗ event given up: ${event.condition}`,
      }),
      'delivery-failed': ({ actor }) => ({ actor, text: '✗ could not be sent on' }),
      'invocation-ended': ({ event }, { entries }) => noteOfEnd(event, entries),
    },
    begun: (entries) => entries.find(({ event }) => event.kind === 'invocation-started')?.actor ?? null,
    incident: (entry, at) => incidentOf(entry, at, trace),
    sayFault: ({ actor, event }, at) =>
      event.fault === 'duplicate' && actor === LAMBDA_QUEUE
        ? `Lambda ran an event once more${at} that it had run before, as it may.`
        : null,
    sayEndless: () => sayEndlessLoop(trace),
    did,
    opens: ({ event }) =>
      event.kind === 'invocation-started'
        ? {
            key: `invocation ${event.invocation}`,
            lane: { side: 'actors', name: event.invocation },
            name: event.invocation,
          }
        : null,
    closes: (event) => (event.kind === 'invocation-ended' ? `invocation ${event.invocation}` : null),
    viewerLane: (event) => (event.kind.startsWith('event-') ? { side: 'aws', name: 'events of Lambda' } : null),
  };
}

/** The rows of steps in which no call took effect. `runsAgain`: the entries of invocations of events that have run before. */
function rowsOfLambda(runsAgain: ReadonlySet<number>): ByKind<LambdaEvent, RowWords | null> {
  return {
    'invocation-throttled': ({ actor }) => ({ actor, text: '✗ throttled', kind: 'trouble' }),
    'loop-stopped': ({ actor }) => ({ actor, text: '✗ stopped: a loop', kind: 'trouble' }),
    'invocation-started': ({ seq, actor, event }, { brought }) =>
      brought === null
        ? rowOfEvent(actor, event, runsAgain.has(seq))
        : { actor, text: `${starts(event)}: ${brought.words}${brought.isAgain ? ' again' : ''}`, kind: 'call' },
    'environments-provisioned': ({ actor, event }) => ({
      actor,
      text: `${count(event.environments.length, 'environment')} ready`,
      kind: 'start',
    }),
    'provisioning-failed': ({ actor }) => ({ actor, text: '✗ not provisioned', kind: 'trouble' }),
    'event-discarded': ({ actor, event }) => ({
      actor,
      text: `✗ event given up: ${event.condition}`,
      kind: 'trouble',
    }),
  };
}

/** The entries of invocations that follow an earlier one with the same request id: an event that runs again. */
function eventsThatRunAgain(trace: readonly Entry[]): ReadonlySet<number> {
  const seen = new Set<string>();
  const again = new Set<number>();
  for (const { seq, event } of trace) {
    if (event.kind !== 'invocation-started') continue;
    if (seen.has(event.requestId)) again.add(seq);
    seen.add(event.requestId);
  }
  return again;
}

/** An invocation that an asynchronous event started just «starts». */
function rowOfEvent(actor: string, started: Started, again: boolean): RowWords {
  const text = starts(started);
  return { actor, text: again ? `${text}: the event again` : text, kind: again ? 'call' : 'start' };
}

/** An invocation's name has its version; the alias that it came through is told where it starts. */
function starts({ alias }: Pick<Started, 'alias'>): string {
  return alias === undefined ? 'starts' : `starts through ${alias}`;
}

function rowOfCall({ actor, event }: CallSeen, { begun, entries }: Step): RowWords | null {
  if (event.service !== 'Lambda') return null;
  const answer = event.answer === null || event.answer.ok ? '' : ` ✗ ${event.answer.error.code}`;
  if (event.operation === INVOKE_FUNCTION_URL && (begun === null || actor !== SCENARIO))
    return rowOfRequest(actor, event, answer);
  if (begun !== null && actor === SCENARIO) {
    const started = entries.find((entry) => isStartOf(entry.event, begun))?.event;
    return { actor: begun, text: starts(started?.kind === 'invocation-started' ? started : {}), kind: 'start' };
  }
  const { FunctionName, Qualifier, Name } = (event.input ?? {}) as Readonly<Record<string, unknown>>;
  const name = qualifiedName(String(FunctionName ?? ''), told(Qualifier) ?? told(Name));
  return { actor, text: `${event.operation} ${name}${answer}`, kind: answer === '' ? 'call' : 'trouble' };
}

/** A request to a function URL, by its method and path; also the status, where Lambda itself answers. */
function rowOfRequest(actor: string, { input, answer }: CallSeen['event'], refused: string): RowWords {
  const { Method = '', Url = '' } = input as { readonly Method?: unknown; readonly Url?: unknown };
  const status = answer?.ok === true ? ` ✗ ${String(answer.output.StatusCode)}` : refused;
  const path = readFunctionUrl(String(Url))?.path ?? String(Url);
  return { actor, text: `${String(Method)} ${path}${status}`, kind: status === '' ? 'call' : 'trouble' };
}

/** The row of an event that runs a second time. */
function rowOfFault({ event }: FaultSeen, { begun, brought }: Step): RowWords | null {
  if (event.fault !== 'duplicate' || begun === null || brought !== null) return null;
  return { actor: begun, text: '✗ starts: the event once more', kind: 'trouble' };
}

/** A qualifier or the name of an alias, if the call gives one. */
function told(given: unknown): string | null {
  return typeof given === 'string' ? given : null;
}

function endedIn({ entries }: Step): string | undefined {
  return entries.find(({ event }) => event.kind === 'invocation-ended')?.actor;
}

function noteOfRetry(
  { actor, atMs, event }: Entry & { readonly event: LambdaEvent & { readonly kind: 'event-retried' } },
  step: Step,
): NoteWords | null {
  if (event.why === 'duplicate') return null;
  return { actor: endedIn(step) ?? actor, text: `tried again in ${duration(event.atMs - atMs)}` };
}

/** The line of an invocation's end. After a crash there is none, since Lambda's error adds nothing to it. */
function noteOfEnd({ invocation, outcome }: Ended, entries: readonly Entry[]): NoteWords | null {
  if (outcome.kind !== 'failed') return null;
  const isCrash = entries.some(({ event }) => event.kind === 'fault' && event.fault.startsWith('crash'));
  return isCrash ? null : { actor: invocation, text: `✗ ${outcome.error.errorType}` };
}

function incidentOf(entry: Entry, at: string, trace: readonly Entry[]): Incident | null {
  const { event } = entry;
  switch (event.kind) {
    case 'invocation-throttled':
      return sayThrottle(entry, event, at, trace);
    case 'invocation-ended':
      return sayEnd(entry, event, at, trace);
    case 'loop-stopped':
      return sayLoop(entry, event, at, trace);
    case 'event-discarded': {
      const sent =
        event.sentTo.length === 0 ? 'it was sent nowhere' : `it went to ${list(event.sentTo.map(templateName))}`;
      const gaveUp = `Lambda gave up an event for ${event.functionName}${at} (${event.condition})`;
      return { actor: null, sentence: `${gaveUp}; ${sent}.` };
    }
    case 'provisioning-failed': {
      const sentence = `Lambda could not provision ${event.functionName}${at}: its code failed while it was loaded.`;
      return { actor: null, sentence };
    }
    case 'delivery-failed': {
      const sentence = `Lambda could not send an event of ${event.functionName} on to ${event.target}${at}: it is lost.`;
      return { actor: null, sentence };
    }
    default:
      return null;
  }
}

/** All throttles of one kind in one sentence, since a caller that backs off meets them repeatedly. */
function sayThrottle(
  entry: Entry,
  { functionName, reason }: LambdaEvent & { readonly kind: 'invocation-throttled' },
  at: string,
  trace: readonly Entry[],
): Incident | null {
  const same = trace.filter(
    ({ event }) =>
      event.kind === 'invocation-throttled' && event.functionName === functionName && event.reason === reason,
  );
  if (same[0] !== entry) return null;
  const often = same.length === 1 ? '' : `, and ${count(same.length - 1, 'time')} more`;
  return { actor: null, sentence: `Lambda refused an invocation of ${functionName}${at}${often}: ${reason}.` };
}

/** All stops of one function in one sentence: a queue hands its messages out again, and each time Lambda stops them. */
function sayLoop(
  entry: Entry,
  { functionName, passages }: LambdaEvent & { readonly kind: 'loop-stopped' },
  at: string,
  trace: readonly Entry[],
): Incident | null {
  const same = trace.filter(({ event }) => event.kind === 'loop-stopped' && event.functionName === functionName);
  if (same[0] !== entry) return null;
  const often = same.length === 1 ? '' : `, and ${count(same.length - 1, 'time')} more`;
  const stopped = `Lambda did not run ${functionName} again${at}${often}`;
  return { actor: null, sentence: `${stopped}: one chain of events had passed it ${passages} times.` };
}

/** A message of a loop that is stopped stays in its queue, and is stopped again each time it comes back. */
function sayEndlessLoop(trace: readonly Entry[]): string | null {
  const last = trace.findLast(({ event }) => event.kind === 'loop-stopped')?.event;
  if (last?.kind !== 'loop-stopped') return null;
  const { functionName, passages } = last;
  return `one chain of events passed ${functionName} ${passages} times. Lambda stops it there, and its message comes back each time. See that ${functionName} does not send to what invokes it, and give the queue a RedrivePolicy with a dead-letter queue.`;
}

/** How an invocation failed by itself; a crash is described by its fault. */
function sayEnd(entry: Entry, { invocation, outcome }: Ended, at: string, trace: readonly Entry[]): Incident | null {
  if (outcome.kind === 'returned') return null;
  const { errorType, errorMessage } = outcome.error;
  const { frame } = outcome;
  const where = frame === undefined ? {} : { frame };
  if (errorType === 'Sandbox.Timedout') {
    const start = trace.find(({ event }) => isStartOf(event, invocation));
    const ran = start === undefined ? '' : `, ${duration(entry.atMs - start.atMs)} after it had started`;
    return { actor: invocation, sentence: `Lambda ended ${invocation}${at}${ran}: its time was up.`, ...where };
  }
  const crashed = trace.some(
    (other) => other.event.kind === 'fault' && (other.event.invocation ?? other.actor) === invocation,
  );
  if (crashed) return null;
  // Two invocations that end alike differ in the id of their request, which means nothing to a reader.
  const words = errorMessage.replace(/^RequestId: \S+ Error: /, '');
  const message = words.endsWith('.') ? words : `${words}.`;
  const place = frame === undefined ? '' : ` at ${frame.file}:${frame.line}`;
  const how = `${place} with ${errorType}: ${message}`;
  const advice = adviceOn(outcome);
  return {
    actor: invocation,
    sentence: `${invocation} failed${at}${how}`,
    ...where,
    shared: ` failed${how}`,
    ...(advice === null ? {} : { advice }),
  };
}

function isStartOf(event: LambdaEvent | RunEvent, invocation: string): event is Started {
  return event.kind === 'invocation-started' && event.invocation === invocation;
}

function did(event: LambdaEvent | RunEvent): Did | null {
  if (event.kind !== 'invocation-ended') return null;
  const { outcome } = event;
  if (outcome.kind === 'returned') return { words: 'returned', value: outcome.payload };
  return { words: 'failed', value: `${outcome.error.errorType}: ${outcome.error.errorMessage}` };
}
