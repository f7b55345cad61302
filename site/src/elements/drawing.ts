/**
 * A trace as a figure in the page: swim-lanes that scroll by themselves, and the same in words.
 *
 * The grader makes the drawing. Its SVG is the only string that becomes markup on a page; drawSvg escapes every text in it.
 */

import type { StepsOfInterest } from '../../../harness/grader/draw/conflict-part.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';
import { picture } from '../picture.ts';
import { make } from './dom.ts';

const SIDEWAYS = 'The timeline may be wider than the screen: it scrolls sideways.';

/** The figure of a run. `headline` says what broke, if anything; `interest`: the steps to mark. */
export function drawing(trace: Trace, headline: string, interest: StepsOfInterest = {}): HTMLElement {
  const { svg, isWide, steps } = picture(trace, headline, interest);
  const lanes = make('div', {
    class: 'scrolls squared',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Timeline of the run',
  });
  lanes.innerHTML = svg;
  const words = make('details', { class: 'as-text' }, make('summary', { text: 'The same in words' }));
  words.append(make('ol', {}, ...steps.map((text) => make('li', { text }))));
  const sideways = isWide ? [make('p', { class: 'sideways', text: SIDEWAYS })] : [];
  return make('figure', { class: 'figure' }, ...sideways, lanes, words);
}
