/**
 * How people see the bus: events by the order in which they were put, a lane of its own, and a sentence for what was delivered twice, was
 * refused, or got lost.
 */

import { capital, duration, list } from '../../../words/phrases.ts';
import { templateName } from '../../../words/template-name.ts';
import type {
  CallSeen,
  EntrySeen,
  FaultSeen,
  Incident,
  RowWords,
  Shown,
  SpanOpening,
  StepSeen,
  ViewerLane,
} from '../../contract/shown.ts';
import { type RunEvent, SCENARIO } from '../../contract/trace-entry.ts';
import { busLane, DEFAULT_BUS, isBusLane, shownBus } from './state.ts';
import type { EventBridgeEvent, OnBus } from './trace-events.ts';

type Entry = EntrySeen<EventBridgeEvent>;
type EventNames = (eventId: string) => string;

export function showEventBridge(trace: readonly Entry[]): Shown<EventBridgeEvent> {
  const numbers = eventNumbers(trace);
  const nameOf: EventNames = (eventId) => `event ${numbers.get(eventId) ?? '?'}`;
  return {
    verbs: { PutEvents: 'put events' },
    looks: [
      'DescribeEventBus',
      'DescribeRule',
      'ListEventBuses',
      'ListRuleNamesByTarget',
      'ListRules',
      'ListTargetsByRule',
      'TestEventPattern',
    ],
    rowOfCall: (call, step) => rowOfPut(call, step, nameOf),
    rowOfFault: (fault, step) => rowOfDuplicate(fault, step, nameOf),
    rows: {
      'bus-delivery-attempted': ({ event }) => ofBus(event, `${nameOf(event.eventId)} goes to ${event.target}`),
    },
    notes: {
      'bus-event-put': ({ actor, event }, { entries }) =>
        entries.some((entry) => entry.event.kind === 'call-applied' && entry.actor === actor)
          ? null
          : { actor: laneOf(event), text: `${nameOf(event.eventId)} comes in` },
      'bus-delivery-retried': ({ event, atMs }) => ({
        actor: laneOf(event),
        text: `✗ not taken: again in ${duration(event.atMs - atMs)}`,
      }),
      'bus-delivery-failed': ({ event }) => ({
        actor: laneOf(event),
        text: `✗ given up: ${event.sentTo === null ? 'it is dropped' : `it goes to ${templateName(event.sentTo)}`}`,
      }),
      'bus-event-lost': ({ event }) => ({ actor: laneOf(event), text: `✗ ${event.deadLetterQueue} does not take it` }),
    },
    isSource: isBusLane,
    incident: (entry, at) => incidentOf(entry, at, nameOf),
    sayFault: (fault, at) => sayDuplicate(fault, at, trace, nameOf),
    nameOf: (id) => (numbers.has(id) ? nameOf(id) : null),
    opens: ({ event }) => opening(event, nameOf),
    closes: closing,
    viewerLane,
  };
}

/** By their ids, the numbers of events in the order in which they were put, from 1. */
function eventNumbers(trace: readonly Entry[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { event } of trace) {
    if (event.kind === 'bus-event-put' && !numbers.has(event.eventId)) numbers.set(event.eventId, numbers.size + 1);
  }
  return numbers;
}

/** The lane of the bus on which something happened. */
function laneOf({ bus = DEFAULT_BUS }: OnBus): string {
  return busLane(bus);
}

function ofBus(event: OnBus, text: string): RowWords {
  return { actor: laneOf(event), text, kind: 'call' };
}

/** What a person or another system puts shows in the lane of the first event's bus. Entries that the bus refused are told beside those that it took. */
function rowOfPut(
  { actor, event }: CallSeen,
  { entries }: StepSeen<EventBridgeEvent>,
  nameOf: EventNames,
): RowWords | null {
  if (event.service !== 'EventBridge' || event.operation !== 'PutEvents' || event.answer?.ok !== true) return null;
  const own = entries.filter((entry) => entry.actor === actor);
  const put = own.flatMap((entry) => (entry.event.kind === 'bus-event-put' ? [entry.event] : []));
  const names = put.map(({ eventId }) => nameOf(eventId));
  const astray = own.flatMap((entry) => (entry.event.kind === 'bus-event-astray' ? [entry.event.bus] : []));
  const failed = Number(event.answer.output.FailedEntryCount ?? 0);
  const taken = names.length > 2 ? `${names.length} events` : list(names);
  const refused = failed === 0 ? '' : `✗ ${failed} of ${failed + names.length + astray.length} not taken`;
  const lost = astray.length === 0 ? '' : `✗ ${astray.length} for ${list([...new Set(astray)])}, which is not there`;
  const what = [taken, refused, lost].filter((text) => text !== '').join(', ');
  const kind = failed + astray.length === 0 ? 'call' : 'trouble';
  if (actor !== SCENARIO) return { actor, text: `puts ${what}`, kind };
  return { actor: laneOf(put[0] ?? {}), text: `${what} put`, kind };
}

function rowOfDuplicate(
  { actor, event }: FaultSeen,
  { entries }: StepSeen<EventBridgeEvent>,
  nameOf: EventNames,
): RowWords | null {
  const attempt = entries.find((entry) => entry.event.kind === 'bus-delivery-attempted')?.event;
  if (event.fault !== 'duplicate' || !isBusLane(actor) || attempt?.kind !== 'bus-delivery-attempted') return null;
  return { ...ofBus(attempt, `✗ ${nameOf(attempt.eventId)} once more to ${attempt.target}`), kind: 'trouble' };
}

function incidentOf({ event }: Entry, at: string, nameOf: EventNames): Incident | null {
  switch (event.kind) {
    case 'bus-event-put': {
      if (event.rules.length > 0) return null;
      const bus = event.bus === undefined ? 'the bus' : shownBus(event.bus);
      return { actor: null, sentence: `No rule matched ${nameOf(event.eventId)}${at}: ${bus} dropped it.` };
    }
    case 'bus-event-astray': {
      const sentence = `An event was put${at} for the bus «${event.bus}». There is no such bus: AWS accepted the event, and it is lost.`;
      return { actor: null, sentence };
    }
    case 'bus-delivery-failed': {
      const why = whyGivenUp(event);
      const end =
        event.sentTo === null
          ? 'it is lost, since the target has no dead-letter queue'
          : `it went to ${templateName(event.sentTo)}`;
      const sentence = `EventBridge gave up ${nameOf(event.eventId)} for ${event.target}${at} (${why}); ${end}.`;
      return { actor: null, sentence };
    }
    case 'bus-event-lost': {
      const letter = `${capital(nameOf(event.eventId))} for ${event.target}`;
      return { actor: null, sentence: `${letter} is lost${at}: ${event.deadLetterQueue} did not take it either.` };
    }
    default:
      return null;
  }
}

/** EventBridge's own reasons have names in capitals; any other error is the target's. */
function whyGivenUp({ condition, error, target }: EventBridgeEvent & { readonly kind: 'bus-delivery-failed' }): string {
  if (condition !== null) return `${condition}, ${error}`;
  if (error === 'INVALID_JSON') return 'its InputTemplate makes no JSON of this event';
  if (error === 'THIRD_ACCOUNT_HOP_DETECTED') return 'an event can go from one bus to another only once';
  return `${target} is not there`;
}

function sayDuplicate(
  { actor, event, step }: FaultSeen,
  at: string,
  trace: readonly Entry[],
  nameOf: EventNames,
): string | null {
  if (event.fault !== 'duplicate' || !isBusLane(actor)) return null;
  const attempt = trace.find((other) => other.step === step && other.event.kind === 'bus-delivery-attempted')?.event;
  if (attempt?.kind !== 'bus-delivery-attempted') return null;
  return `EventBridge delivered ${nameOf(attempt.eventId)} to ${attempt.target} once more${at}, as it may.`;
}

/** The wait for another attempt is a span; everything else is an instant. */
function opening(event: EventBridgeEvent | RunEvent, nameOf: EventNames): SpanOpening | null {
  if (event.kind !== 'bus-delivery-retried') return null;
  const name = `${nameOf(event.eventId)} waits for ${event.target}`;
  return { key: waitKey(event), lane: { side: 'aws', name: laneOf(event) }, name };
}

function closing(event: EventBridgeEvent | RunEvent): string | null {
  return event.kind === 'bus-delivery-attempted' && event.attempt > 1 ? waitKey(event) : null;
}

function waitKey({
  eventId,
  rule,
  target,
}: {
  readonly eventId: string;
  readonly rule: string;
  readonly target: string;
}): string {
  return `delivery of ${eventId} to ${target} by ${rule}`;
}

function viewerLane(event: EventBridgeEvent | RunEvent): ViewerLane | null {
  switch (event.kind) {
    case 'bus-event-put':
    case 'bus-event-astray':
    case 'bus-delivery-attempted':
    case 'bus-delivery-duplicated':
    case 'bus-delivery-retried':
    case 'bus-delivery-failed':
    case 'bus-event-lost':
      return { side: 'aws', name: laneOf(event) };
    default:
      return null;
  }
}
