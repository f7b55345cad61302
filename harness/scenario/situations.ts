/**
 * The situations of a scenario: those that it lists, or the ordinary one.
 *
 * It chooses none. A run in the simulator takes its situation from its choices, and a target in real time the first.
 */

import type { Scenario, Situation } from '../course/lab.ts';

const ORDINARY: readonly [Situation] = [{ title: 'as on any day' }];

/** At least one; the first is the plainest. */
export function situationsOf({
  situations = ORDINARY,
}: Pick<Scenario, 'situations'>): readonly [Situation, ...Situation[]] {
  return situations;
}
