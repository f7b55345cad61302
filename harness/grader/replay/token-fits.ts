/**
 * Whether a token fits a lab: the same lab, the same version, a scenario of the lab, and choices of that scenario's kind.
 */

import type { Lab, Scenario } from '../../course/lab.ts';
import type { ReplayToken } from './token.ts';

/** The token's scenario; or a sentence that says why the lab can't replay the token, and what to do. */
export type FittingScenario = { readonly scenario: Scenario } | { readonly refusal: string };

/** Finds the token's scenario in the lab. */
export function scenarioOfToken(token: ReplayToken, lab: Lab): FittingScenario {
  if (token.lab !== lab.slug)
    return {
      refusal: `This token is of the lab ${token.lab}, and this is the lab ${lab.slug}. Replay it in its own lab.`,
    };
  if (token.labVersion !== lab.version)
    return {
      refusal: `This token was made by version ${token.labVersion} of the lab ${lab.slug}; you have version ${lab.version}. Run the lab again to get a new one.`,
    };
  const scenario = lab.scenarios.find(({ name }) => name === token.scenario);
  if (scenario === undefined) {
    const known = lab.scenarios.map(({ name }) => name).join(', ');
    return {
      refusal: `The lab ${lab.slug} has no scenario «${token.scenario}». It has: ${known}. Check that the whole token was copied.`,
    };
  }
  if ((scenario.plan.mode === 'timed') === (token.seed !== undefined)) return { scenario };
  const mismatch =
    token.seed === undefined ? 'is timed, and the token has no seed' : 'is not timed, and the token is a seed';
  return { refusal: `The scenario «${scenario.name}» ${mismatch}. Copy the whole token as it was printed.` };
}
