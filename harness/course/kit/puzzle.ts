/**
 * The interface of a puzzle, in which the reader chooses whose step is next until it is over.
 *
 * Pure, and it runs in a browser: everything follows from the moves so far. The page supplies look and keys; a puzzle supplies
 * rules and words. Each lab's puzzle is the default export of `puzzle/puzzle.ts` in its folder.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { ViolationSubject } from '../lab.ts';

/** `broken`: the reader has brought about the failure. `held`: it is over without the failure. */
export type PuzzleEnd = 'open' | 'broken' | 'held';

export interface Puzzle {
  /** The actors, in the order of the buttons. A move is one of these names. */
  readonly actors: readonly string[];
  end(moves: readonly string[]): PuzzleEnd;
  /** What this actor would do next, in a few words; null if nothing. */
  next(moves: readonly string[], actor: string): string | null;
  /** The label of a button while its actor has nothing to do. */
  idle(moves: readonly string[], actor: string): string;
  /** The current state: pairs of a term and a value. */
  facts(moves: readonly string[]): readonly (readonly [string, string])[];
  /** What the last move did; at the end, the outcome. */
  say(moves: readonly string[]): string;
  /** What broke; empty while nothing has. */
  headline(moves: readonly string[]): string;
  /** What the headline is about, as a check of the lab would say. */
  readonly about: ViolationSubject;
  /** The run in the simulator's shape, so that the same drawing shows both. */
  trace(moves: readonly string[]): Trace;
}

/** Tries all orders. Returns their number, and how many end broken. */
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
