/**
 * An exploration that is divided gives the same result as one in one piece.
 */

import { describe, expect, it } from 'vitest';
import type { Check, ExplorationPlan } from '../../course/lab.ts';
import { ComputingTime } from '../../host/computing-time.ts';
import { RememberingHost } from '../../host/remembering/host.ts';
import type { Host } from '../../simulator/host.ts';
import { invokeFunction, look, type SmallLabOptions, withRunner } from '../fixtures/small-lab.ts';
import type { ScenarioExploration } from './exploration.ts';
import { exploreScenario } from './explore-scenario.ts';
import { explorePart } from './part.ts';
import { prove } from './proof.ts';
import { eventsWatchedBy } from './watched.ts';

const RACY =
  'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); await get("a"); };';
const VISITORS = [1, 2, 3];

const check = (id: string, more: Partial<Check>): Check => ({
  ...{ id, task: 1, title: id, kind: 'at-rest', scenario: 'small', points: 1, judge: () => null },
  ...more,
});

const checks = [
  check('counts', {
    judge: ({ observation: { n } }) =>
      n === VISITORS.length ? null : { headline: `The counter says ${n}.`, hintId: 'lost' },
  }),
  check('at-least-once', {
    judge: ({ observation: { n } }) => (Number(n) >= 1 ? null : { headline: 'Nothing was counted.', hintId: 'none' }),
  }),
  check('one-is-left', {
    kind: 'reach',
    judge: ({ observation: { n } }) => (n === 1 ? null : { headline: 'It never came to 1.', hintId: 'none' }),
  }),
];

/** Three invocations read and write one item, then the scenario reads it: too many kinds of schedules for one piece. */
const race = (maxSchedules: number): SmallLabOptions => ({
  functions: { f: RACY },
  checks,
  plan: { mode: 'exhaustive', maxSchedules, sampleInstead: { schedules: 20, seed: 1 } } as ExplorationPlan,
  run: async (context) => {
    await Promise.all(VISITORS.map((visitor) => invokeFunction(context, 'f', { visitor })));
    return { n: await look(context, 'a') };
  },
});

const remembering = (host: Host): Host => new RememberingHost(host, new ComputingTime());

/** The result as plain data, without the violation that a reach keeps: that one may come from any run. */
const told = ({ checks: states, ...rest }: ScenarioExploration) => ({
  ...rest,
  checks: states.map(({ check: { id, kind }, simplest, ...state }) => ({
    id,
    ...state,
    ...(kind === 'reach' ? {} : { simplest }),
  })),
});

describe('an exploration in parts', () => {
  it('is divided when it is long, and gives the same result as in one piece', () =>
    withRunner(race(20_000), async (runner) => {
      const options = { ...runner, host: remembering(runner.host), checks };
      expect((await explorePart(options, { kind: 'whole' })).kind).toBe('divided');
      const watched = eventsWatchedBy(checks) ?? new Map();
      const whole = await prove({ ...options, watched }, { maxSchedules: 20_000 });
      if (whole === null) throw new Error('it was not explored to its end');
      const inParts = await exploreScenario(options);
      expect(inParts.exhaustive).toBe(true);
      expect(told(inParts)).toEqual(told(whole));
    }));

  it('stops when a failure has been seen often enough, and then does not say «all»', () =>
    withRunner(race(510), async (runner) => {
      const inParts = await exploreScenario({ ...runner, host: remembering(runner.host), checks });
      expect(inParts.exhaustive).toBe(false);
      expect(inParts.standsFor).toBeUndefined();
      expect(inParts.explored).toBeGreaterThanOrEqual(510);
      expect(inParts.checks[0]?.simplest?.cost.faults).toBe(0);
    }));
});
