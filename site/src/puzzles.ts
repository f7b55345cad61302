/**
 * The puzzle of a lab, from the lab's own folder: `harness/course/<slug>/puzzle/puzzle.ts`.
 *
 * It is loaded when a page needs it, so that no page contains another lab's.
 */

import type { Puzzle } from '../../harness/course/kit/puzzle.ts';

const PUZZLES = import.meta.glob<{ readonly default: Puzzle }>('../../harness/course/*/puzzle/puzzle.ts');

/** The puzzle of this lab; null if it has none. */
export async function puzzleOf(lab: string): Promise<Puzzle | null> {
  const load = PUZZLES[`../../harness/course/${lab}/puzzle/puzzle.ts`];
  return load === undefined ? null : (await load()).default;
}
