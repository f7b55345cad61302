/**
 * The cheapest order of a kind of schedule: on random programs, the cheapest over all failing kinds is the cheapest of all
 * failing schedules, to each choice that tells its record from others; and it happens as it was computed.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive, replay } from '../choices.ts';
import { type Operation, type Program, type ProgramRun, runOf } from '../program-for-tests.ts';
import { programs as anyPrograms, operations } from '../programs-for-tests.ts';
import { Reduction } from '../source-dpor/source-dpor.ts';
import { type CheapestOrder, cheapestOrder, tellingChoices } from './fewest-preemptions.ts';
import { SameSteps } from './followed-extension.ts';
import { NotedRun } from './recorded-run.ts';

/** Also those in which some lanes are alike. */
const programs: fc.Arbitrary<Program> = fc.oneof(
  { weight: 3, arbitrary: anyPrograms },
  {
    weight: 1,
    arbitrary: fc.record({
      lanes: fc.tuple(operations, operations).map(([twin, other]) => [twin, twin, other]),
      faults: fc.integer({ min: 0, max: 1 }),
      symmetric: fc.constant(true),
    }),
  },
);

/** Programs with more schedules than this are left out: trying them all would take the test's time. */
const MOST_RUNS = 3_000;

interface Simplest {
  readonly cost: readonly [faults: number, switches: number, steps: number];
  readonly chosen: readonly number[];
}

const costOf = ({ faults, count }: ProgramRun): Simplest['cost'] => [faults, count.switches, count.steps];

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

const simplerOf = (a: Simplest | null, b: Simplest): Simplest =>
  a === null || (compare(a.cost, b.cost) || compare(a.chosen, b.chosen)) > 0 ? b : a;

/** Which outcomes count as failures must not follow from what they look like. */
function fails({ outcome }: ProgramRun, salt: number): boolean {
  let hash = salt;
  for (const char of outcome) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash % 5 === 0;
}

async function byTryingAll(program: Program, salt: number): Promise<Simplest | null | 'too-many'> {
  let simplest: Simplest | null = null;
  let runs = 0;
  const all = new Exhaustive();
  for (let choices = all.next(); choices !== null; choices = all.next()) {
    const run = await runOf(program, choices);
    if (run !== null && fails(run, salt))
      simplest = simplerOf(simplest, { cost: costOf(run), chosen: tellingChoices(choices.record) });
    runs += 1;
    if (runs > MOST_RUNS) return 'too-many';
  }
  return simplest;
}

interface Kind {
  readonly run: ProgramRun;
  readonly noted: NotedRun;
  readonly order: CheapestOrder;
}

/** Each kind of schedule with its cheapest order; the first so many. */
async function kindsOf(program: Program, most = MOST_RUNS): Promise<readonly Kind[]> {
  const kinds: Kind[] = [];
  const reduction = new Reduction();
  for (let choices = reduction.next(); choices !== null && kinds.length < most; ) {
    const noted = new NotedRun(choices);
    const run = await runOf(program, noted);
    choices = reduction.next();
    if (run === null) continue;
    const order = cheapestOrder(noted, reduction.lastRun?.after ?? [], run.count.switches);
    if (order === null || order === 'too-many') throw new Error('the run itself is one of its orders');
    kinds.push({ run, noted, order });
  }
  return kinds;
}

describe('the cheapest order', () => {
  it('over all failing kinds is the first of the cheapest failing schedules', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(), async (program, salt) => {
        const expected = await byTryingAll(program, salt);
        if (expected === 'too-many') return;
        let found: Simplest | null = null;
        for (const { run, order } of await kindsOf(program)) {
          if (!fails(run, salt)) continue;
          const cost = [run.faults, order.switches, run.count.steps] as const;
          found = simplerOf(found, { cost, chosen: order.chosen });
        }
        expect(found).toEqual(expected);
        if (expected !== null) compared += 1;
      }),
      { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 600) / 4 },
    );
    expect(compared).toBeGreaterThan(20);
  }, 3_600_000);

  it('happens as it was computed, and shows what its kind shows', async () => {
    for (const program of fc.sample(programs, { numRuns: 80, seed: 9 })) {
      for (const { run, order } of await kindsOf(program, 40)) {
        const choices = new SameSteps(order);
        const again = await runOf(program, choices);
        expect(choices.isFaithful).toBe(true);
        expect(again).toEqual({ ...run, count: { ...run.count, switches: order.switches } });
        expect(tellingChoices(choices.record)).toEqual(order.chosen);
        expect(await runOf(program, replay(choices.record.map(({ chosen }) => chosen)))).toEqual(again);
      }
    }
  });

  it('is none if fewer switches are asked for than it takes', async () => {
    const both: readonly Operation[] = [
      { kind: 'read', variable: 'x' },
      { kind: 'increment', variable: 'x' },
    ];
    const kinds = await kindsOf({ lanes: [both, both], faults: 0 });
    const reduction = new Reduction();
    let seen = 0;
    for (let choices = reduction.next(); choices !== null; ) {
      const noted = new NotedRun(choices);
      await runOf({ lanes: [both, both], faults: 0 }, noted);
      choices = reduction.next();
      const most = kinds[seen]?.order.switches ?? 0;
      expect(cheapestOrder(noted, reduction.lastRun?.after ?? [], most - 1)).toBeNull();
      seen += 1;
    }
    expect(kinds.map(({ order }) => order.switches).sort()).toEqual([0, 1, 1, 2]);
  });

  it('of a long run is not looked for', async () => {
    const lanes = [Array.from({ length: 70 }, (): Operation => ({ kind: 'read', variable: 'x' }))];
    const noted = new NotedRun(replay([]));
    await runOf({ lanes, faults: 0 }, noted);
    const after = noted.steps.map((_, place) => new Set(Array.from({ length: place }, (_other, step) => step)));
    expect(cheapestOrder(noted, after, 0)).toBe('too-many');
  });
});
