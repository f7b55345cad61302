/** Why lab 5 needs exploration: some wrong fixes hold in a hundred ordinary runs, each under another schedule. */

import { describe, expect, it } from 'vitest';
import { grade } from '../../grader/grade.ts';
import { NODE } from '../../node/platform.ts';
import { violationsInHundredRuns } from '../kit/hundred-runs-for-tests.ts';
import { filesOf } from '../kit/runs-for-tests.ts';
import { kinesisOrdering } from './lab.ts';

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
    expect(await violationsInHundredRuns({ lab: kinesisOrdering, mutant, scenario })).toEqual([]);
  }, 60_000);

  it('is caught when what AWS allows is explored', async () => {
    const caughtBy = kinesisOrdering.mutants.find(({ name }) => name === mutant)?.caughtBy;
    expect(await broken(mutant, scenario)).toContain(caughtBy);
  }, 60_000);
});
