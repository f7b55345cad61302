/** Why lab 5 needs exploration: some wrong fixes hold in a hundred ordinary runs, each under another schedule. */

import { describe, expect, it } from 'vitest';
import { grade } from '../../grader/grade.ts';
import { NODE } from '../../node/platform.ts';
import { type Choices, seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import type { Scenario, Violation } from '../lab.ts';
import { kinesisOrdering } from './lab.ts';

const RUNS = 100;

/** The violations of the scenario's checks in these runs, in order. */
async function violations(
  mutant: string,
  name: string,
  choices: readonly Choices[],
  alter: (scenario: Scenario) => Scenario = (scenario) => scenario,
): Promise<readonly Violation[]> {
  const files = await filesOf(kinesisOrdering, 'solution', `mutants/${mutant}`);
  const runs = await runsOf(kinesisOrdering, files, name, choices, { alter });
  const checks = kinesisOrdering.checks.filter(({ scenario, kind }) => scenario === name && kind !== 'reach');
  return runs.flatMap(({ result = {}, trace }) =>
    checks.flatMap((check) => check.judge({ observation: result, trace }) ?? []),
  );
}

const withoutFaults = (scenario: Scenario): Scenario => ({ ...scenario, faults: {} });

/** The checks of this scenario that a grading finds broken. */
async function broken(mutant: string, name: string): Promise<readonly string[]> {
  const lab = {
    ...kinesisOrdering,
    templateChecks: [],
    scenarios: kinesisOrdering.scenarios.filter((scenario) => scenario.name === name),
    checks: kinesisOrdering.checks.filter(({ scenario }) => scenario === name),
  };
  const files = await filesOf(kinesisOrdering, 'solution', `mutants/${mutant}`);
  const { checks } = await grade({ platform: NODE, lab, files, host: 'in-realm' });
  return checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

describe.each([
  ['seen-in-memory', 'again'],
  ['look-before-the-write', 'late-write'],
  ['goes-on-after-a-failure', 'table-in-trouble'],
  ['two-of-one-account', 'publishing'],
  ['answer-not-read', 'publishing'],
])('the wrong fix %s', (mutant, scenario) => {
  it('holds in a hundred runs in which nothing goes wrong', async () => {
    const choices = Array.from({ length: RUNS }, (_, number) => seeded(number + 1));
    expect(await violations(mutant, scenario, choices, withoutFaults)).toEqual([]);
  }, 60_000);

  it('is caught when what AWS allows is explored', async () => {
    const caughtBy = kinesisOrdering.mutants.find(({ name }) => name === mutant)?.caughtBy;
    expect(await broken(mutant, scenario)).toContain(caughtBy);
  }, 60_000);
});
