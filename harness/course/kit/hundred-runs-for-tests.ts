/**
 * A hundred ordinary runs of a wrong fix, for tests of why a lab needs exploration; and the first schedules of an exploration.
 *
 * It judges by the lab's own checks, and states nothing about what they should find.
 */

import { type Choices, Exhaustive, seeded } from '../../simulator/kernel/choices.ts';
import type { Lab, Scenario, Violation } from '../lab.ts';
import { filesOf, runsOf } from './runs-for-tests.ts';

const RUNS = 100;
const EXPLORED = 400;

/** A wrong fix of a lab, and the scenario in which it is tried. */
export interface WrongFix {
  readonly lab: Lab;
  readonly mutant: string;
  readonly scenario: string;
}

/** The violations that the scenario's checks find in a hundred runs without faults, each under another schedule. */
export function violationsInHundredRuns(wrong: WrongFix): Promise<readonly Violation[]> {
  const choices = Array.from({ length: RUNS }, (_, number) => seeded(number + 1));
  return violationsIn(wrong, choices, (scenario) => ({ ...scenario, faults: {} }));
}

/** The violations in the first schedules of an exploration, with the scenario's faults. */
export function violationsWhenExplored(wrong: WrongFix): Promise<readonly Violation[]> {
  return violationsIn(wrong, firstSchedules(), (scenario) => scenario);
}

async function violationsIn(
  { lab, mutant, scenario: name }: WrongFix,
  choices: readonly Choices[],
  alter: (scenario: Scenario) => Scenario,
): Promise<readonly Violation[]> {
  const runs = await runsOf(lab, await filesOf(lab, 'solution', `mutants/${mutant}`), name, choices, { alter });
  const checks = lab.checks.filter(({ scenario, kind }) => scenario === name && kind !== 'reach');
  return runs.flatMap(({ result = {}, trace }) =>
    checks.flatMap((check) => check.judge({ observation: result, trace }) ?? []),
  );
}

/** Each is created when the one before it is over. */
function firstSchedules(): readonly Choices[] {
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
