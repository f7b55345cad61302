/**
 * A budget: how far to explore if the caller wants less or more than the lab plans, by count or by the clock.
 *
 * It changes only the plans of scenarios. The exploration itself reports what was done.
 */

import type { ExplorationPlan, Lab } from '../../course/lab.ts';
import { unreachable } from '../../simulator/kernel/bug.ts';

/** A limit that is absent stays as the lab has it. */
export interface Budget {
  /**
   * At most this many kinds of schedule are tried for a proof. If there are more, this many of the simplest schedules are
   * tried.
   */
  readonly schedules?: number;
  /** How many schedules are sampled where not all are tried. */
  readonly samples?: number;
  /** How long each scenario is sampled, in milliseconds by the clock. It replaces the number of samples. */
  readonly forMs?: number;
}

/** The lab with its plans changed to this budget. */
export function withBudget(lab: Lab, budget: Budget): Lab {
  if (Object.keys(budget).length === 0) return lab;
  return {
    ...lab,
    scenarios: lab.scenarios.map((scenario) => ({ ...scenario, plan: planWith(scenario.plan, budget) })),
  };
}

/** Whether this budget explores less than the lab plans, or as far as a clock allows. Then «holds» means less, too. */
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
        ...(schedules === undefined || schedules <= plan.maxSchedules ? {} : { maxWork: undefined }),
        sampleInstead: { ...plan.sampleInstead, ...more },
      };
    default:
      return unreachable(plan, 'plan of an exploration');
  }
}
