/** Situations: a run chooses one first, so a proof covers all of them, a sample draws, and a failure says in which one it happens. */

import { describe, expect, it } from 'vitest';
import type { Check, Situation } from '../course/lab.ts';
import { exploreScenario } from '../grader/exploration/explore-scenario.ts';
import { invokeFunction, look, type SmallLabOptions, withRunner } from '../grader/fixtures/small-lab.ts';
import { replay, seeded } from '../simulator/kernel/choices.ts';
import { runScenario } from './run-scenario.ts';

interface Start extends Situation {
  readonly before: number;
}

const MIDNIGHT_MS = Date.UTC(2026, 5, 9, 23, 59, 59);

const STARTS: readonly [Start, Start, Start] = [
  { title: 'nothing is there', before: 0 },
  { title: 'something is there', before: 7 },
  { title: 'nothing is there, before midnight', before: 0, startsAtMs: MIDNIGHT_MS },
];

/** Two invocations, after something was put under the key. */
const twoAfter = (code: string, situations: SmallLabOptions['situations'] = STARTS): SmallLabOptions => ({
  functions: { f: `export const handler = async () => { ${code} };` },
  ...(situations === undefined ? {} : { situations }),
  run: async (context, situation) => {
    const { before } = situation as Start;
    for (let n = 0; n < before; n += 1) await invokeFunction(context, 'f', {});
    await Promise.all([1, 2].map((visitor) => invokeFunction(context, 'f', { visitor })));
    return { added: Number(await look(context, 'a')) - before };
  },
});

const bothCount: Check = {
  id: 'both-count',
  task: 1,
  title: 'both count',
  kind: 'at-rest',
  scenario: 'small',
  points: 1,
  judge: ({ observation: { added } }) =>
    added === 2 ? null : { headline: `${String(added)} were added, not 2.`, hintId: 'lost' },
};

const explored = (options: SmallLabOptions) =>
  withRunner(options, (runner) => exploreScenario({ ...runner, checks: [bothCount] }));

describe('a scenario with several situations', () => {
  it('is explored in each of them: its numbers are their sums', async () => {
    const code = 'await add("a");';
    const all = await explored(twoAfter(code));
    const each = await Promise.all(STARTS.map((one) => explored(twoAfter(code, [one]))));
    expect(all.exhaustive).toBe(true);
    expect(all.explored).toBe(each.reduce((sum, { explored: own }) => sum + own, 0));
    const orders = each.map(({ standsFor }) => standsFor?.orders ?? 0);
    expect(all.standsFor?.orders).toBe(orders.reduce((sum, own) => sum + own, 0));
  });

  it('shows a failure that happens in one of them only, and the record says in which one', async () => {
    const constant = 'await put("a", 2);';
    const { checks } = await explored(twoAfter(constant));
    const { violation, record = [] } = checks[0]?.simplest ?? {};
    expect(violation?.headline).toBe('-5 were added, not 2.');
    expect(record[0]).toEqual({ reason: 'situation', of: 3, chosen: 1 });
    const again = await withRunner(
      twoAfter(constant),
      (runner) => runScenario(runner, replay(record.map(({ chosen }) => chosen)), 'verify').done,
    );
    expect(again.result).toEqual({ added: -5 });
  });

  it('shows the plainest of them if a failure is equally simple in several', async () => {
    const { checks } = await explored(twoAfter('await put("a", 1);'));
    expect(checks[0]?.simplest?.record[0]?.chosen).toBe(0);
  });

  it('begins at its own instant, for the code and for the queue of time', async () => {
    const code = 'await put("a", Number(new Date().getUTCHours() === 23) + 1 + ((await get("a")) ?? 0) * 0);';
    const inOne = (chosen: number) =>
      withRunner(twoAfter(code), (runner) => runScenario(runner, replay([chosen]), 'verify').done);
    expect((await inOne(0)).result).toEqual({ added: 1 });
    expect((await inOne(2)).result).toEqual({ added: 2 });
  });

  it('is drawn by seed where schedules are sampled', async () => {
    const drawn = new Set<number>();
    for (let seed = 1; seed <= 12; seed += 1) {
      const choices = seeded(seed);
      await withRunner(twoAfter('await add("a");'), (runner) => runScenario(runner, choices, 'explore').done);
      drawn.add(choices.record[0]?.chosen ?? -1);
    }
    expect([...drawn].sort()).toEqual([0, 1, 2]);
  });

  it('asks nothing if there is only one', async () => {
    const choices = seeded(1);
    await withRunner(
      twoAfter('await add("a");', [STARTS[0]]),
      (runner) => runScenario(runner, choices, 'explore').done,
    );
    expect(choices.record.map(({ reason }) => reason)).not.toContain('situation');
  });
});
