/**
 * The hints for one kind of failure, one after the other: a nudge, then on request the concept, then the shape of the fix.
 *
 * The texts stand on the page already, folded, in the task's own list of hints; this repeats them where the failure is.
 */

import { make, makeButton } from './dom.ts';

interface Tier {
  readonly name: string;
  readonly text: string;
}

/** The nudge, with a button for the next hint; null if the page has no hints of this kind. */
export function hintSteps(hintId: string): HTMLElement | null {
  const tiers = tiersOf(hintId);
  const [nudge] = tiers;
  if (nudge === undefined) return null;
  const shown = make(
    'div',
    { class: 'hint-steps', role: 'group', 'aria-label': 'Hints for this failure' },
    tierNode(nudge),
  );
  let next = 1;
  const button = makeButton('', () => {
    const tier = tiers[next];
    if (tier === undefined) return;
    const node = tierNode(tier);
    button.before(node);
    next += 1;
    label();
    // The button may be gone now, so the keyboard goes to what it has shown.
    node.tabIndex = -1;
    node.focus();
  });
  const label = (): void => {
    const tier = tiers[next];
    button.hidden = tier === undefined;
    button.textContent = tier === undefined ? '' : `Show ${tier.name}`;
  };
  label();
  shown.append(button);
  return shown;
}

function tierNode({ name, text }: Tier): HTMLElement {
  return make('p', {}, make('strong', { text: `${name.charAt(0).toUpperCase()}${name.slice(1)}: ` }), text);
}

function tiersOf(hintId: string): readonly Tier[] {
  const nodes = document.querySelectorAll<HTMLElement>(`[data-hint="${CSS.escape(hintId)}"] [data-tier]`);
  return [...nodes]
    .map(({ dataset, textContent }) => ({ name: dataset.tier ?? '', text: textContent?.trim() ?? '' }))
    .slice(0, 3);
}
