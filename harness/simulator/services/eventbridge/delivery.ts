/**
 * Deliveries: an event on its way to one target of one rule, handed over, tried again, given up (EB-01 to EB-04).
 *
 * Each is a lane of its own, for the bus keeps no order. What a function does with an event is no business of the bus: it has delivered when
 * Lambda has taken the event.
 */

import type { AwsAnswer, AwsError } from '../../contract/answer.ts';
import { nameInArn } from '../../contract/arn.ts';
import { type Footprint, joined, NO_FOOTPRINT } from '../../contract/footprint.ts';
import { readJsonText } from '../../contract/json-text.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant, unreachable } from '../../kernel/bug.ts';
import { deadLetter } from './dead-letter.ts';
import { type BusEvent, inWholeSeconds } from './event.ts';
import { DELIVERY_WAIT } from './latency.ts';
import type { EventBridgeEffect, EventBridgeMessage, EventBridgeStep } from './messages.ts';
import {
  busLane,
  DEFAULT_BUS,
  deliveryOf,
  type EventBridgeState,
  type EventRule,
  onBus,
  type RuleTarget,
  shownRule,
  type TargetDelivery,
} from './state.ts';
import { bodyFor } from './target-input.ts';
import { addressFor } from './target-parameters.ts';
import type { EventBridgeEvent, ExhaustedRetryCondition } from './trace-events.ts';

/** UV-22: 1, 2, 4 … 300 s, without jitter. */
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 300_000;

/** UV-23: what is not there is not asked again, everything else is. */
const NO_RESOURCE = 'NO_RESOURCE';
const ERROR_FROM_TARGET = 'ERROR_FROM_TARGET';
/** UV-32. */
const INVALID_JSON = 'INVALID_JSON';
/** EB-23. */
const SECOND_HOP = 'THIRD_ACCOUNT_HOP_DETECTED';

interface Beginning {
  readonly event: BusEvent;
  readonly rule: EventRule;
  readonly target: RuleTarget;
  readonly nowMs: number;
  /** The name under which another bus has handed the event over. */
  readonly cameBy: string | null;
}

/** An event is on its way to a target. A function's invocation gets its name now, whenever it will come. */
export function beginDelivery(
  state: EventBridgeState,
  { event, rule: { name, bus, arn }, target, nowMs, cameBy }: Beginning,
): readonly EventBridgeEffect[] {
  const delivery: TargetDelivery = {
    // An event that another bus delivers twice is on its way twice under one id.
    id: `event ${event.id} to ${target.id} of ${bus === DEFAULT_BUS ? name : `${bus}/${name}`}${cameBy === null ? '' : `, by (${cameBy})`}`,
    eventId: event.id,
    rule: { name, bus, arn },
    target,
    event: JSON.stringify(event),
    body: bodyFor(target, event, { rule: { name, arn }, receivedAt: inWholeSeconds(state.epochMs + nowMs) }),
    address: addressFor(target, event),
    ...{ putAtMs: nowMs, number: null, attempts: 0, copies: 0, hasCrossed: cameBy !== null },
  };
  return enterDelivery(state, delivery, nowMs, false);
}

function enterDelivery(
  state: EventBridgeState,
  delivery: TargetDelivery,
  nowMs: number,
  isCopy: boolean,
): readonly EventBridgeEffect[] {
  state.deliveries.set(delivery.id, delivery);
  return [...reservation(state, delivery), due(delivery, nowMs, nowMs, isCopy)];
}

function reservation(state: EventBridgeState, { id, rule, target }: TargetDelivery): readonly EventBridgeEffect[] {
  if (target.kind !== 'function') return [];
  const call = `the number for ${id}`;
  state.sent.set(call, { what: 'reservation', delivery: id });
  return [{ kind: 'send', to: target.arn, by: busLane(rule.bus), request: { kind: 'reserve' }, call }];
}

/** A delivery's turn may come at any moment from its instant on; a retry's wait is time that passes by itself. */
function due({ id }: TargetDelivery, atMs: number, nowMs: number, isCopy = false): EventBridgeEffect {
  const message: EventBridgeMessage = { kind: 'delivery-due', delivery: id, isCopy };
  const timer = { kind: 'timer', of: id, atMs, message, label: `${id} waits` } as const;
  return atMs === nowMs ? { ...timer, as: 'step', wait: DELIVERY_WAIT } : { ...timer, as: 'sleep' };
}

/** That an event will be delivered once more than it should be is chosen before its first delivery; when the copy comes is a question of order. */
export function deliveryDue(
  state: EventBridgeState,
  { delivery: id, isCopy }: EventBridgeMessage & { readonly kind: 'delivery-due' },
  moment: Moment,
): EventBridgeStep {
  const { attempts, rule } = deliveryOf(state, id);
  const by = busLane(rule.bus);
  const strike: readonly EventBridgeEffect[] = isCopy ? [{ kind: 'strike', fault: 'duplicate', by }] : [];
  if (moment.mayStrike('duplicate') && attempts === 0) {
    const once = { kind: 'deliver', delivery: id, isDuplicated: false } as const;
    const options = [once, { ...once, isDuplicated: true }];
    return { effects: [...strike, { kind: 'offer', fault: 'duplicate', options }], footprint: NO_FOOTPRINT };
  }
  const { effects, footprint } = handOver(state, id, moment);
  return { effects: [...strike, ...effects], footprint };
}

/** The event is delivered, and a copy of the delivery will come as well (EB-04). */
export function deliverTwice(state: EventBridgeState, id: string, moment: Moment): EventBridgeStep {
  const delivery = { ...deliveryOf(state, id), copies: deliveryOf(state, id).copies + 1 };
  state.deliveries.set(id, delivery);
  const copy = { ...delivery, id: `${id}, copy ${delivery.copies}`, number: null, copies: 0 };
  const { names } = toldOf(state, delivery, moment);
  const twice = noteOf(delivery, { kind: 'bus-delivery-duplicated', ...names });
  const again = enterDelivery(state, copy, moment.nowMs, true);
  const { effects, footprint } = handOver(state, id, moment);
  return { effects: [twice, ...again, ...effects], footprint };
}

/** Hands the event to its target, who answers in this very step. */
export function handOver(state: EventBridgeState, id: string, moment: Moment): EventBridgeStep {
  const before = deliveryOf(state, id);
  const delivery = { ...before, attempts: before.attempts + 1 };
  state.deliveries.set(id, delivery);
  const { attempts: attempt, target, body, address, number } = delivery;
  const { names, footprint } = toldOf(state, delivery, moment);
  const attempted = noteOf(delivery, { kind: 'bus-delivery-attempted', ...names, attempt });
  const failure = undeliverable(delivery);
  if (failure !== null) {
    const { effects, footprint: looked } = giveUp(state, delivery, failure, moment);
    return { effects: [attempted, ...effects], footprint: joined(footprint, looked) };
  }
  const call = `attempt ${attempt} of ${id}`;
  state.sent.set(call, { what: 'attempt', delivery: id });
  const request = {
    kind: 'deliver',
    body,
    attributes: {},
    ...address,
    ...(number === null ? {} : { number }),
  } as const;
  return {
    effects: [attempted, { kind: 'send', to: target.arn, by: busLane(delivery.rule.bus), request, call }],
    footprint,
  };
}

/** Why EventBridge itself does not hand this over, and will not; null if it does. */
function undeliverable({ eventId, target, body, hasCrossed }: TargetDelivery): Failure | null {
  if (target.kind === 'event-bus' && hasCrossed)
    return ownFailure(
      SECOND_HOP,
      `Event ingestion rejected for event ${eventId} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
    );
  if (target.input.kind === 'transformed' && !readJsonText(body).isJson)
    return ownFailure(INVALID_JSON, `The InputTemplate of target ${target.id} makes no JSON of this event.`);
  return null;
}

function ownFailure(code: string, message: string): Failure {
  return { error: { code, message, status: 400 }, code, condition: null };
}

/** What another service has answered to what the bus had sent. */
export function answered(state: EventBridgeState, call: string, answer: AwsAnswer, moment: Moment): EventBridgeStep {
  const sent = state.sent.get(call);
  invariant(sent !== undefined, `nothing was sent as «${call}»`);
  state.sent.delete(call);
  switch (sent.what) {
    case 'reservation': {
      const number = answer.ok ? answer.output.number : undefined;
      const delivery = deliveryOf(state, sent.delivery);
      state.deliveries.set(delivery.id, { ...delivery, number: typeof number === 'number' ? number : null });
      return { effects: [], footprint: NO_FOOTPRINT };
    }
    case 'attempt':
      if (!answer.ok) return refused(state, deliveryOf(state, sent.delivery), answer.error, moment);
      state.deliveries.delete(sent.delivery);
      return { effects: [], footprint: NO_FOOTPRINT };
    case 'dead letter': {
      if (answer.ok) return { effects: [], footprint: NO_FOOTPRINT };
      const { names, footprint } = toldOf(state, sent.delivery, moment);
      const event = { kind: 'bus-event-lost', ...names, deadLetterQueue: nameInArn(sent.queue) } as const;
      return { effects: [noteOf(sent.delivery, event)], footprint };
    }
    default:
      return unreachable(sent, 'answer to EventBridge');
  }
}

/** The target has said no: it is tried again, unless it is gone or its time is up (EB-02). */
function refused(state: EventBridgeState, delivery: TargetDelivery, error: AwsError, moment: Moment): EventBridgeStep {
  const { is, footprint: looked } = moment.describe(delivery.target.arn);
  if (is === null) return giveUp(state, delivery, { error, code: NO_RESOURCE, condition: null }, moment);
  const { maximumRetryAttempts, maximumEventAgeSeconds } = delivery.target;
  const failure = { error, code: ERROR_FROM_TARGET };
  if (delivery.attempts > maximumRetryAttempts)
    return giveUp(state, delivery, { ...failure, condition: 'MaximumRetryAttempts' }, moment);
  const { nowMs } = moment;
  const atMs = nowMs + Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (delivery.attempts - 1));
  if (atMs > delivery.putAtMs + maximumEventAgeSeconds * 1_000)
    return giveUp(state, delivery, { ...failure, condition: 'MaximumEventAgeInSeconds' }, moment);
  const { names, footprint } = toldOf(state, delivery, moment);
  const retried: EventBridgeEvent = { kind: 'bus-delivery-retried', ...names, error: error.code, atMs };
  return {
    effects: [noteOf(delivery, retried), due(delivery, atMs, nowMs)],
    footprint: joined(looked, footprint),
  };
}

interface Failure {
  readonly error: AwsError;
  readonly code: string;
  readonly condition: ExhaustedRetryCondition;
}

/** The event is dropped, or goes to the target's dead-letter queue (EB-03). */
function giveUp(
  state: EventBridgeState,
  delivery: TargetDelivery,
  { error, code, condition }: Failure,
  moment: Moment,
): EventBridgeStep {
  state.deliveries.delete(delivery.id);
  const { deadLetterArn } = delivery.target;
  const { names, footprint } = toldOf(state, delivery, moment);
  const sentTo = deadLetterArn === null ? null : nameInArn(deadLetterArn);
  const failed: EventBridgeEvent = { kind: 'bus-delivery-failed', ...names, error: error.code, condition, sentTo };
  const effects: EventBridgeEffect[] = [noteOf(delivery, failed)];
  if (deadLetterArn !== null) {
    const letter = deadLetter(delivery, deadLetterArn, { code, message: error.message, condition });
    state.sent.set(letter.call, { what: 'dead letter', delivery, queue: deadLetterArn });
    effects.push(letter);
  }
  return { effects, footprint };
}

/** The names that people know, and what was looked at to know them. */
function toldOf(
  state: EventBridgeState,
  { eventId, rule, target }: TargetDelivery,
  moment: Moment,
): {
  readonly names: { readonly eventId: string; readonly rule: string; readonly target: string; readonly bus?: string };
  readonly footprint: Footprint;
} {
  const { is, footprint } = moment.describe(target.arn);
  const known = { rule: shownRule(state, rule.name), target: is?.shownName ?? nameInArn(target.arn) };
  return { names: { eventId, ...known, ...onBus(rule.bus) }, footprint };
}

/** A line of the trace, told by the bus of the delivery's rule. */
function noteOf({ rule }: TargetDelivery, event: EventBridgeEvent): EventBridgeEffect {
  return { kind: 'note', by: busLane(rule.bus), event };
}
