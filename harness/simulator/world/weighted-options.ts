/**
 * A choice among options with weights, which costs no budget: an exploration tries every option, a timed run draws one by its weight.
 *
 * Which options there are, a service says (`choose` in contract/effect.ts).
 */

import { invariant } from '../kernel/bug.ts';
import type { Choices } from '../kernel/choices.ts';

interface Weighted {
  /** A whole number. */
  readonly weight: number;
}

/** Asks the run which of the options it takes. */
export function optionChosen<Option extends Weighted>(
  choices: Choices,
  question: string,
  options: readonly Option[],
  isTimed: boolean,
): Option {
  const chosen = isTimed ? placeDrawn(choices, question, options) : choices.pick(question, options.length);
  const option = options[chosen];
  invariant(option !== undefined, `«${question}» has no option ${chosen}`);
  return option;
}

/** The place of the option to which a number of the sum of all weights belongs. */
function placeDrawn(choices: Choices, question: string, options: readonly Weighted[]): number {
  const sum = options.reduce((total, { weight }) => total + weight, 0);
  let left = choices.pick(question, sum);
  return options.findIndex(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}
