/**
 * Race coverage counts the pairs that the definition says. It is compared with comparing every two steps of every run.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgendaEvent } from '../agenda.ts';
import { type Choices, Exhaustive, inOrder, type Pick, replay, seeded } from '../choices.ts';
import { conflict, FootprintOfStep, type StepFootprint } from '../footprint.ts';
import { type LaneOperation, type LaneProgram, outcomeOfProgram } from '../program-for-tests.ts';
import { lanePrograms, lanes, readThenIncrement } from '../programs-for-tests.ts';
import { RaceCoverage, type RacesSeen } from './race-coverage.ts';

async function seenIn(program: LaneProgram, all: readonly Choices[]): Promise<RacesSeen> {
  const coverage = new RaceCoverage();
  for (const choices of all) await outcomeOfProgram(program, coverage.watch(choices));
  return coverage.seen;
}

const samples = (many: number): readonly Choices[] => Array.from({ length: many }, (_, seed) => seeded(seed));

async function everySchedule(program: LaneProgram, most: number): Promise<readonly Choices[] | null> {
  const all: Choices[] = [];
  const explorer = new Exhaustive();
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    await outcomeOfProgram(program, choices);
    all.push(replay(choices.record.map(({ chosen }) => chosen)));
    if (all.length > most) return null;
  }
  return all;
}

describe('the racing pairs that were seen', () => {
  it('are none where nothing is shared', async () => {
    const program = lanes(4, (lane) => readThenIncrement(`x${lane}`));
    expect(await seenIn(program, samples(20))).toEqual({ pairs: 0, bothWays: 0 });
  });

  it('are seen in one order by one run, and in both by two that differ', async () => {
    const program = lanes(2, () => [{ kind: 'increment', variable: 'x' }]);
    expect(await seenIn(program, [inOrder()])).toEqual({ pairs: 1, bothWays: 0 });
    expect(await seenIn(program, [inOrder(), replay([1])])).toEqual({ pairs: 1, bothWays: 1 });
  });

  it('are all seen both ways round by all schedules', async () => {
    const program = lanes(3, () => readThenIncrement('x'));
    // For each two lanes: each read with the increment of the other lane, and the two increments.
    expect(await seenIn(program, (await everySchedule(program, 100)) ?? [])).toEqual({ pairs: 9, bothWays: 9 });
  });

  it('are not those that conflict only over the clock, or that their lane keeps in order', async () => {
    const sleeper = (forMs: number): LaneOperation[] => [
      { kind: 'sleep', forMs },
      { kind: 'increment', variable: `x${forMs}` },
    ];
    expect(await seenIn({ lanes: [sleeper(1), sleeper(2)], faults: 0 }, [inOrder()])).toEqual({
      pairs: 0,
      bothWays: 0,
    });
  });

  it('tell a timer from a step of the same name', async () => {
    const writes = { kind: 'write', variable: 'x' } as const;
    const sleep = { kind: 'sleep', forMs: 1 } as const;
    // Its third step is a timer or a write: `if-zero` looks at what the lane has read. Both conflict with the other lane's second step.
    const eitherWay: readonly LaneOperation[] = [
      { kind: 'read', variable: 'y' },
      { kind: 'if-zero', operations: [sleep, sleep] },
      writes,
    ];
    const program = { lanes: [eitherWay, [{ kind: 'write' as const, variable: 'y' }, writes, sleep]], faults: 0 };
    const seen = await seenIn(program, (await everySchedule(program, 200)) ?? []);
    expect(seen).toEqual(await plainlySeenIn(program, (await everySchedule(program, 200)) ?? []));
  });

  it('grow with every sample, and never beyond what all schedules show', async () => {
    const program = lanes(4, () => readThenIncrement('x'));
    const few = await seenIn(program, samples(3));
    const many = await seenIn(program, samples(60));
    expect(few.pairs).toBeLessThanOrEqual(many.pairs);
    expect(few.bothWays).toBeLessThan(many.bothWays);
    expect(many.pairs).toBeLessThanOrEqual(18);
  });

  it('are no longer looked for when so many are known that more would cost memory', async () => {
    const program = lanes(4, () => readThenIncrement('x'));
    const coverage = new RaceCoverage(20);
    for (const choices of samples(60)) await outcomeOfProgram(program, coverage.watch(choices));
    const { pairs } = coverage.seen;
    expect(pairs).toBeGreaterThan(0);
    expect(pairs).toBeLessThan((await seenIn(program, samples(60))).pairs);
    const choices = seeded(1);
    expect(coverage.watch(choices)).toBe(choices);
  });

  it('are those of the definition, in random programs', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(lanePrograms, fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), async (program, seeds) => {
        const plain = await plainlySeenIn(
          program,
          seeds.map((seed) => seeded(seed)),
        );
        const seen = await seenIn(
          program,
          seeds.map((seed) => seeded(seed)),
        );
        expect(seen).toEqual(plain);
        if (seen.pairs > 1) compared += 1;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});

interface StepWithFootprint {
  readonly event: AgendaEvent;
  readonly possible: readonly AgendaEvent[];
  readonly footprint: FootprintOfStep;
}

class WithFootprints implements Choices {
  readonly steps: StepWithFootprint[] = [];
  readonly #choices: Choices;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  get record(): readonly Pick[] {
    return this.#choices.record;
  }

  pick(reason: string, of: number): number {
    return this.#choices.pick(reason, of);
  }

  next(possible: readonly AgendaEvent[]): number {
    const chosen = this.#choices.pick('next', possible.length);
    this.steps.push({ event: possible[chosen] as AgendaEvent, possible, footprint: new FootprintOfStep() });
    return chosen;
  }

  touch(footprint: StepFootprint): void {
    this.steps.at(-1)?.footprint.add(footprint);
  }
}

async function plainlySeenIn(program: LaneProgram, all: readonly Choices[]): Promise<RacesSeen> {
  const plain = new PlainCoverage();
  for (const choices of all) {
    const watched = new WithFootprints(choices);
    await outcomeOfProgram(program, watched);
    plain.add(watched.steps);
  }
  return plain.seen;
}

/** The definition, taken literally: every two steps are compared, and identities are written out. */
class PlainCoverage {
  readonly #orders = new Map<string, Set<string>>();
  readonly #racing = new Set<string>();

  get seen(): RacesSeen {
    const both = [...this.#racing].filter((pair) => this.#orders.get(pair)?.size === 2);
    return { pairs: this.#racing.size, bothWays: both.length };
  }

  add(steps: readonly StepWithFootprint[]): void {
    const names = namesOf(steps);
    const before: Set<number>[] = [];
    for (const [j, { event, footprint }] of steps.entries()) {
      const earlier = new Set<number>();
      const comesAfter = (i: number): void => {
        earlier.add(i);
        for (const k of before[i] ?? []) earlier.add(k);
      };
      if (event.scheduledInStep > 0) comesAfter(event.scheduledInStep - 1);
      for (let i = j - 1; i >= 0; i -= 1) if (steps[i]?.event.lane === event.lane) comesAfter(i);
      for (let i = j - 1; i >= 0; i -= 1) {
        const other = steps[i] as StepWithFootprint;
        if (earlier.has(i) || !conflict(other.footprint, footprint)) continue;
        comesAfter(i);
        if (!conflict(withoutClock(other.footprint), withoutClock(footprint))) continue;
        this.#see(names[i] as string, names[j] as string, couldHaveCome(steps, j, i));
      }
      before.push(earlier);
    }
  }

  #see(first: string, second: string, races: boolean): void {
    const pair = [first, second].sort().join(' and ');
    const orders = this.#orders.get(pair) ?? new Set();
    this.#orders.set(pair, orders.add(first));
    if (races) this.#racing.add(pair);
  }
}

/** By the step that scheduled it, its label without numbers, and its place among events that are alike. */
function namesOf(steps: readonly StepWithFootprint[]): readonly string[] {
  const names: string[] = [];
  const nameOf = new Map<AgendaEvent, string>();
  const alike = new Map<string, number>();
  for (const { event, possible } of steps) {
    for (const each of [...possible].sort((a, b) => a.seq - b.seq)) {
      if (nameOf.has(each)) continue;
      const name = `${names[each.scheduledInStep - 1] ?? ''}/${each.kind} ${each.label.replaceAll(/[0-9]+/g, '')}`;
      const place = alike.get(name) ?? 0;
      alike.set(name, place + 1);
      nameOf.set(each, `${name} ${place}`);
    }
    names.push(nameOf.get(event) as string);
  }
  return names;
}

function withoutClock({ reads, writes, adds }: FootprintOfStep): StepFootprint {
  const isOther = (path: string): boolean => path !== 'clock';
  return { reads: reads.filter(isOther), writes: writes.filter(isOther), adds };
}

function couldHaveCome(steps: readonly StepWithFootprint[], later: number, earlier: number): boolean {
  const { event } = steps[later] as StepWithFootprint;
  if (event.scheduledInStep > earlier) return couldHaveCome(steps, event.scheduledInStep - 1, earlier);
  return steps[earlier]?.possible.includes(event) === true;
}
