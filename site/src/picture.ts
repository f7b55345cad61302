/**
 * One run as an SVG and as sentences, at build time and in the browser alike.
 *
 * The only door to the drawing for pages and elements.
 */

import type { Trace } from '../../harness/simulator/trace.ts';
import { layOut } from './lanes/layout.ts';
import { drawSvg } from './lanes/svg.ts';
import { inWords } from './lanes/words.ts';

export interface Picture {
  readonly svg: string;
  /** The same in words, one sentence per step. */
  readonly steps: readonly string[];
}

/** The picture of a run; `headline` is what broke in it, or empty. */
export function picture(trace: Trace, headline: string): Picture {
  const label = `Timeline of the run. ${headline}`.trim();
  return { svg: drawSvg(layOut(trace), label), steps: inWords(trace) };
}
