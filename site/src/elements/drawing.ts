/**
 * A trace as a figure in the page: swim-lanes that scroll by themselves, can be stepped, and are told in words.
 *
 * The grader makes the drawing. Its SVG is the only string that becomes markup on a page; drawSvg escapes every text in it.
 */

import type { StepsOfInterest } from '../../../harness/grader/draw/conflict-part.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';
import { excerpts } from '../lanes/excerpts.ts';
import { type Picture, picture } from '../picture.ts';
import { make } from './dom.ts';
import { ownFiles } from './local-api.ts';
import { RunPlayer } from './run-player.ts';

/** The figure of a run. `headline` says what broke, if anything; `interest`: the steps to mark. */
export function drawing(trace: Trace, headline: string, interest: StepsOfInterest = {}): HTMLElement {
  return figureOf(picture(trace, headline, interest), headline);
}

/** The figure of a run of the reader's own code, to be stepped, with their code beside it. `name`: for links to its steps. */
export function player(
  { name, lab }: { readonly name: string; readonly lab: string },
  trace: Trace,
  headline: string,
  interest: StepsOfInterest = {},
): HTMLElement {
  const drawn = picture(trace, headline, interest);
  const element = new RunPlayer();
  element.setAttribute('name', name);
  element.append(figureOf(drawn, headline));
  const { stands } = drawn;
  if (stands.length > 0)
    void ownFiles(lab).then((files) => element.showCode({ stands, excerpts: excerpts(stands, files) }));
  return element;
}

function figureOf({ svg, steps }: Picture, headline: string): HTMLElement {
  const label = `Timeline: ${headline === '' ? 'the run so far' : headline}`;
  const lanes = make('div', { class: 'scrolls squared', tabindex: '0', role: 'group', 'aria-label': label });
  lanes.innerHTML = svg;
  const words = make('details', { class: 'as-text' }, make('summary', { text: 'The same in words' }));
  words.append(make('ol', {}, ...steps.map((text) => make('li', { text }))));
  return make('figure', { class: 'figure' }, lanes, words);
}
