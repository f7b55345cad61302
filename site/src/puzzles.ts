/** The puzzles by the lab they belong to. */

import { chargedTwicePuzzle } from './charged-twice.ts';
import { lostUpdatePuzzle } from './lost-update.ts';
import type { Puzzle } from './puzzle.ts';

export const PUZZLES: Readonly<Record<string, Puzzle>> = {
  'lost-update': lostUpdatePuzzle,
  dedupe: chargedTwicePuzzle,
};
