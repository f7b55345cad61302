/**
 * The budget of work: it cuts what is too much, in the same place each time, and cuts nothing that is within it.
 */

import { describe, expect, it } from 'vitest';
import type { Check, ExplorationPlan } from '../../course/lab.ts';
import { ComputingTime } from '../../host/computing-time.ts';
import { RememberingHost } from '../../host/remembering/host.ts';
import { invokeFunction, look, type SmallLabOptions, withRunner } from '../fixtures/small-lab.ts';
import { withBudget } from './budget.ts';
import type { ScenarioExploration } from './exploration.ts';
import { exploreScenario } from './explore-scenario.ts';
import { workLimitsOf, workOf } from './work.ts';

const counts: Check = {
  id: 'counts',
  task: 1,
  title: 'counts',
  kind: 'at-rest',
  scenario: 'small',
  points: 1,
  judge: ({ observation: { n } }) => (n === 3 ? null : { headline: `It says ${String(n)}.`, hintId: 'lost' }),
};

const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
/** Each invocation leaves a call behind, for which nobody waits. */
const NOT_AWAITED = 'export const handler = async () => { void add("log"); void put("b", 1); await add("a"); };';

function exploring(code: string, maxWork?: number): Promise<ScenarioExploration> {
  const plan: ExplorationPlan = {
    mode: 'exhaustive',
    maxSchedules: 20_000,
    ...(maxWork === undefined ? {} : { maxWork }),
    sampleInstead: { schedules: 500, seed: 1 },
  };
  const options: SmallLabOptions = {
    functions: { f: code },
    plan,
    run: async (context) => {
      await Promise.all([1, 2, 3].map(() => invokeFunction(context, 'f')));
      return { n: await look(context, 'a') };
    },
  };
  return withRunner(options, (runner) => {
    const host = new RememberingHost(runner.host, new ComputingTime());
    return exploreScenario({ ...runner, host, checks: [counts] });
  });
}

const told = ({ explored, exhaustive, sampled, bounds, checks }: ScenarioExploration) => ({
  ...{ explored, exhaustive, sampled, bounds },
  checks: checks.map(({ failing, simplest }) => ({ failing, cost: simplest?.cost })),
});

describe('the budget of work', () => {
  it('ends an exploration with very many schedules, with the same numbers each time', async () => {
    const first = await exploring(NOT_AWAITED, 6_000);
    expect(first.exhaustive).toBe(false);
    expect(first.checks[0]?.simplest).toBeNull();
    expect(first.sampled?.schedules).toBeGreaterThan(0);
    expect(first.sampled?.schedules).toBeLessThan(500);
    expect(told(await exploring(NOT_AWAITED, 6_000))).toEqual(told(first));
  }, 120_000);

  it('keeps a failure that was found within it', async () => {
    const { exhaustive, checks } = await exploring(RACY, 600);
    expect(exhaustive).toBe(false);
    expect(checks[0]?.simplest?.violation.headline).toMatch(/^It says [12]\.$/);
  });

  it('changes nothing of an exploration that is within it', async () => {
    const whole = await exploring(RACY);
    expect(whole.exhaustive).toBe(true);
    expect(told(await exploring(RACY, 200_000))).toEqual(told(whole));
  });

  it('is in proportion to the number of schedules where a plan does not say it', () => {
    const plan = {
      mode: 'exhaustive',
      maxSchedules: 20_000,
      sampleInstead: { schedules: 2_000, seed: 1 },
    } as const;
    expect(workLimitsOf(plan)).toMatchObject({ proof: 2_000_000, samples: 200_000 });
    expect(workLimitsOf({ ...plan, maxWork: 6_000 })).toMatchObject({ proof: 6_000, samples: 600 });
  });

  it('grows with a number of schedules that is asked for on the command line', () => {
    const plan: ExplorationPlan = {
      mode: 'exhaustive',
      maxSchedules: 10,
      maxWork: 50,
      sampleInstead: { schedules: 1, seed: 1 },
    };
    const scenario = { name: 'small', title: 'small', plan, run: async () => ({}) };
    const lab = {
      slug: 'small',
      version: 1,
      title: '',
      editable: [],
      tasks: [],
      scenarios: [scenario],
      checks: [],
      hints: [],
      mutants: [],
    };
    const planOf = (schedules: number) => withBudget(lab, { schedules }).scenarios[0]?.plan;
    expect(planOf(5)).toMatchObject({ maxSchedules: 5, maxWork: 50 });
    expect(planOf(100)).toMatchObject({ maxSchedules: 100, maxWork: undefined });
  });

  it('counts a long run for more than its length, as each step is compared with those before it', () => {
    expect([workOf(10), workOf(50), workOf(1_000)]).toEqual([12, 100, 21_000]);
  });
});
