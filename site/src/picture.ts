/**
 * One run as an SVG and as sentences, at build time and in the browser alike.
 *
 * Pages and elements get drawings only through this file.
 */

import type { StepsOfInterest } from '../../harness/grader/draw/conflict-part.ts';
import type { Trace } from '../../harness/simulator/trace.ts';
import { layOutCompact } from './lanes/compact.ts';
import { layOut } from './lanes/layout.ts';
import { type Stand, standsAfter } from './lanes/stands.ts';
import { drawSvg } from './lanes/svg.ts';
import { inWords } from './lanes/words.ts';

export interface Picture {
  /** The drawing, twice: for a page and for a phone. The style sheet shows one of them. */
  readonly svg: string;
  /** The same in words, one sentence per step. */
  readonly steps: readonly string[];
  /** For each numbered row: where the invocations stand in the code. Empty if the run does not say so. */
  readonly stands: readonly (readonly Stand[])[];
}

/** The picture of a run. `headline` is what broke in it, or empty; `interest`: the steps to mark. */
export function picture(trace: Trace, headline: string, interest: StepsOfInterest = {}): Picture {
  const label = `Timeline of the run. ${headline}`.trim();
  const drawing = layOut(trace, interest);
  const numbered = drawing.marks.flatMap(({ steps = [] }) => (steps.length === 0 ? [] : [Math.max(...steps)]));
  const stands = numbered.map((step) => standsAfter(trace, step));
  return {
    svg: drawSvg(drawing, label) + drawSvg(layOutCompact(trace, interest), label),
    steps: inWords(trace, interest.marked),
    stands: stands.some((few) => few.length > 0) ? stands : [],
  };
}
