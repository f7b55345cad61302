/**
 * Explorations too large for a proof: bounds are explored completely, samples are drawn well, and the numbers say what was
 * done.
 */

import { describe, expect, it } from 'vitest';
import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import { PreemptionBounding } from '../../simulator/kernel/bounded/preemption-bounding.ts';
import { type Choices, Exhaustive } from '../../simulator/kernel/choices.ts';
import { isFaultQuestion, mostFaultsOf } from '../../simulator/world/faults.ts';
import { ADD_EACH, queueLab } from '../fixtures/queue-lab.ts';
import { invokeFunction, look, type SmallLabOptions, withRunner } from '../fixtures/small-lab.ts';
import { sample } from './beyond.ts';
import type { ScenarioExploration } from './exploration.ts';
import { exploreScenario } from './explore-scenario.ts';
import { howSimple } from './numbers.ts';

const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
const ATOMIC = 'export const handler = async () => { await add("a"); };';

const visitors = (many: number, code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  run: async (context) => {
    await Promise.all(Array.from({ length: many }, () => invokeFunction(context, 'f')));
    return { n: await look(context, 'a'), of: many };
  },
  ...more,
});

const about = { task: 1, title: 'counts', scenario: 'small', points: 1 } as const;
const counts: Check = {
  ...about,
  id: 'counts',
  kind: 'at-rest',
  judge: ({ observation: { n, of } }) =>
    n === of ? null : { headline: `It says ${String(n)}, not ${String(of)}.`, hintId: 'lost' },
};
/** May look at the whole trace, so one schedule of each kind is not enough. */
const looksEverywhere: Check = { ...about, id: 'looks', kind: 'invariant', sees: 'trace', judge: () => null };

const exploring = (options: SmallLabOptions, checks: readonly Check[] = [counts]): Promise<ScenarioExploration> =>
  withRunner(options, (runner) => exploreScenario({ ...runner, checks }));

const capped = (maxSchedules: number, schedules = 20): Pick<SmallLabOptions, 'plan'> => ({
  plan: { mode: 'exhaustive', maxSchedules, sampleInstead: { schedules, seed: 3 } },
});

interface Visit {
  readonly chosen: string;
  readonly faults: number;
  readonly preemptions: number;
}

async function visits(runner: ScenarioRunner, explorer: { next(): Choices | null }): Promise<readonly Visit[]> {
  const all: Visit[] = [];
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const { faults, count } = await runScenario(runner, choices, 'explore').done;
    all.push({ chosen: choices.record.map(({ chosen }) => chosen).join(), faults, preemptions: count.preemptions });
  }
  return all;
}

const sorted = (all: readonly Visit[]): readonly string[] => all.map(({ chosen }) => chosen).sort();

describe('beyond a proof', () => {
  it('all orders with few preemptions are tried first, and their number is given', async () => {
    const { exhaustive, explored, bounds, sampled, races } = await exploring(visitors(3, ATOMIC, capped(40)), [
      looksEverywhere,
    ]);
    expect({ exhaustive, explored, sampled }).toEqual({ exhaustive: false, explored: 60, sampled: { schedules: 20 } });
    const every = await withRunner(visitors(3, ATOMIC), (runner) => visits(runner, new Exhaustive()));
    expect(bounds?.faults).toBe(0);
    const within = every.filter(({ preemptions }) => preemptions <= (bounds?.preemptions ?? -1));
    expect(bounds?.schedules).toBe(within.length);
    expect(races?.pairs).toBeGreaterThan(2);
    expect(races?.bothWays).toBeGreaterThan(0);
  });

  it('nothing is left to sample if the simple schedules are all schedules', async () => {
    const { exhaustive, explored, sampled, bounds } = await exploring(visitors(2, ATOMIC, capped(1_000)), [
      looksEverywhere,
    ]);
    const every = await withRunner(visitors(2, ATOMIC), (runner) => visits(runner, new Exhaustive()));
    expect({ exhaustive, explored }).toEqual({ exhaustive: true, explored: every.length });
    expect([sampled, bounds]).toEqual([undefined, undefined]);
  });

  it('the first failure is a simplest one, and no sampling follows', async () => {
    const explored = await exploring(visitors(4, RACY, capped(300)), [counts, looksEverywhere]);
    const [state] = explored.checks;
    expect(state?.simplest?.cost).toMatchObject({ faults: 0, preemptions: 1 });
    expect(explored.sampled).toBeUndefined();
    expect(state === undefined ? '' : howSimple(explored, state)).toMatch(
      /^It takes no fault\. .* this is the simplest of them, and none with fewer switches does\.$/,
    );
  });

  it('sampling lasts as long as requested and draws at least one sample', async () => {
    const sampling = (forMs: number): Promise<ScenarioExploration> =>
      withRunner(visitors(2, ATOMIC), (runner) => {
        let now = 0;
        const tenMsLater = (): number => (now += 10);
        return sample({ ...runner, checks: [counts] }, { schedules: 1_000_000, seed: 9, forMs }, undefined, tenMsLater);
      });
    expect(await sampling(5)).toMatchObject({ explored: 1, seed: 9, sampled: { schedules: 1, forMs: 5 } });
    expect(await sampling(45)).toMatchObject({ explored: 5, seed: 9, sampled: { schedules: 5, forMs: 45 } });
  });

  it('samples show most racing pairs in both orders', async () => {
    const sixty = { plan: { mode: 'sampled', schedules: 60, seed: 1 } } as const;
    const { races } = await exploring(visitors(3, RACY, sixty));
    expect(races?.pairs).toBeGreaterThan(12);
    expect((races?.bothWays ?? 0) / (races?.pairs ?? 1)).toBeGreaterThan(0.75);
  });
});

describe('what a schedule costs', () => {
  const faults: readonly [string, SmallLabOptions][] = [
    [
      'crashes and lost answers',
      visitors(1, RACY, { faults: { 'crash-before': 1, 'crash-after': 1, 'answer-lost': 1 } }),
    ],
    ['duplicates', queueLab(ADD_EACH, { faults: { duplicate: 1 } })],
    ['deadlines', visitors(1, ATOMIC, { faults: { deadline: 1 } })],
    ['messages out of order', queueLab(ADD_EACH, { faults: { reorder: 1, deadline: 1 } })],
  ];

  it.each(faults)('is the cost that the world reports: %s', async (_, options) => {
    await withRunner(options, async (runner) => {
      const every = await visits(runner, new Exhaustive());
      const mostFaults = mostFaultsOf(options.faults ?? {});
      const bounded = new PreemptionBounding({ isFault: isFaultQuestion, mostFaults, preemptionsAtFirst: 0 });
      const visited = await visits(runner, bounded);
      expect(bounded.isEverything).toBe(true);
      expect(sorted(visited)).toEqual(sorted(every));
      // A fault that was chosen but had no effect does not count in the world, so the world may report fewer, and never more.
      const dearest = { faults: 0, preemptions: 0 };
      for (const { faults, preemptions } of visited.slice(0, (bounded.complete?.schedules ?? 0) + 1)) {
        dearest.faults = Math.max(dearest.faults, faults);
        dearest.preemptions = Math.max(dearest.preemptions, preemptions);
      }
      expect(dearest.faults).toBeLessThanOrEqual(mostFaults);
    });
  });

  it.each(faults)('without faults equals the cost of every schedule without faults: %s', async (_, options) => {
    await withRunner(options, async (runner) => {
      const every = await visits(runner, new Exhaustive());
      const bounded = new PreemptionBounding({ isFault: isFaultQuestion, mostFaults: 0 });
      const visited = await visits(runner, bounded);
      expect(visited.every((visit) => visit.faults === 0)).toBe(true);
      const without = new Set(sorted(every.filter((visit) => visit.faults === 0)));
      expect(sorted(visited).every((chosen) => without.has(chosen))).toBe(true);
    });
  });
});
