/**
 * Preemption bounding visits all schedules within its bounds, each once and the cheaper before the costlier. It is compared with
 * trying everything and leaving out the schedules that cost too much.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../agenda.ts';
import { type Choices, Divergence, Exhaustive } from '../choices.ts';
import { type LaneOperation, type LaneProgram, type ProgramRun, runOf } from '../program-for-tests.ts';
import { lanePrograms, lanes, readThenIncrement } from '../programs-for-tests.ts';
import { run } from '../run.ts';
import { type Bounds, PreemptionBounding } from './preemption-bounding.ts';

const MOST_RUNS = 1_500;
const isFault = (reason: string): boolean => reason === 'fault';

interface Visit extends Bounds {
  readonly schedule: string;
}

/** Every run, with the cost that the run loop counts; null if there are too many for a test. */
async function visits(program: LaneProgram, explorer: { next(): Choices | null }): Promise<readonly Visit[] | null> {
  const all: Visit[] = [];
  for (let choices = explorer.next(); choices !== null; choices = explorer.next()) {
    const { faults, count } = (await runOf(program, choices)) as ProgramRun;
    all.push({ schedule: scheduleOf(choices), faults, preemptions: count.preemptions });
    if (all.length > MOST_RUNS) return null;
  }
  return all;
}

function scheduleOf({ record }: Choices): string {
  return record.map(({ reason, of, chosen }) => `${reason} ${chosen}/${of}`).join(', ');
}

const within =
  (bounds: Bounds) =>
  ({ faults, preemptions }: Bounds): boolean =>
    faults <= bounds.faults && preemptions <= bounds.preemptions;
const sorted = (all: readonly Visit[]): readonly string[] => all.map(({ schedule }) => schedule).sort();

describe('preemption bounding', () => {
  it('visits every schedule of a random program once, if it goes on to its end', async () => {
    let programsTried = 0;
    await fc.assert(
      fc.asyncProperty(lanePrograms, async (program) => {
        const every = await visits(program, new Exhaustive());
        if (every === null) return;
        const bounded = new PreemptionBounding({ isFault, mostFaults: program.faults, preemptionsAtFirst: 1 });
        expect(sorted((await visits(program, bounded)) ?? [])).toEqual(sorted(every));
        expect(bounded.isEverything).toBe(true);
        programsTried += 1;
      }),
      { numRuns: 200 },
    );
    expect(programsTried).toBeGreaterThan(60);
  }, 120_000);

  it('has visited all schedules within its bounds, and no costlier one, when a level is complete', async () => {
    await fc.assert(
      fc.asyncProperty(lanePrograms, fc.nat(2), fc.nat(2), async (program, faults, preemptions) => {
        const every = await visits(program, new Exhaustive());
        if (every === null) return;
        const bounds = { faults, preemptions };
        const bounded = new PreemptionBounding({ isFault, mostFaults: faults, preemptionsAtFirst: preemptions });
        const visited: Visit[] = [];
        for (let choices = bounded.next(); choices !== null; choices = bounded.next()) {
          const { complete } = bounded;
          if (complete?.faults === faults && complete.preemptions === preemptions) break;
          const { faults: spent, count } = (await runOf(program, choices)) as ProgramRun;
          visited.push({ schedule: scheduleOf(choices), faults: spent, preemptions: count.preemptions });
        }
        expect(sorted(visited)).toEqual(sorted(every.filter(within(bounds))));
        expect(bounded.complete?.schedules).toBeGreaterThanOrEqual(visited.length);
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('visits level by level: preemptions from none to two, without faults and then with one', async () => {
    const increments: LaneOperation[] = [
      { kind: 'increment', variable: 'x' },
      { kind: 'fault' },
      { kind: 'increment', variable: 'x' },
    ];
    const all = await visits(
      { lanes: [increments, increments, increments], faults: 1 },
      firstOf(900, new PreemptionBounding({ isFault, mostFaults: 1 })),
    );
    const levels = (all ?? []).map(({ faults, preemptions }) => `${faults},${preemptions}`);
    const inOrder = levels.filter((level, at) => level !== levels[at - 1]);
    expect(inOrder.slice(0, 7)).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2', '0,3']);
  });

  it('counts the schedules of the levels that it has completed', async () => {
    const program = lanes(3, () => readThenIncrement('x'));
    const every = await visits(program, new Exhaustive());
    const bounded = new PreemptionBounding({ isFault, mostFaults: 0, preemptionsAtFirst: 1 });
    const counted: number[] = [];
    for (let choices = bounded.next(); choices !== null; choices = bounded.next()) {
      await runOf(program, choices);
      counted[bounded.complete?.preemptions ?? 0] = bounded.complete?.schedules ?? 0;
    }
    expect(counted.at(-1)).toBeLessThanOrEqual(90);
    expect(bounded.complete?.schedules).toBe(90);
    expect(counted[1]).toBe(every?.filter(within({ faults: 0, preemptions: 1 })).length);
  });

  it('says that it has not visited everything if a schedule can take more faults than it was allowed', async () => {
    const program: LaneProgram = { lanes: [[{ kind: 'fault' }, { kind: 'increment', variable: 'x' }]], faults: 1 };
    const bounded = new PreemptionBounding({ isFault, mostFaults: 0 });
    expect(await visits(program, bounded)).toHaveLength(1);
    expect(bounded.isEverything).toBe(false);
  });

  it('stops when too many questions would have to be remembered, and claims no level that it did not complete', async () => {
    const lane = [...readThenIncrement('x'), ...readThenIncrement('x')];
    const bounded = new PreemptionBounding({ isFault, mostFaults: 0, mostQuestions: 150 });
    const all = await visits(
      lanes(3, () => lane),
      bounded,
    );
    expect(all?.length).toBeGreaterThan(10);
    expect(bounded.isEverything).toBe(false);
    expect(bounded.complete?.preemptions ?? 0).toBeLessThan(2);
  });

  it('counts a deadline that comes early as a fault', async () => {
    const deadlineFirst = async (choices: Choices): Promise<string> => {
      const agenda = new Agenda();
      const clock = { nowMs: 0, step: 0, preemptions: 0 };
      const order: string[] = [];
      const at = (kind: 'step' | 'deadline', atMs: number, lane: string): void => {
        agenda.schedule({ kind, atMs, lane, label: lane, cause: null, run: () => order.push(lane) }, 0, 0);
      };
      at('step', 0, 'work');
      at('deadline', 5, 'deadline');
      const options = { agenda, clock, choices, mode: 'exploration', maxSteps: 10 } as const;
      await run({ ...options, settle: () => false, allowEarly: () => true });
      return order.join(' ');
    };
    const bounded = new PreemptionBounding({ isFault, mostFaults: 1 });
    const orders: string[] = [];
    for (let choices = bounded.next(); choices !== null; choices = bounded.next()) {
      orders.push(`${await deadlineFirst(choices)}, faults ${bounded.complete === null ? 0 : 1}`);
    }
    expect(orders).toEqual(['work deadline, faults 0', 'deadline work, faults 1']);
  });

  it('says so when a program does not come to the deviation that was planned for it', async () => {
    const long = Array.from({ length: 3 }, (): LaneOperation => ({ kind: 'increment', variable: 'x' }));
    const bounded = new PreemptionBounding({ isFault, mostFaults: 0 });
    const first = bounded.next() as Choices;
    await runOf({ lanes: [long, long], faults: 0 }, first);
    const second = bounded.next() as Choices;
    await runOf({ lanes: [[]], faults: 0 }, second);
    expect(() => bounded.next()).toThrow(Divergence);
  });
});

function firstOf(most: number, explorer: { next(): Choices | null }): { next(): Choices | null } {
  let left = most;
  return {
    next: () => {
      left -= 1;
      return left < 0 ? null : explorer.next();
    },
  };
}
