/**
 * The linear extension with the fewest preemptions. On random programs, the simplest of those of all failing classes is the
 * simplest of all failing schedules, to each choice that tells its record from others; and it runs as it was computed.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exhaustive, replay } from '../choices.ts';
import { type LaneOperation, type LaneProgram, type ProgramRun, runOf } from '../program-for-tests.ts';
import { laneOperations, lanePrograms, waitingLanePrograms } from '../programs-for-tests.ts';
import { SourceDpor } from '../source-dpor/source-dpor.ts';
import { extensionWithFewestPreemptions, type SimplestExtension } from './fewest-preemptions.ts';
import { FollowedExtension } from './followed-extension.ts';
import { RecordedRun, tellingChoices } from './recorded-run.ts';

/** Random programs, also some with equal lanes. */
const programs: fc.Arbitrary<LaneProgram> = fc.oneof(
  { weight: 3, arbitrary: lanePrograms },
  {
    weight: 1,
    arbitrary: fc.record({
      lanes: fc.tuple(laneOperations, laneOperations).map(([twin, other]) => [twin, twin, other]),
      faults: fc.integer({ min: 0, max: 1 }),
      symmetric: fc.constant(true),
    }),
  },
);

/** A program with more schedules than this is skipped: trying all of them would take too long for a test. */
const MOST_RUNS = 3_000;

interface Simplest {
  readonly cost: readonly [faults: number, preemptions: number, steps: number];
  readonly chosen: readonly number[];
}

const costOf = ({ faults, count }: ProgramRun): Simplest['cost'] => [faults, count.preemptions, count.steps];

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

const simplerOf = <T extends Simplest>(a: T | null, b: T): T =>
  a === null || (compare(a.cost, b.cost) || compare(a.chosen, b.chosen)) > 0 ? b : a;

/** Which outcomes count as failures is drawn, so that it does not follow from what they look like. */
function fails({ outcome }: ProgramRun, salt: number): boolean {
  let hash = salt;
  for (const char of outcome) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash % 5 === 0;
}

async function byTryingAll(program: LaneProgram, salt: number): Promise<Simplest | null | 'too-many'> {
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

/** What running the order shows, in the indexes that all schedules are compared by. */
async function reallyRun(program: LaneProgram, order: SimplestExtension): Promise<Simplest | null> {
  const choices = new FollowedExtension(order);
  const run = await runOf(program, choices);
  return run === null ? null : { cost: costOf(run), chosen: tellingChoices(choices.record) };
}

interface VisitedClass {
  readonly run: ProgramRun;
  readonly simplest: SimplestExtension;
}

/** The equivalence classes of a program, at most `most` of them, each with its simplest schedule. */
async function classesOf(program: LaneProgram, most = MOST_RUNS): Promise<readonly VisitedClass[]> {
  const classes: VisitedClass[] = [];
  const dpor = new SourceDpor();
  for (let choices = dpor.next(); choices !== null && classes.length < most; ) {
    const recorded = new RecordedRun(choices);
    const run = await runOf(program, recorded);
    choices = dpor.next();
    if (run === null) continue;
    const simplest = extensionWithFewestPreemptions(
      recorded,
      dpor.lastClass?.happensBefore ?? [],
      run.count.preemptions,
    );
    if (simplest === null || simplest === 'too-many') throw new Error('the run itself is one of its linear extensions');
    classes.push({ run, simplest });
  }
  return classes;
}

/** Compares both ways of finding the simplest failing schedule. False if there was nothing to compare. */
async function simplestIsTheFirst(program: LaneProgram, salt: number): Promise<boolean> {
  const expected = await byTryingAll(program, salt);
  if (expected === 'too-many') return false;
  let found: (Simplest & { readonly order: SimplestExtension }) | null = null;
  for (const { run, simplest } of await classesOf(program)) {
    if (!fails(run, salt)) continue;
    const cost = [run.faults, simplest.preemptions, run.count.steps] as const;
    found = simplerOf(found, { cost, chosen: simplest.telling, order: simplest });
  }
  expect(found === null ? null : await reallyRun(program, found.order)).toEqual(expected);
  return expected !== null;
}

/** Compares the simplest schedule of each class with a run of it. */
async function allRunAsComputed(program: LaneProgram): Promise<void> {
  for (const { run, simplest } of await classesOf(program, 40)) {
    const followed = new FollowedExtension(simplest);
    const choices = new RecordedRun(followed);
    const again = await runOf(program, choices);
    expect(followed.isFaithful).toBe(true);
    expect(again).toEqual({ ...run, count: { ...run.count, preemptions: simplest.preemptions } });
    expect(choices.telling).toEqual(simplest.telling);
    expect(await runOf(program, replay(choices.record.map(({ chosen }) => chosen)))).toEqual(again);
  }
}

describe('the linear extension with the fewest preemptions', () => {
  it.each([
    ['', programs],
    [' if lanes wait for places', waitingLanePrograms],
  ])(
    'is, at its simplest over all failing classes, the first of the simplest failing schedules%s',
    async (_if, drawn) => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(drawn, fc.nat(), async (program, salt) => {
          if (await simplestIsTheFirst(program, salt)) compared += 1;
        }),
        { numRuns: Number(process.env.RACEPROOF_PROGRAMS ?? 600) / 4 },
      );
      expect(compared).toBeGreaterThan(20);
    },
    3_600_000,
  );

  it.each([
    ['', programs],
    [' if lanes wait for places', waitingLanePrograms],
  ])('runs as it was computed, and shows what its class shows%s', async (_if, drawn) => {
    for (const program of fc.sample(drawn, { numRuns: 80, seed: 9 })) await allRunAsComputed(program);
  });

  it('tells each answer by its place, as it has another index where another lane has used up an option', async () => {
    const crashes = ['x', 'z'].map((variable): readonly LaneOperation[] => [{ kind: 'crash', variable }]);
    const others: readonly LaneOperation[] = [
      { kind: 'increment', variable: 'y' },
      { kind: 'read', variable: 'y' },
    ];
    await allRunAsComputed({ lanes: [others, ...crashes], faults: 0 });
    await allRunAsComputed({ lanes: [...crashes.toReversed(), others], faults: 0 });
  });

  it('is null if fewer preemptions are allowed than it takes', async () => {
    const both: readonly LaneOperation[] = [
      { kind: 'read', variable: 'x' },
      { kind: 'increment', variable: 'x' },
    ];
    const classes = await classesOf({ lanes: [both, both], faults: 0 });
    const dpor = new SourceDpor();
    let seen = 0;
    for (let choices = dpor.next(); choices !== null; ) {
      const recorded = new RecordedRun(choices);
      await runOf({ lanes: [both, both], faults: 0 }, recorded);
      choices = dpor.next();
      const most = classes[seen]?.simplest.preemptions ?? 0;
      expect(extensionWithFewestPreemptions(recorded, dpor.lastClass?.happensBefore ?? [], most - 1)).toBeNull();
      seen += 1;
    }
    expect(classes.map(({ simplest }) => simplest.preemptions).sort()).toEqual([0, 1, 1, 2]);
  });

  it('of a long run is not searched for', async () => {
    const lanes = [Array.from({ length: 70 }, (): LaneOperation => ({ kind: 'read', variable: 'x' }))];
    const recorded = new RecordedRun(replay([]));
    await runOf({ lanes, faults: 0 }, recorded);
    const happensBefore = recorded.steps.map(
      (_, place) => new Set(Array.from({ length: place }, (_other, step) => step)),
    );
    expect(extensionWithFewestPreemptions(recorded, happensBefore, 0)).toBe('too-many');
  });
});
