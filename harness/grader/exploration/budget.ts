/**
 * How far to look, where somebody wants it otherwise than the lab: by count, or for so long.
 *
 * Changes the plans of scenarios and nothing else; what was done is told by the exploration itself.
 */

import type { ExplorationPlan, Lab } from '../../course/lab.ts';

/** What is not said stays as the lab has it. */
export interface Budget {
  /** So many kinds of schedule may a proof take; and so many of the simplest schedules are tried if it takes more. */
  readonly schedules?: number;
  /** So many schedules are sampled where not all are tried. */
  readonly samples?: number;
  /** In place of a number of samples: for so long in each scenario that is sampled, by the clock. */
  readonly forMs?: number;
}

/** The lab with these plans. */
export function withBudget(lab: Lab, budget: Budget): Lab {
  if (Object.keys(budget).length === 0) return lab;
  return {
    ...lab,
    scenarios: lab.scenarios.map((scenario) => ({ ...scenario, plan: planWith(scenario.plan, budget) })),
  };
}

/** Whether this looks less far than the lab does, or as far as a clock says. Then holding means less, too. */
export function looksLessFar(lab: Lab, { schedules, samples, forMs }: Budget): boolean {
  if (forMs !== undefined) return true;
  const isLess = (given: number | undefined, usual: number): boolean => given !== undefined && given < usual;
  return lab.scenarios.some(({ plan }) => {
    if (plan.mode === 'sampled') return isLess(samples, plan.schedules);
    if (plan.mode === 'timed') return false;
    return isLess(schedules, plan.maxSchedules) || isLess(samples, plan.sampleInstead.schedules);
  });
}

function planWith(plan: ExplorationPlan, { schedules, samples, forMs }: Budget): ExplorationPlan {
  const more = {
    ...(samples === undefined ? {} : { schedules: samples }),
    ...(forMs === undefined ? {} : { forMs }),
  };
  switch (plan.mode) {
    case 'timed':
      return plan;
    case 'sampled':
      return { ...plan, ...more };
    case 'exhaustive':
      return {
        ...plan,
        maxSchedules: schedules ?? plan.maxSchedules,
        sampleInstead: { ...plan.sampleInstead, ...more },
      };
  }
}
