/**
 * What a puzzle is: the reader says whose step is next, until it is over.
 *
 * Pure, and it runs in a browser: everything follows from the moves so far. How it looks and which keys it has is the page's
 * business; a puzzle brings rules and words. A lab's stands in its folder, in `puzzle/puzzle.ts`, as the default export.
 */

import type { Trace } from '../../simulator/trace.ts';

/** `broken`: what the reader was to bring about has happened. `held`: it is over, and it has not. */
export type PuzzleEnd = 'open' | 'broken' | 'held';

export interface Puzzle {
  /** Who can be chosen, in the order of the buttons. A move is one of these names. */
  readonly actors: readonly string[];
  end(moves: readonly string[]): PuzzleEnd;
  /** What this one would do next, in a few words; null if nothing. */
  next(moves: readonly string[], actor: string): string | null;
  /** What a button says while its actor has nothing to do. */
  idle(moves: readonly string[], actor: string): string;
  /** What is so at the moment: a term and a value each. */
  facts(moves: readonly string[]): readonly (readonly [string, string])[];
  /** What the last move did; at the end, how it ended. */
  say(moves: readonly string[]): string;
  /** What broke; empty while nothing has. */
  headline(moves: readonly string[]): string;
  /** The run in the shape of the simulator's, so that the same drawing shows both. */
  trace(moves: readonly string[]): Trace;
}

/** Tries all orders: how many there are, and how many end broken. */
export function countOrders(
  puzzle: Pick<Puzzle, 'actors' | 'next' | 'end'>,
  moves: readonly string[] = [],
): { readonly all: number; readonly broken: number } {
  const end = puzzle.end(moves);
  if (end !== 'open') return { all: 1, broken: end === 'broken' ? 1 : 0 };
  let [all, broken] = [0, 0];
  for (const actor of puzzle.actors) {
    if (puzzle.next(moves, actor) === null) continue;
    const below = countOrders(puzzle, [...moves, actor]);
    all += below.all;
    broken += below.broken;
  }
  return { all, broken };
}
