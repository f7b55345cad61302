/**
 * The puzzle of lab 4 in words: one order of 42.00, which is sent twice and can be charged twice.
 *
 * two-deliveries.ts has the rules, two-deliveries-trace.ts the trace.
 */

import { countOrders, type Puzzle } from '../../kit/puzzle.ts';
import {
  DELIVERIES,
  type DeliveriesState,
  type Delivery,
  type DeliveryProgress,
  type DeliveryStep,
  PUZZLE_ACTORS,
  type PuzzleActor,
  playDeliveries,
} from './two-deliveries.ts';
import { ORDER, traceOfDeliveries } from './two-deliveries-trace.ts';

/** The price of the order. */
export const AMOUNT_CENTS = 4_200;

const chargedTwicePuzzle: Puzzle = {
  actors: PUZZLE_ACTORS,
  end: (moves) => ENDS[stateOf(moves).end],
  next(moves, actor) {
    const state = stateOf(moves);
    if (actor === 'till') return TILL[state.sent] ?? null;
    const { next } = state.deliveries[actor as Delivery];
    return next === null ? null : NEXT[next];
  },
  idle(moves, actor) {
    if (actor === 'till') return 'has sent it twice';
    return stateOf(moves).deliveries[actor as Delivery].done ? 'is done' : 'has no message yet';
  },
  facts(moves) {
    const state = stateOf(moves);
    return [
      ['the customer has paid', money(state.debits * AMOUNT_CENTS)],
      ['in the table', state.marked ? ORDER : 'nothing yet'],
      ...DELIVERIES.map((name) => [`${name} knows`, sayKnown(state.deliveries[name])] as const),
    ];
  },
  say(moves) {
    const after = stateOf(moves);
    if (after.end !== 'open') return sayEnd(after);
    return sayStep(moves.at(-1) as PuzzleActor, stateOf(moves.slice(0, -1)), after);
  },
  about: { names: [ORDER], tooOften: true },
  headline: (moves) => (stateOf(moves).end === 'twice' ? `Order ${ORDER} was debited twice.` : ''),
  trace: (moves) => traceOfDeliveries(actorsOf(moves)),
};

/** Every lab's puzzle is its default export, by which the lab's page finds it. */
export default chargedTwicePuzzle;

const ENDS = { open: 'open', twice: 'broken', once: 'held' } as const;
const TILL = [`send ${ORDER}`, `hear nothing: send ${ORDER} again`] as const;
const NEXT: Readonly<Record<DeliveryStep, string>> = {
  start: 'take the message and start',
  get: `get: look for ${ORDER}`,
  ask: 'ask the gateway for the money',
  put: `put: mark ${ORDER}`,
};

function stateOf(moves: readonly string[]): DeliveriesState {
  return playDeliveries(actorsOf(moves));
}

function actorsOf(moves: readonly string[]): readonly PuzzleActor[] {
  return moves.flatMap((move) => PUZZLE_ACTORS.filter((actor) => actor === move));
}

function sayKnown({ next, found, debit, done }: DeliveryProgress): string {
  if (debit !== undefined) return `debit-${debit} was made`;
  if (found === undefined) return next === null ? '–' : 'nothing yet';
  return found || done ? `${ORDER} is done` : `${ORDER} is new`;
}

function sayStep(actor: PuzzleActor, before: DeliveriesState, after: DeliveriesState): string {
  if (actor === 'till')
    return after.sent === 1
      ? `The till sent ${ORDER}.`
      : `A second went by. The till sent ${ORDER} again: another message.`;
  switch (before.deliveries[actor].next) {
    case 'start':
      return `${actor} has the message, and starts.`;
    case 'get':
      return before.marked
        ? `${actor} found ${ORDER}, and went home.`
        : `${actor} found nothing: the order is new to it.`;
    case 'ask':
      return `${actor} asked the gateway, and the customer has now paid ${money(after.debits * AMOUNT_CENTS)}.`;
    default:
      return `${actor} marked ${ORDER} as done.`;
  }
}

function sayEnd(state: DeliveriesState): string {
  if (state.end === 'once') {
    return `${ORDER} is debited once under this schedule. Undo, and let both read before one of them writes.`;
  }
  const { all, broken } = countOrders(chargedTwicePuzzle);
  const share = `${broken.toLocaleString('en')} of the ${all.toLocaleString('en')} schedules of these steps debit it twice.`;
  return `You debited ${ORDER} twice: ${money(state.debits * AMOUNT_CENTS)} for an order of ${money(AMOUNT_CENTS)}, and no step failed. ${share}`;
}

/** Cents as text: «42.00». */
function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
