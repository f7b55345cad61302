/**
 * One run as an SVG and as sentences, at build time and in the browser alike.
 *
 * Pages and elements get drawings only through this file.
 */

import type { StepsOfInterest } from '../../harness/grader/draw/conflict-part.ts';
import type { Trace } from '../../harness/simulator/trace.ts';
import { layOut } from './lanes/layout.ts';
import { type Stand, standsAfter } from './lanes/stands.ts';
import { drawSvg } from './lanes/svg.ts';
import { inWords } from './lanes/words.ts';

/** The width for a drawing on a phone, in CSS pixels. */
const PHONE = 320;

export interface Picture {
  readonly svg: string;
  /** Whether it is too wide for a phone and has to be scrolled there. */
  readonly isWide: boolean;
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
    svg: drawSvg(drawing, label),
    isWide: drawing.width > PHONE,
    steps: inWords(trace, interest.marked),
    stands: stands.some((few) => few.length > 0) ? stands : [],
  };
}
