/**
 * An exploration as plain data, and back. A check travels as its id, because a function can't be written down.
 */

import type { Check } from '../../course/lab.ts';
import { invariant } from '../../simulator/kernel/bug.ts';
import type { CheckExploration, ScenarioExploration } from './exploration.ts';

/** What can be sent to another thread, or written to a file. */
export type ExplorationData = Omit<ScenarioExploration, 'checks'> & {
  readonly checks: readonly (Omit<CheckExploration, 'check'> & { readonly check: string })[];
};

export function explorationToData({ checks, ...rest }: ScenarioExploration): ExplorationData {
  return { ...rest, checks: checks.map(({ check, ...state }) => ({ ...state, check: check.id })) };
}

/** The exploration of exactly these checks, in their order. */
export function explorationFromData(
  { checks: states, ...rest }: ExplorationData,
  checks: readonly Check[],
): ScenarioExploration {
  invariant(states.length === checks.length, `${states.length} checks were explored, and there are ${checks.length}`);
  return {
    ...rest,
    checks: states.map((state, at): CheckExploration => {
      const check = checks[at];
      invariant(check !== undefined && check.id === state.check, `the check «${state.check}» was not asked for`);
      return { ...state, check };
    }),
  };
}
