/**
 * The puzzle of lab 0 in words: two bumps of one counter, and an update to lose.
 *
 * two-bumps.ts has the rules.
 */

import { countOrders, type Puzzle } from '../../kit/puzzle.ts';
import { BUMPS, type Bump, type BumpPosition, type BumpsState, playBumps, traceOfBumps } from './two-bumps.ts';

const lostUpdatePuzzle: Puzzle = {
  actors: BUMPS,
  end: (moves) => ENDS[stateOf(moves).end],
  next(moves, actor) {
    const position = stateOf(moves).bumps[actor as Bump];
    return position.next === null ? null : sayNext(position.next, position);
  },
  idle: () => 'has answered',
  facts(moves) {
    const state = stateOf(moves);
    const counter = state.counter === null ? 'nothing yet' : `bumps = ${state.counter}`;
    return [['in the table', counter], ...BUMPS.map((bump) => [`${bump} holds`, sayHeld(state.bumps[bump])] as const)];
  },
  say(moves) {
    const after = stateOf(moves);
    if (after.end !== 'open') return sayEnd(after);
    return sayStep(moves.at(-1) as Bump, stateOf(moves.slice(0, -1)), after);
  },
  headline: (moves) =>
    stateOf(moves).end === 'lost' ? '2 bumps were answered, but the counter says 1: 1 bump is lost.' : '',
  about: { names: ['notify-me'] },
  trace: (moves) => traceOfBumps(bumpsOf(moves)),
};

/** Every lab's puzzle is its default export, by which the lab's page finds it. */
export default lostUpdatePuzzle;

const ENDS = { open: 'open', lost: 'broken', held: 'held' } as const;

function stateOf(moves: readonly string[]): BumpsState {
  return playBumps(bumpsOf(moves));
}

function bumpsOf(moves: readonly string[]): readonly Bump[] {
  return moves.flatMap((move) => BUMPS.filter((bump) => bump === move));
}

function sayNext(next: NonNullable<BumpPosition['next']>, { read }: BumpPosition): string {
  switch (next) {
    case 'start':
      return 'start';
    case 'get':
      return 'get: read the counter';
    case 'put':
      return `put: write ${(read ?? 0) + 1}`;
  }
}

function sayHeld({ read, told }: BumpPosition): string {
  if (told !== undefined) return `told ${told}`;
  if (read === undefined) return '–';
  return read === null ? 'nothing' : `bumps = ${read}`;
}

function sayStep(bump: Bump, before: BumpsState, after: BumpsState): string {
  switch (before.bumps[bump].next) {
    case 'start':
      return `${bump} started.`;
    case 'get':
      return before.counter === null ? `${bump} read: there is no counter yet.` : `${bump} read ${before.counter}.`;
    default:
      return `${bump} wrote ${after.counter} and told its visitor ${after.counter}.`;
  }
}

function sayEnd(state: BumpsState): string {
  if (state.end === 'held') {
    return 'Both bumps count under this schedule: the counter says 2. Undo, and let the second one read earlier.';
  }
  const { all, broken } = countOrders(lostUpdatePuzzle);
  return `You lost an update. Both visitors were told 1, and the counter says ${state.counter}. ${broken} of the ${all} schedules of these steps lose one.`;
}
