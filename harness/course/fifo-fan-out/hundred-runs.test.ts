/** Why lab 6 needs exploration: some wrong fixes hold in a hundred ordinary runs, each under another schedule. */

import { describe, expect, it } from 'vitest';
import { grade } from '../../grader/grade.ts';
import { NODE } from '../../node/platform.ts';
import { violationsInHundredRuns } from '../kit/hundred-runs-for-tests.ts';
import { filesOf } from '../kit/runs-for-tests.ts';
import { fifoFanOut } from './lab.ts';

/** The checks of this scenario that a grading finds broken. */
async function broken(mutant: string, name: string): Promise<readonly string[]> {
  const lab = {
    ...fifoFanOut,
    templateChecks: [],
    scenarios: fifoFanOut.scenarios.filter((scenario) => scenario.name === name),
    checks: fifoFanOut.checks.filter(({ scenario }) => scenario === name),
  };
  const files = await filesOf(fifoFanOut, 'solution', `mutants/${mutant}`);
  const { checks } = await grade({ platform: NODE, lab, files, host: 'in-realm' });
  return checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
}

describe.each([
  ['batch-answer-not-read', 'handed-over-again'],
  ['only-the-failed-one', 'legacy-refuses'],
  ['look-before-the-write', 'late-write'],
  ['marker-first', 'again'],
  ['key-per-attempt', 'again'],
])('the wrong fix %s', (mutant, scenario) => {
  it('holds in a hundred runs in which nothing goes wrong', async () => {
    expect(await violationsInHundredRuns({ lab: fifoFanOut, mutant, scenario })).toEqual([]);
  }, 60_000);

  it('is caught when what AWS allows is explored', async () => {
    const caughtBy = fifoFanOut.mutants.find(({ name }) => name === mutant)?.caughtBy;
    expect(await broken(mutant, scenario)).toContain(caughtBy);
  }, 60_000);
});
