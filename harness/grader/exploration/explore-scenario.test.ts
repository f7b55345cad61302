/**
 * Exploration: which schedules are tried and how they are counted, when «all» may be said, and how a failure is reported.
 */

import { describe, expect, it } from 'vitest';
import type { Check } from '../../course/lab.ts';
import { runScenario, type ScenarioRunner } from '../../scenario/run-scenario.ts';
import type { Host, HostReport } from '../../simulator/host.ts';
import { replay } from '../../simulator/kernel/choices.ts';
import { invokeFunction, look, type SmallLabOptions, withRunner } from '../fixtures/small-lab.ts';
import type { ScenarioExploration } from './exploration.ts';
import { exploreScenario } from './explore-scenario.ts';

const RACY = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
const ATOMIC = 'export const handler = async () => { await add("a"); };';

const check = (kind: Check['kind'], judge: Check['judge']): Check => ({
  id: `the-${kind}`,
  task: 1,
  title: kind,
  kind,
  scenario: 'small',
  points: 1,
  judge,
});

const counts = check('at-rest', ({ observation: { n, of } }) =>
  n === of ? null : { headline: `It says ${String(n)}, not ${String(of)}.`, hintId: 'lost' },
);
const overlapped = check('reach', ({ trace }) => {
  let inFlight = 0;
  for (const { event } of trace) {
    if (event.kind === 'invocation-started') inFlight += 1;
    if (event.kind === 'invocation-ended') inFlight -= 1;
    if (inFlight > 1) return null;
  }
  return { headline: 'No two were in flight together.', hintId: 'no-overlap' };
});

const visitors = (many: number, code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  run: async (context) => {
    await Promise.all(Array.from({ length: many }, () => invokeFunction(context, 'f')));
    return { n: await look(context, 'a'), of: many };
  },
  ...more,
});

const exploring = (
  options: SmallLabOptions,
  checks: readonly Check[] = [counts],
  withHost: (host: Host) => Host = (host) => host,
): Promise<ScenarioExploration> =>
  withRunner(options, (runner) => exploreScenario({ ...runner, host: withHost(runner.host), checks }));

const only = ({ checks }: ScenarioExploration) => {
  const [state] = checks;
  if (state === undefined) throw new Error('there is no check');
  return state;
};

describe('an exhaustive exploration', () => {
  it('tries one schedule of each kind, also when one fails, and counts all schedules and the failing ones', async () => {
    const explored = await exploring(visitors(2, RACY));
    // In a correct order one function has written before the other reads. The other's Invoke has 4 places among the first one's
    // three steps: 2 · 4 of 20 orders are correct.
    expect(explored).toMatchObject({ exhaustive: true, finding: null, standsFor: { orders: 20, atLeast: false } });
    expect(explored.explored).toBeLessThan(20);
    expect(only(explored)).toMatchObject({ failingOrders: { orders: 12, atLeast: false } });
    expect(only(explored).failing).toBeLessThan(explored.explored);
    expect(explored.seed).toBeUndefined();
  });

  it('tries every single schedule for a check that may look at anything', async () => {
    const explored = await exploring(visitors(2, RACY), [{ ...counts, sees: 'trace' }]);
    expect(explored).toMatchObject({ exhaustive: true, explored: 20 });
    expect(only(explored).failing).toBe(12);
  });

  it.each([
    ['without faults', 3, {}],
    ['with faults', 2, { 'answer-lost': 1 }],
    ['with crashes', 2, { 'crash-after': 1 }],
  ])('finds the same simplest failure by kinds as by trying every single schedule: %s', async (_, many, faults) => {
    const lab = visitors(many, RACY, { faults });
    const seen = await exploring(lab, [{ ...counts, sees: 'trace' }]);
    const explored = await exploring(lab);
    expect([seen.exhaustive, explored.exhaustive]).toEqual([true, true]);
    expect(explored.explored).toBeLessThan(seen.explored / 2);
    expect(only(explored).simplest).toEqual(only(seen).simplest);
    expect(only(explored).simplestOfTried).toBeUndefined();
  });

  it('keeps the simplest failure: no fault where none is needed, then fewest switches, then fewest steps', async () => {
    const explored = await exploring(visitors(2, RACY, { faults: { 'answer-lost': 1 } }));
    expect(only(explored).simplest?.cost).toMatchObject({ faults: 0, preemptions: 1 });
  });

  it('counts the faults that a failure takes', async () => {
    const explored = await exploring(visitors(1, ATOMIC, { faults: { 'answer-lost': 1 } }));
    expect(only(explored).simplest).toMatchObject({
      cost: { faults: 1 },
      violation: { headline: 'It says 2, not 1.' },
    });
  });

  it('finds no failure where there is none', async () => {
    const explored = await exploring(visitors(3, ATOMIC));
    // Three threads of two steps: 6! / 2!³.
    expect(explored).toMatchObject({ exhaustive: true, standsFor: { orders: 90, atLeast: false } });
    expect(only(explored)).toMatchObject({ failing: 0, simplest: null });
  });

  it('says of a reach whether any schedule shows it', async () => {
    expect(only(await exploring(visitors(2, ATOMIC), [overlapped]))).toMatchObject({ reached: true });
    const alone = only(await exploring(visitors(1, ATOMIC), [overlapped]));
    expect(alone).toMatchObject({ reached: false, simplest: { violation: { hintId: 'no-overlap' } } });
  });
});

describe('a sampled exploration', () => {
  it('never says «all», and names its seed', async () => {
    const sampled = visitors(2, ATOMIC, { plan: { mode: 'sampled', schedules: 40, seed: 7 } });
    expect(await exploring(sampled)).toMatchObject({ exhaustive: false, explored: 40, seed: 7 });
  });

  it('comes after the simplest schedules if there are too many for all', async () => {
    const tooMany = visitors(2, ATOMIC, {
      plan: { mode: 'exhaustive', maxSchedules: 1, sampleInstead: { schedules: 25, seed: 3 } },
    });
    const explored = { exhaustive: false, explored: 26, seed: 3, sampled: { schedules: 25 } };
    expect(await exploring(tooMany)).toMatchObject(explored);
  });

  it('says «all» if the last schedule was the one that the cap allows', async () => {
    const { explored } = await exploring(visitors(2, ATOMIC));
    const capped = (maxSchedules: number) =>
      visitors(2, ATOMIC, {
        plan: { mode: 'exhaustive', maxSchedules, sampleInstead: { schedules: 25, seed: 3 } },
      });
    expect(await exploring(capped(explored))).toMatchObject({ exhaustive: true, explored });
    expect(await exploring(capped(explored - 1))).toMatchObject({
      exhaustive: false,
      sampled: { schedules: 25 },
      seed: 3,
    });
  });

  it('is not needed once something has failed: the kinds within the cap were tried, and more are left', async () => {
    const capped = visitors(3, RACY, {
      plan: { mode: 'exhaustive', maxSchedules: 20, sampleInstead: { schedules: 25, seed: 3 } },
    });
    const explored = await exploring(capped);
    expect(explored).toMatchObject({ exhaustive: false, explored: 20 });
    expect(explored.seed).toBeUndefined();
    expect(only(explored).simplest?.cost).toMatchObject({ faults: 0, preemptions: 1 });
  });

  it('is the same for equal seeds', async () => {
    const sampled = visitors(3, RACY, { plan: { mode: 'sampled', schedules: 30, seed: 11 } });
    const [first, again] = [await exploring(sampled), await exploring(sampled)];
    expect(only(again).failing).toBe(only(first).failing);
    expect(only(again).simplest?.record).toEqual(only(first).simplest?.record);
  });

  it('simplifies its failure: without any one of its deviations it would hold or be no simpler', async () => {
    const sampled = visitors(3, RACY, { plan: { mode: 'sampled', schedules: 30, seed: 11 } });
    await withRunner(sampled, async (runner) => {
      const { simplest } = only(await exploreScenario({ ...runner, checks: [counts] }));
      if (simplest === null) throw new Error('nothing failed');
      const chosen = simplest.record.map((pick) => pick.chosen);
      const deviations = chosen.flatMap((index, at) => (index === 0 ? [] : [at]));
      expect(deviations).toHaveLength(1);
      expect(await fails(runner, chosen)).toBe(true);
      for (const at of deviations) {
        expect(
          await fails(
            runner,
            chosen.map((index, other) => (other === at ? 0 : index)),
          ),
        ).toBe(false);
      }
    });
  });
});

async function fails(runner: ScenarioRunner, chosen: readonly number[]): Promise<boolean> {
  const { result, trace } = await runScenario(runner, replay(chosen), 'explore').done;
  return counts.judge({ observation: result ?? {}, trace }) !== null;
}

describe('a finding', () => {
  it('names the line of the last call of code that repeats itself without end', async () => {
    const loop = 'export const handler = async () => { for (;;) await get("a"); };';
    const { finding } = await exploring(visitors(1, loop));
    expect(finding?.frame).toMatchObject({ file: 'src/f.ts' });
  });

  it.each([
    ['code that waits for ever', 'stalled', 'export const handler = () => new Promise(() => {});', /^f#1 stalled: /],
    [
      'a loop of calls without end',
      'endless',
      'export const handler = async () => { for (;;) await get("a"); };',
      /5,000 steps: your code repeats itself without end\. Give its retries a limit\.$/,
    ],
    [
      'an operation that is not simulated, although the code catches the error',
      'refused',
      'export const handler = async () => { try { await documents.send(new ddb.ExecuteStatementCommand({ Statement: "SELECT" })); } catch {} };',
      /is not simulated/,
    ],
    [
      'a feature that a realm does not have, although the code catches the error',
      'refused',
      'export const handler = async () => { try { await fetch("https://example.com"); } catch {} };',
      /fetch/,
    ],
  ])('ends the exploration at once: %s', async (_what, kind, code, words) => {
    const explored = await exploring(visitors(2, code));
    expect(explored.finding?.kind).toBe(kind);
    expect(explored.finding?.message).toMatch(words);
    expect(explored).toMatchObject({ exhaustive: false, explored: 1 });
    expect(explored.findingRecord).toBeDefined();
  });

  it('reports an error that a scenario threw', async () => {
    const options = visitors(1, ATOMIC, { run: () => Promise.reject(new Error('there is no output TableName')) });
    const { finding } = await exploring(options);
    expect(finding?.kind).toBe('scenario-threw');
    expect(finding?.message).toContain('there is no output TableName');
  });

  it('reports a scenario that waits for something that never comes, and says that the lab is at fault', async () => {
    const options = visitors(1, ATOMIC, { run: () => new Promise(() => {}) });
    const { finding } = await exploring(options);
    expect(finding?.kind).toBe('scenario-waits');
    expect(finding?.message).toContain('a mistake in the lab, not in your code');
  });

  it.each([
    ['does more after some runs', 3],
    ['does more in the very last run', -1],
  ])('reports code that behaved differently the second time: a host that %s', async (_what, honestRuns) => {
    let runs = 0;
    await exploring(visitors(2, RACY), [counts], (host) => ({
      begin(run) {
        runs += 1;
        return host.begin(run);
      },
      deliver: (commands) => host.deliver(commands),
    }));
    const honest = honestRuns < 0 ? runs + honestRuns : honestRuns;
    const explored = await exploring(visitors(2, RACY), [counts], (host) => forgetful(host, honest));
    expect(explored.exhaustive).toBe(false);
    expect(explored.finding?.kind).toBe('not-deterministic');
    expect(explored.finding?.message).toMatch(/^Your code did not do the same twice under the same schedule/);
  });
});

/** A host whose code remembers how often it has run, and in later runs sets a timer that it did not set before. */
function forgetful(host: Host, honestRuns: number): Host {
  let runs = 0;
  return {
    begin(run) {
      runs += 1;
      return host.begin(run);
    },
    async deliver(commands) {
      const reports = await host.deliver(commands);
      if (runs <= honestRuns) return reports;
      return reports.flatMap((report): readonly HostReport[] => {
        if (report.kind !== 'call') return [report];
        return [{ kind: 'timer-set', environment: report.environment, timer: 100 + report.number, delayMs: 5 }, report];
      });
    },
  };
}
