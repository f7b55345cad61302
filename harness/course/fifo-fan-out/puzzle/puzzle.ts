/**
 * The puzzle of lab 6 in words: a healthy event that is received, refused a place and comes back, until it is a dead letter.
 *
 * refused-receives.ts has the rules, refused-receives-trace.ts the trace.
 */

import { countOrders, type Puzzle } from '../../kit/puzzle.ts';
import {
  EVENTS,
  MOST_RECEIVES,
  playQueue,
  QUEUED_ORDERS,
  type QueuedOrder,
  type QueueState,
  type QueueStep,
  stepOf,
} from './refused-receives.ts';
import { traceOfReceives } from './refused-receives-trace.ts';

const refusedReceivesPuzzle: Puzzle = {
  actors: QUEUED_ORDERS,
  end: (moves) => ENDS[stateOf(moves).end],
  next(moves, actor) {
    const step = stepOf(stateOf(moves), actor as QueuedOrder);
    return step === null ? null : NEXT[step];
  },
  idle(moves, actor) {
    const { at } = stateOf(moves).orders[actor as QueuedOrder];
    if (at === 'done') return 'is booked';
    return at === 'dead' ? 'has a dead letter' : 'is hidden, and its turn has not come';
  },
  facts(moves) {
    const { orders } = stateOf(moves);
    const working = QUEUED_ORDERS.find((name) => orders[name].at === 'working');
    return [
      ['the one place', working === undefined ? 'free' : `an event of ${working}`],
      ...QUEUED_ORDERS.map((name) => [name, sayOrder(name, orders[name])] as const),
    ];
  },
  say(moves) {
    const after = stateOf(moves);
    if (after.end !== 'open') return sayEnd(after);
    const order = moves.at(-1) as QueuedOrder;
    return sayStep(order, stateOf(moves.slice(0, -1)), after);
  },
  headline: (moves) => {
    const { orders, end } = stateOf(moves);
    const dead = QUEUED_ORDERS.find((name) => orders[name].at === 'dead');
    if (end !== 'died' || dead === undefined) return '';
    return `An event of ${dead} is in the dead-letter queue. It was received ${MOST_RECEIVES} times, and no code has seen it.`;
  },
  about: { names: ['o-18'], tooOften: true },
  trace: (moves) => traceOfReceives(ordersIn(moves)),
};

/** Every lab's puzzle is its default export, by which the lab's page finds it. */
export default refusedReceivesPuzzle;

const ENDS = { open: 'open', died: 'broken', booked: 'held' } as const;

const NEXT: Readonly<Record<QueueStep, string>> = {
  starts: 'is received, and the function starts',
  'is-refused': 'is received, and there is no place for it',
  'tries-again': 'the mapping tries again, and the function starts',
  'comes-back': 'has been hidden long enough, and comes back into the queue',
  dies: 'would be received once too often',
  ends: 'legacy is done, and the event is deleted',
};

function stateOf(moves: readonly string[]): QueueState {
  return playQueue(ordersIn(moves));
}

function ordersIn(moves: readonly string[]): readonly QueuedOrder[] {
  return moves.flatMap((move) => QUEUED_ORDERS.filter((order) => order === move));
}

function sayOrder(order: QueuedOrder, { at, booked, receives }: QueueState['orders'][QueuedOrder]): string {
  const received = receives === 1 ? 'received once' : `received ${receives} times`;
  if (at === 'done') return 'all booked';
  const where = {
    queued: 'in the queue',
    refused: 'hidden, without a place',
    working: 'at work',
    dead: 'a dead letter',
  };
  return `event ${booked + 1} of ${EVENTS[order]}: ${where[at]}, ${received}`;
}

function sayStep(order: QueuedOrder, before: QueueState, after: QueueState): string {
  const { booked, receives } = after.orders[order];
  const times = receives === 1 ? 'once' : `${receives} times`;
  switch (stepOf(before, order)) {
    case 'starts':
      return `The mapping received event ${booked + 1} of ${order}, and the function works on it.`;
    case 'tries-again':
      return `The place was free when the mapping tried again: the function works on event ${booked + 1} of ${order}.`;
    case 'is-refused':
      return `The mapping received an event of ${order}, and Lambda refused it: the one place is taken. It was received ${times}.`;
    case 'comes-back':
      return `The mapping has tried until the visibility timeout was over. The event of ${order} is in the queue again, received ${times} and never seen by code.`;
    case 'ends':
      return `Event ${booked} of ${order} is booked, and its message is deleted. The place is free.`;
    default:
      return '';
  }
}

function sayEnd({ end }: QueueState): string {
  if (end === 'booked') return 'All events are booked. Undo, and let the place be taken whenever o-18 asks for it.';
  const { all, broken } = countOrders(refusedReceivesPuzzle);
  return `The queue has handed this event out ${MOST_RECEIVES} times, and no more are allowed. Nothing was wrong with it: each time there was no place. A maximum of the mapping would have left it in the queue. ${broken} of the ${all} schedules of these steps end so.`;
}
