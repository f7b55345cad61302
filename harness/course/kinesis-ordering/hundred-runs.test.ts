/** Why lab 5 needs exploration: some wrong fixes hold in a hundred ordinary runs, each under another schedule. */

import { describe, expect, it } from 'vitest';
import { type Choices, Exhaustive, seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import type { Scenario, Violation } from '../lab.ts';
import { kinesisOrdering } from './lab.ts';

const RUNS = 100;
const EXPLORED = 400;

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

/** The first schedules of an exploration, each created when the previous one is over. */
function explored(): readonly Choices[] {
  const all = new Exhaustive();
  return Array.from({ length: EXPLORED }, () => {
    let own: Choices | null = null;
    const choices = (): Choices => {
      own ??= all.next();
      if (own === null) throw new Error('there are fewer schedules than that');
      return own;
    };
    return {
      pick: (reason, of) => choices().pick(reason, of),
      get record() {
        return choices().record;
      },
    } satisfies Choices;
  });
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
    expect(await violations(mutant, scenario, explored())).not.toEqual([]);
  }, 60_000);
});
