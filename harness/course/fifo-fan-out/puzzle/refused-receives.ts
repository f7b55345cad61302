/**
 * The rules of «walk a healthy event into the dead-letter queue»: a reservation of one place, two orders, and a queue that counts receives.
 *
 * Pure: moves in, state out. The mapping has no maximum, so it receives what is there, whether or not there is a place for it. Words and drawing are elsewhere.
 */

/** The orders. A move is the next thing that happens to an event of that order. */
export const QUEUED_ORDERS = ['o-17', 'o-18'] as const;
export type QueuedOrder = (typeof QUEUED_ORDERS)[number];

/** As often as that a message may be received. */
export const MOST_RECEIVES = 2;
/** The first order has as many events, and the second one has one. */
export const EVENTS: Readonly<Record<QueuedOrder, number>> = { 'o-17': 3, 'o-18': 1 };

/**
 * Where the order's next event is. `queued`: it can be received. `refused`: the mapping has received it and got no place for it. `working`: the function has
 * it. `done`: the order has no more. `dead`: it is in the dead-letter queue.
 */
export type Whereabouts = 'queued' | 'refused' | 'working' | 'done' | 'dead';

export interface OrderProgress {
  readonly at: Whereabouts;
  /** How many of its events are booked. */
  readonly booked: number;
  /** How often its next event was received. */
  readonly receives: number;
  /** How many events were booked in all when it was refused. As long as that has not changed, its visibility timeout is not over. */
  readonly refusedAfter: number;
}

export interface QueueState {
  readonly orders: Readonly<Record<QueuedOrder, OrderProgress>>;
  /** `died`: a healthy event is a dead letter. `booked`: all are booked. */
  readonly end: 'open' | 'died' | 'booked';
}

const START: OrderProgress = { at: 'queued', booked: 0, receives: 0, refusedAfter: 0 };
const AT_FIRST: QueueState = { orders: { 'o-17': START, 'o-18': START }, end: 'open' };

/** What happens to an order's event if it is chosen next; null if nothing can. */
export type QueueStep = 'starts' | 'is-refused' | 'dies' | 'ends' | 'tries-again' | 'comes-back';

export function stepOf({ orders, end }: QueueState, order: QueuedOrder): QueueStep | null {
  const { at, receives, refusedAfter } = orders[order];
  if (end !== 'open') return null;
  const isFree = QUEUED_ORDERS.every((name) => orders[name].at !== 'working');
  switch (at) {
    case 'queued':
      if (receives === MOST_RECEIVES) return 'dies';
      return isFree ? 'starts' : 'is-refused';
    case 'working':
      return 'ends';
    case 'refused':
      if (isFree) return 'tries-again';
      return bookedIn(orders) > refusedAfter ? 'comes-back' : null;
    case 'done':
    case 'dead':
      return null;
  }
}

/** The state after these moves. A move of an order to which nothing can happen changes nothing. */
export function playQueue(moves: readonly QueuedOrder[]): QueueState {
  return moves.reduce(move, AT_FIRST);
}

function move(state: QueueState, order: QueuedOrder): QueueState {
  const progress = state.orders[order];
  switch (stepOf(state, order)) {
    case 'starts':
      return settle(state, order, { ...progress, at: 'working', receives: progress.receives + 1 });
    case 'is-refused': {
      const refusedAfter = bookedIn(state.orders);
      return settle(state, order, { ...progress, at: 'refused', receives: progress.receives + 1, refusedAfter });
    }
    case 'tries-again':
      return settle(state, order, { ...progress, at: 'working' });
    case 'comes-back':
      return settle(state, order, { ...progress, at: 'queued' });
    case 'dies':
      return settle(state, order, { ...progress, at: 'dead' });
    case 'ends': {
      const booked = progress.booked + 1;
      return settle(state, order, { ...START, booked, at: booked === EVENTS[order] ? 'done' : 'queued' });
    }
    case null:
      return state;
  }
}

function bookedIn(orders: QueueState['orders']): number {
  return QUEUED_ORDERS.reduce((sum, name) => sum + orders[name].booked, 0);
}

function settle(state: QueueState, order: QueuedOrder, progress: OrderProgress): QueueState {
  const orders = { ...state.orders, [order]: progress };
  if (progress.at === 'dead') return { orders, end: 'died' };
  return { orders, end: QUEUED_ORDERS.every((name) => orders[name].at === 'done') ? 'booked' : 'open' };
}
