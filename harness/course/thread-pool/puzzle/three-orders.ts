/**
 * The rules of «let a third one in»: three orders, a legacy system that takes two at once, and a handler that counts places in its memory.
 *
 * Pure: moves in, state out. Each invocation does what the lab's starter does, in three steps. Words and drawing are elsewhere.
 */

export const BOOKINGS = ['book#1', 'book#2', 'book#3'] as const;
export type BookRun = (typeof BOOKINGS)[number];

/** What legacy takes at once, here and in the lab's small scenarios. */
export const PLACES = 2;

/** `start` takes a place in the environment's own memory, `ask` enters legacy, `hear` leaves it and ends the invocation. */
export type BookingStep = 'start' | 'ask' | 'hear';

export interface BookingProgress {
  /** The step that it does when it is chosen next; null when it has ended. */
  readonly next: BookingStep | null;
  /** Its execution environment, counted from 1; null before it starts. */
  readonly environment: number | null;
}

export interface OrdersState {
  readonly bookings: Readonly<Record<BookRun, BookingProgress>>;
  /** The requests that legacy is working on. */
  readonly inLegacy: number;
  /** `fallen`: legacy has one request more than it takes. */
  readonly end: 'open' | 'fallen' | 'booked';
}

const WAITING: BookingProgress = { next: 'start', environment: null };
const AT_REST: OrdersState = {
  bookings: { 'book#1': WAITING, 'book#2': WAITING, 'book#3': WAITING },
  inLegacy: 0,
  end: 'open',
};

/** The state after these moves. A move after the end, or of an invocation that has ended, changes nothing. */
export function playOrders(moves: readonly BookRun[]): OrdersState {
  return moves.reduce(move, AT_REST);
}

function move(state: OrdersState, booking: BookRun): OrdersState {
  const progress = state.bookings[booking];
  if (state.end !== 'open') return state;
  switch (progress.next) {
    case 'start':
      return settle(state, booking, { next: 'ask', environment: freeEnvironment(state) }, state.inLegacy);
    case 'ask':
      return settle(state, booking, { ...progress, next: 'hear' }, state.inLegacy + 1);
    case 'hear':
      return settle(state, booking, { ...progress, next: null }, state.inLegacy - 1);
    case null:
      return state;
  }
}

function settle(state: OrdersState, booking: BookRun, progress: BookingProgress, inLegacy: number): OrdersState {
  const bookings = { ...state.bookings, [booking]: progress };
  const isBooked = BOOKINGS.every((name) => bookings[name].next === null);
  return { bookings, inLegacy, end: inLegacy > PLACES ? 'fallen' : isBooked ? 'booked' : 'open' };
}

/** LS-17: the first environment in which no invocation runs, or else a new one. */
function freeEnvironment({ bookings }: OrdersState): number {
  const busy = BOOKINGS.map((name) => bookings[name]).flatMap(({ next, environment }) =>
    next === null || environment === null ? [] : [environment],
  );
  return [1, 2, 3].find((environment) => !busy.includes(environment)) ?? BOOKINGS.length;
}
