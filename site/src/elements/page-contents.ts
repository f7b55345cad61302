/**
 * `<page-contents>` around a list of links to sections: marks the section that is read, and the tasks that hold.
 *
 * The list itself is in the page and works without this.
 */

import { make } from './dom.ts';
import { followGrading, type GradingSeen } from './grading-seen.ts';
import { totalsOf } from './verdict-words.ts';

/** A section is being read when its heading has passed this part of the window, from the top. */
const READING_LINE = 0.3;

class PageContents extends HTMLElement {
  connectedCallback(): void {
    const links = [...this.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')];
    const mark = (): void => markCurrent(links);
    document.addEventListener('scroll', mark, { passive: true });
    mark();
    for (const link of links) this.followTask(link);
  }

  /** A link to a section with a task gets a sign: ✓ holds, ✗ does not. */
  private followTask(link: HTMLAnchorElement): void {
    const verdict = sectionOf(link)?.querySelector('live-verdict');
    const lab = verdict?.getAttribute('lab');
    const task = Number(verdict?.getAttribute('task'));
    if (lab === null || lab === undefined) return;
    const sign = make('span', { class: 'sign' });
    link.append('\u00a0', sign);
    followGrading(lab, (seen) => showSign(sign, task, seen));
  }
}

function showSign(sign: HTMLElement, task: number, { verdict, isGrading }: GradingSeen): void {
  const totals = verdict === null ? undefined : totalsOf(verdict, task);
  const [text, tone, says] = isGrading
    ? ['…', 'context', 'is being checked']
    : totals === undefined
      ? ['', '', '']
      : totals.holds
        ? ['✓', 'held', 'holds']
        : ['✗', 'broken', 'does not hold yet'];
  sign.className = `sign ${tone}`;
  sign.replaceChildren(make('span', { text, 'aria-hidden': 'true' }), make('span', { class: 'sr-only', text: says }));
}

function markCurrent(links: readonly HTMLAnchorElement[]): void {
  const line = innerHeight * READING_LINE;
  const passed = links.filter(
    (link) => (headingOf(link)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) < line,
  );
  const current = passed.at(-1) ?? links[0];
  for (const link of links) {
    if (link === current) link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  }
}

function headingOf(link: HTMLAnchorElement): HTMLElement | null {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

function sectionOf(link: HTMLAnchorElement): Element | null | undefined {
  return headingOf(link)?.closest('section');
}

customElements.define('page-contents', PageContents);
