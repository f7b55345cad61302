/**
 * The smallest lab without a contradiction, for tests that change one thing about it.
 */

import { atLeast, check, countingCheck } from './check.ts';
import { mostInFlight } from './counters/in-flight.ts';
import type { LabDefinition } from './definition.ts';
import { exhaustive } from './plans.ts';
import type { LabScenario } from './scenario.ts';

/** What its one scenario returns to its checks. An interface, as in labs. */
export interface SmallRun {
  readonly sold: number;
}

export const smallScenario: LabScenario<SmallRun> = {
  name: 'two-buyers',
  title: 'two buyers at once',
  plan: exhaustive(),
  run: async () => ({ sold: 1 }),
};

export const smallDanger = countingCheck(smallScenario, mostInFlight('sell'), {
  id: 'buyers-overlapped',
  task: 1,
  title: 'two buyers were served at once',
  kind: 'reach',
  points: 0,
  failures: ['no-overlap'],
  judge: atLeast(2, { headline: 'In no order were 2 buyers served at once.', hintId: 'no-overlap' }),
});

export const smallCheck = check(smallScenario, {
  id: 'never-oversold',
  task: 1,
  title: 'no seat is sold twice',
  kind: 'invariant',
  points: 1,
  provokedBy: smallDanger,
  failures: ['oversold'],
  judge: ({ observation: { sold } }) =>
    sold <= 1 ? null : { headline: `1 seat was sold ${sold} times.`, hintId: 'oversold' },
});

export const smallDefinition: LabDefinition = {
  slug: 'small',
  number: 12,
  version: 1,
  title: 'A small lab',
  about: 'one seat, two buyers',
  editable: ['template.yaml', 'src/sell.ts'],
  tasks: [{ number: 1, title: 'sell each seat once' }],
  scenarios: [smallScenario],
  checks: [smallCheck, smallDanger],
  hints: ['oversold', 'no-overlap'].map((id) => ({ id, tiers: ['one', 'two', 'three'] })),
  mutants: [{ name: 'look-twice', caughtBy: 'never-oversold', lesson: 'A second look is as old as the first.' }],
};
