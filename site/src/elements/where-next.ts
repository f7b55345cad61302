/**
 * Where to go when a task holds: the next task; and when the whole lab holds, the comparison, other right answers, the next lab.
 *
 * It finds these places on the page by what stands in their sections, so that no page has to name them twice.
 */

import { make } from './dom.ts';

/** A sentence with links; nothing if the page has no such places. */
export function whereNext(task: number, isWholeLab: boolean): readonly Node[] {
  const sections = isWholeLab ? sectionsOf(['solution-diff', '.answers-link', '.next-lab']) : nextTask(task);
  if (sections.length === 0) return [];
  const lead = isWholeLab ? 'The whole lab holds. From here: ' : 'Next: ';
  const links = sections.flatMap((link, index) => (index === 0 ? [link] : [' · ', link]));
  return [make('p', {}, make('strong', { text: lead }), ...links)];
}

function nextTask(task: number): readonly HTMLElement[] {
  return sectionsOf([`live-verdict[task="${task + 1}"]`]);
}

/** A link to each of these: to its section's heading, or where it leads if it is a link itself. */
function sectionsOf(selectors: readonly string[]): readonly HTMLElement[] {
  return selectors.flatMap((selector) => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLAnchorElement)
      return [make('a', { href: found.getAttribute('href') ?? '', text: found.textContent?.trim() })];
    const heading = found?.closest('section')?.querySelector('h2');
    if (heading === null || heading === undefined) return [];
    return [make('a', { href: `#${heading.id}`, text: heading.textContent?.trim() })];
  });
}
