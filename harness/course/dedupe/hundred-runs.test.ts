/** Why lab 4 needs exploration: some wrong fixes hold in a hundred ordinary runs, each in another order of events. */

import { describe, expect, it } from 'vitest';
import { type Choices, Exhaustive, seeded } from '../../simulator/kernel/choices.ts';
import { filesOf, runsOf } from '../kit/runs-for-tests.ts';
import type { Scenario, Violation } from '../lab.ts';
import { dedupe } from './lab.ts';

const RUNS = 100;
const EXPLORED = 400;

/** The violations of the scenario's checks in these runs, in order. */
async function violations(
  mutant: string,
  choices: readonly Choices[],
  alter?: (scenario: Scenario) => Scenario,
): Promise<readonly Violation[]> {
  const runs = await runsOf(dedupe, await filesOf(dedupe, 'solution', `mutants/${mutant}`), 'card-crash', choices, {
    ...(alter === undefined ? {} : { alter }),
  });
  const checks = dedupe.checks.filter(({ scenario, kind }) => scenario === 'card-crash' && kind !== 'reach');
  return runs.flatMap(({ result = {}, trace }) =>
    checks.flatMap((check) => check.judge({ observation: result, trace }) ?? []),
  );
}

const withoutFaults = (scenario: Scenario): Scenario => ({ ...scenario, faults: {} });

/** The first schedules of an exploration, each created when the previous one is over. */
function explored(): readonly Choices[] {
  const all = new Exhaustive();
  const lazy: Choices[] = [];
  for (let number = 0; number < EXPLORED; number += 1) {
    let own: Choices | null = null;
    const choices = (): Choices => {
      own ??= all.next();
      if (own === null) throw new Error('there are fewer schedules than that');
      return own;
    };
    lazy.push({
      pick: (reason, of) => choices().pick(reason, of),
      get record() {
        return choices().record;
      },
    });
  }
  return lazy;
}

describe.each(['key-per-attempt', 'lease-never-over', 'ttl-as-lease'])('the wrong fix %s', (mutant) => {
  it('holds in a hundred runs without a crash, each in another order', async () => {
    const choices = Array.from({ length: RUNS }, (_, number) => seeded(number + 1));
    expect(await violations(mutant, choices, withoutFaults)).toEqual([]);
  }, 60_000);

  it('is caught when crashes are explored', async () => {
    expect(await violations(mutant, explored())).not.toEqual([]);
  }, 60_000);
});
