/**
 * Routing: which rules of a bus an event matches, and which deliveries follow from that (EB-04, EB-17, EB-19).
 *
 * Whether something is an event is decided before; how a delivery fares, in delivery.ts.
 */

import type { Actor } from '../../contract/trace-entry.ts';
import { matches } from '../../event-pattern/matches.ts';
import { beginDelivery } from './delivery.ts';
import type { BusEvent } from './event.ts';
import type { EventBridgeEffect } from './messages.ts';
import { type EventBridgeState, onBus, rulesOf, shownRule } from './state.ts';

/** Where an event comes in, who puts it there, and when. */
interface Routing {
  readonly bus: string;
  readonly by: Actor;
  readonly nowMs: number;
  /** The name under which another bus has handed the event over; null: it comes from elsewhere. */
  readonly cameBy: string | null;
}

/** Each target of each rule that the event matches will get it, in no order. A bus that is not there drops it. */
export function routeEvent(
  state: EventBridgeState,
  event: BusEvent,
  { bus, by, nowMs, cameBy }: Routing,
): readonly EventBridgeEffect[] {
  const { id: eventId, source, 'detail-type': detailType, detail } = event;
  if (!state.buses.has(bus))
    return [{ kind: 'note', by, event: { kind: 'bus-event-astray', eventId, source, detailType, bus } }];
  const rules = rulesOf(state, bus).filter(({ isEnabled, pattern }) => isEnabled && matches(pattern, event));
  const names = rules.map(({ name }) => shownRule(state, name));
  const note = { kind: 'bus-event-put', eventId, source, detailType, detail, rules: names, ...onBus(bus) } as const;
  return [
    { kind: 'note', by, event: note },
    ...rules.flatMap((rule) =>
      [...rule.targets.values()].flatMap((target) => beginDelivery(state, { event, rule, target, nowMs, cameBy })),
    ),
  ];
}
