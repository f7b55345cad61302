/**
 * The run of a puzzle in the simulator's shape, from its moves, so that the drawing and the explanations of runs serve puzzles, too.
 *
 * Times mean nothing here, and neither shows them. What a move makes happen is the puzzle's own business.
 */

import type { Trace, TraceEntry, TraceEvent } from '../../simulator/trace.ts';

/** One event of a move, and the actor whose event it is. */
export interface Happening {
  readonly actor: string;
  readonly event: TraceEvent;
}

/** The rules of a puzzle, as far as a trace needs them. */
export interface PuzzleRules<Move, State> {
  /** The state after these moves. */
  readonly play: (moves: readonly Move[]) => State;
  /** What a move makes happen, between the two states; nothing if it changes nothing. */
  readonly happens: (move: Move, before: State, after: State) => readonly Happening[];
  /** What has happened before the first move; no drawing has a row for it. */
  readonly before?: readonly Happening[];
}

/** These moves as a trace, a step each. A move that makes nothing happen makes no step. */
export function traceOfMoves<Move, State>(
  moves: readonly Move[],
  { play, happens, before = [] }: PuzzleRules<Move, State>,
): Trace {
  const trace: TraceEntry[] = before.map(({ actor, event }, seq) => ({
    seq,
    atMs: 0,
    cause: null,
    step: 0,
    actor,
    event,
  }));
  for (const [index, move] of moves.entries()) {
    for (const { actor, event } of happens(move, play(moves.slice(0, index)), play(moves.slice(0, index + 1)))) {
      const seq = trace.length;
      // An item is changed by the call before it.
      const cause = event.kind === 'item-changed' ? seq - 1 : null;
      trace.push({ seq, atMs: 0, cause, step: index + 1, actor, event });
    }
  }
  return trace;
}
