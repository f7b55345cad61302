/**
 * What a bus is sent by others than clients: an event that another service puts, and an event that a rule of another bus hands over (EB-23).
 */

import { type AwsAnswer, fail, ok } from '../../contract/answer.ts';
import type { AccountPlace, Arn } from '../../contract/arn.ts';
import type { Described, Moment } from '../../contract/moment.ts';
import type { Parcel } from '../../contract/service-module.ts';
import { type EventToPut, notTaken } from '../../contract/service-request.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { invariant } from '../../kernel/bug.ts';
import { type BusEvent, inWholeSeconds } from './event.ts';
import { busPath, routingPaths } from './footprints.ts';
import type { EventBridgeEffect, EventBridgeStep } from './messages.ts';
import { routeEvent } from './routing.ts';
import { busArn, type EventBridgeState, shownBus } from './state.ts';

/** An event comes in, and the sender is answered in the same step. */
export function takeAtBus(
  state: EventBridgeState,
  { to, by, request, call }: Parcel,
  { nowMs }: Moment,
): EventBridgeStep {
  invariant(call !== null, 'an event is sent to a bus without a name for the answer');
  const bus = busNameOf(state, to);
  const replying = (answer: AwsAnswer, effects: readonly EventBridgeEffect[] = []): EventBridgeStep => ({
    effects: [...effects, { kind: 'reply', call, answer }],
    footprint: { reads: routingPaths(bus), writes: [] },
  });
  switch (request.kind) {
    case 'put-event': {
      const event = envelopeOf(state, request.event, uuidFrom(call), nowMs);
      return replying(ok({ EventId: event.id }), routeEvent(state, event, { bus, by, nowMs, cameBy: null }));
    }
    case 'deliver': {
      if (!state.buses.has(bus)) return replying(fail('ResourceNotFoundException', `Event bus ${bus} does not exist.`));
      // EB-23: the event is what it was on the other bus, its id included.
      const event = JSON.parse(request.body) as BusEvent;
      return replying(ok({}), routeEvent(state, event, { bus, by, nowMs, cameBy: call }));
    }
    default:
      return notTaken(request, 'an event bus');
  }
}

/** What an ARN of EventBridge's stands for: a bus, or nothing that others could know. */
export function describeBus(state: EventBridgeState, arn: Arn): Described {
  const bus = busNameOf(state, arn);
  return {
    is: state.buses.has(bus) ? { kind: 'event-bus', shownName: shownBus(bus) } : null,
    footprint: { reads: [busPath(bus)], writes: [] },
  };
}

function envelopeOf(
  { accountId, region, epochMs }: EventBridgeState,
  { source, detailType, resources, detailJson }: EventToPut,
  id: string,
  nowMs: number,
): BusEvent {
  return {
    ...{ version: '0', id, 'detail-type': detailType, source, account: accountId },
    ...{ time: inWholeSeconds(epochMs + nowMs), region, resources },
    detail: JSON.parse(detailJson) as object,
  };
}

/** Nothing else has a name that is a bus's: a bus of another account is not there. */
function busNameOf(account: AccountPlace, arn: Arn): string {
  const beginning = busArn(account, '');
  return arn.startsWith(beginning) ? arn.slice(beginning.length) : arn;
}
