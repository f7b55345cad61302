/**
 * The puzzle of lab 4 in words: one order of 42.00, sent twice, and money to take twice.
 *
 * The rules are in two-deliveries.ts, the trace in two-deliveries-trace.ts.
 */

import { countOrders, type Puzzle } from './puzzle.ts';
import {
  ACTORS,
  type Actor,
  DELIVERIES,
  type Delivery,
  type Progress,
  play,
  type State,
  type Step,
} from './two-deliveries.ts';
import { ORDER, traceOf } from './two-deliveries-trace.ts';

/** What the order costs. */
export const AMOUNT_CENTS = 4_200;

export const chargedTwicePuzzle: Puzzle = {
  actors: ACTORS,
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
    return sayStep(moves.at(-1) as Actor, stateOf(moves.slice(0, -1)), after);
  },
  headline: (moves) => (stateOf(moves).end === 'twice' ? `Order ${ORDER} was debited twice.` : ''),
  trace: (moves) => traceOf(actorsOf(moves)),
};

const ENDS = { open: 'open', twice: 'broken', once: 'held' } as const;
const TILL = [`send ${ORDER}`, `hear nothing: send ${ORDER} again`] as const;
const NEXT: Readonly<Record<Step, string>> = {
  start: 'take the message and start',
  get: `get: look for ${ORDER}`,
  ask: 'ask the gateway for the money',
  put: `put: mark ${ORDER}`,
};

function stateOf(moves: readonly string[]): State {
  return play(actorsOf(moves));
}

function actorsOf(moves: readonly string[]): readonly Actor[] {
  return moves.flatMap((move) => ACTORS.filter((actor) => actor === move));
}

function sayKnown({ next, found, debit, done }: Progress): string {
  if (debit !== undefined) return `debit-${debit} was made`;
  if (found === undefined) return next === null ? '–' : 'nothing yet';
  return found || done ? `${ORDER} is done` : `${ORDER} is new`;
}

function sayStep(actor: Actor, before: State, after: State): string {
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

function sayEnd(state: State): string {
  if (state.end === 'once') {
    return `${ORDER} is debited once in this order. Undo, and let both look before one of them marks.`;
  }
  const { all, broken } = countOrders(chargedTwicePuzzle);
  const share = `Of the ${all.toLocaleString('en')} orders of these steps, ${broken.toLocaleString('en')} do.`;
  return `You debited ${ORDER} twice: ${money(state.debits * AMOUNT_CENTS)} for an order of ${money(AMOUNT_CENTS)}, and no step failed. ${share}`;
}

/** «42.00» */
function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
