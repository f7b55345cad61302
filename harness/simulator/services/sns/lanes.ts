/**
 * Lanes of deliveries: what is pending for one queue, or of one message group for one queue, and whose turn it is (SN-02, SN-09).
 *
 * A lane has as many turns on the agenda as deliveries, and a turn is for the first of them. So a later one may come first where AWS promises no order, and one that waits
 * for its next attempt holds back the others of its group. How a delivery fares is in delivery.ts.
 */

import { type Footprint, NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { invariant } from '../../kernel/bug.ts';
import { isFifoQueue } from './endpoint-kinds.ts';
import { deliveryLanePath } from './footprints.ts';
import { NOTIFICATION_WAIT } from './latency.ts';
import type { SnsEffect, SnsMessage } from './messages.ts';
import { laneOfDeliveries, type SnsState, type Subscription, type Topic, type TopicDelivery } from './state.ts';

/** Of a long lane, at most this number of deliveries is offered as the first one: more would show nothing new. */
const MOST_OFFERED = 4;

/**
 * The lane of a delivery: by message group on a FIFO topic, one for all on a standard topic. Null for a function, whose events Lambda runs in any
 * order.
 */
export function laneFor({ isFifo }: Topic, { arn, protocol }: Subscription, groupId: string | null): string | null {
  if (protocol === 'lambda') return null;
  return isFifo ? `${arn} group ${groupId}` : arn;
}

/** SN-02: whether its order is promised, and it comes once. To a standard queue the order is AWS's best effort. */
export function isStrict({ topic, subscription }: TopicDelivery): boolean {
  return isFifoQueue(topic) && isFifoQueue(subscription.endpoint);
}

/** A delivery joins its lane, and a turn comes for it. */
export function enterLane(state: SnsState, lane: string, { id }: TopicDelivery, nowMs: number): readonly SnsEffect[] {
  const { pending, isHeld, missedTurns } = state.lanes.get(lane) ?? { pending: [], isHeld: false, missedTurns: 0 };
  state.lanes.set(lane, { pending: [...pending, id], isHeld, missedTurns });
  return [turnOf(lane, nowMs)];
}

function turnOf(lane: string, nowMs: number): SnsEffect {
  const message: SnsMessage = { kind: 'turn', lane };
  const label = `a message on its way to ${lane}`;
  return { kind: 'timer', of: lane, as: 'step', atMs: nowMs, message, label, wait: NOTIFICATION_WAIT };
}

/** The deliveries that may come at this turn, the ordinary one first; none if the lane is held. */
export function whoMayCome(
  state: SnsState,
  name: string,
  isOrdered: (id: string) => boolean,
  moment: Moment,
): readonly string[] {
  const lane = laneOfDeliveries(state, name);
  if (lane.isHeld) {
    state.lanes.set(name, { ...lane, missedTurns: lane.missedTurns + 1 });
    return [];
  }
  const [first] = lane.pending;
  invariant(first !== undefined, `a turn of «${name}», in which nothing is pending`);
  return isOrdered(first) || !moment.decidesBy('reorder') ? [first] : lane.pending.slice(0, MOST_OFFERED);
}

/** A delivery leaves its lane: it has been made, was given up, or goes on by itself. */
export function leaveLane(state: SnsState, name: string, id: string): void {
  const lane = laneOfDeliveries(state, name);
  const pending = lane.pending.filter((one) => one !== id);
  if (pending.length === 0) state.lanes.delete(name);
  else state.lanes.set(name, { ...lane, pending });
}

/** The first delivery of a lane waits for its next attempt: the others wait with it. */
export function holdLane(state: SnsState, name: string): Footprint {
  state.lanes.set(name, { ...laneOfDeliveries(state, name), isHeld: true });
  // Its next attempt comes behind the turns that are on the agenda, and before those that messages to come will add.
  return { reads: [], writes: [deliveryLanePath(name)] };
}

/** The lane goes on, if it was held: those who missed their turns get others. */
export function releaseLane(
  state: SnsState,
  name: string,
  nowMs: number,
): { readonly effects: readonly SnsEffect[]; readonly footprint: Footprint } {
  const lane = state.lanes.get(name);
  if (lane === undefined || !lane.isHeld) return { effects: [], footprint: NO_FOOTPRINT };
  state.lanes.set(name, { ...lane, isHeld: false, missedTurns: 0 });
  const effects = Array.from({ length: lane.missedTurns }, () => turnOf(name, nowMs));
  return { effects, footprint: { reads: [], writes: [deliveryLanePath(name)] } };
}

/** What a message that joins a lane looks at and changes: its place among the others. */
export function laneFootprint(name: string): Footprint {
  return { reads: [], writes: [deliveryLanePath(name)] };
}

/** What a turn looks at if a later delivery may come first: which ones are there. Otherwise a turn is for the first one, whatever comes behind it. */
export function turnFootprint(name: string, isOrdered: boolean, moment: Moment): Footprint {
  return isOrdered || !moment.decidesBy('reorder') ? NO_FOOTPRINT : laneFootprint(name);
}
