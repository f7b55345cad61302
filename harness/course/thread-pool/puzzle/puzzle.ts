/**
 * The puzzle of lab 3 in words: three orders at once, two places in legacy, and a semaphore in memory.
 *
 * three-orders.ts has the rules, three-orders-trace.ts the trace.
 */

import { countOrders, type Puzzle } from '../../kit/puzzle.ts';
import { BOOKINGS, type BookingProgress, type BookRun, type OrdersState, PLACES, playOrders } from './three-orders.ts';
import { LEGACY, orderOf, traceOfOrders } from './three-orders-trace.ts';

const threadPoolPuzzle: Puzzle = {
  actors: BOOKINGS,
  end: (moves) => ENDS[stateOf(moves).end],
  next(moves, actor) {
    const { bookings, end } = stateOf(moves);
    const { next } = bookings[actor as BookRun];
    return next === null || end !== 'open' ? null : NEXT[next];
  },
  idle: (moves, actor) =>
    stateOf(moves).bookings[actor as BookRun].next === null ? 'has ended' : 'legacy has fallen over',
  facts(moves) {
    const state = stateOf(moves);
    return [
      ['requests in legacy', `${state.inLegacy} of ${PLACES}`],
      ...BOOKINGS.map((name) => [`${name}’s memory`, sayMemory(state.bookings[name])] as const),
    ];
  },
  say(moves) {
    const after = stateOf(moves);
    if (after.end !== 'open') return sayEnd(after);
    return sayStep(moves.at(-1) as BookRun, stateOf(moves.slice(0, -1)), after);
  },
  headline: (moves) => (stateOf(moves).end === 'fallen' ? `Legacy had 3 requests at once, and takes ${PLACES}.` : ''),
  about: { names: BOOKINGS.map(orderOf), crowd: { downstream: LEGACY, most: PLACES } },
  trace: (moves) => traceOfOrders(bookingsOf(moves)),
};

/** Every lab's puzzle is its default export, by which the lab's page finds it. */
export default threadPoolPuzzle;

const ENDS = { open: 'open', fallen: 'broken', booked: 'held' } as const;
const NEXT = {
  start: 'start, and take a place in its memory',
  ask: 'ask legacy',
  hear: 'hear from legacy, and end',
} as const;

function stateOf(moves: readonly string[]): OrdersState {
  return playOrders(bookingsOf(moves));
}

function bookingsOf(moves: readonly string[]): readonly BookRun[] {
  return moves.flatMap((move) => BOOKINGS.filter((booking) => booking === move));
}

function sayMemory({ next, environment }: BookingProgress): string {
  if (environment === null) return '–';
  return next === null ? `0 of ${PLACES} places taken` : `1 of ${PLACES} places taken`;
}

function sayStep(booking: BookRun, before: OrdersState, after: OrdersState): string {
  const { next } = before.bookings[booking];
  if (next === 'start') return sayStart(booking, before, after);
  if (next === 'ask')
    return `${booking} asked legacy, which has ${after.inLegacy} of the ${PLACES} requests that it takes.`;
  return `${booking} heard that ${orderOf(booking)} is booked, gave its place back, and ended.`;
}

function sayStart(booking: BookRun, before: OrdersState, after: OrdersState): string {
  const { environment } = after.bookings[booking];
  const wasUsed = BOOKINGS.some((name) => before.bookings[name].environment === environment);
  const where = wasUsed ? 'in an environment that was free' : 'in a new environment, with a memory of its own';
  return `${booking} started ${where}, and took the first of ${PLACES} places there.`;
}

function sayEnd({ end }: OrdersState): string {
  if (end === 'booked') {
    return 'All three orders are booked, and legacy never had more than two. Undo, and let the third one ask before another has heard.';
  }
  const { all, broken } = countOrders(threadPoolPuzzle);
  const share = `${broken.toLocaleString('en')} of the ${all.toLocaleString('en')} schedules of these steps end so.`;
  return `Legacy fell over: three requests at once. Each invocation had counted to one, in a memory of its own. ${share}`;
}
