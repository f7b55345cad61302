/**
 * What a lab needs so that it can be judged at all. A lab without it is a mistake of ours, and fails at once.
 *
 * It reads only the lab's definition and judges nothing of the learner's.
 */

import type { Lab } from '../../course/lab.ts';
import { invariant } from '../../simulator/kernel/bug.ts';

/** Throws a `SimulatorBug` that says what is wrong with the lab. */
export function requireJudgeable({ slug, checks, scenarios, templateChecks = [] }: Lab): void {
  const names = scenarios.map(({ name }) => name);
  const wrong = (what: string): string => `the lab ${slug} can't be graded: ${what}`;
  invariant(new Set(names).size === names.length, wrong('two of its scenarios have the same name'));
  const ids = [...checks, ...templateChecks].map(({ id }) => id);
  invariant(new Set(ids).size === ids.length, wrong('two of its checks have the same id'));
  for (const { name, plan, faults = {} } of scenarios) {
    const free = plan.mode !== 'timed' || Object.values(faults).every((budget) => budget === 0);
    invariant(
      free,
      wrong(`its scenario «${name}» is timed and has faults; their own timers would count as the learner's`),
    );
  }
  const timedScenarios = scenarios.filter(({ plan }) => plan.mode === 'timed').map(({ name }) => name);
  for (const { id, kind, scenario } of checks) {
    invariant(
      names.includes(scenario),
      wrong(`the check «${id}» is of a scenario «${scenario}», which it does not have`),
    );
    const timed = timedScenarios.includes(scenario);
    invariant(
      (kind === 'timed') === timed,
      wrong(
        `the check «${id}» is ${timed ? 'not ' : ''}timed, and its scenario «${scenario}» is${timed ? '' : ' not'}`,
      ),
    );
  }
}
