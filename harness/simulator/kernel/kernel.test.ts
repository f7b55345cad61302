/**
 * The laws of the kernel, as properties: order, replay, exhaustive choices, virtual time, and that every run ends.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda, type AgendaKind } from './agenda.ts';
import { type Choices, Divergence, Exhaustive, inOrder, replay, seeded } from './choices.ts';
import { type RunEnd, run } from './run.ts';

interface Done {
  readonly lane: string;
  readonly atMs: number;
  readonly step: number;
}

/** Lanes that do `steps` things one after the other, each as soon as the one before is done. */
async function runLanes(
  lanes: readonly number[],
  choices: Choices,
  maxSteps = 1_000,
): Promise<{ log: Done[]; end: RunEnd }> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  const log: Done[] = [];
  const next = (lane: string, left: number): void => {
    if (left === 0) return;
    const event = {
      kind: 'step',
      atMs: clock.nowMs,
      lane,
      label: lane,
      cause: null,
    } as const;
    agenda.schedule(
      {
        ...event,
        run: () => {
          log.push({ lane, atMs: clock.nowMs, step: clock.step });
          next(lane, left - 1);
        },
      },
      clock.nowMs,
      clock.step,
    );
  };
  lanes.forEach((steps, index) => {
    next(`lane-${index}`, steps);
  });
  const { end } = await run({
    agenda,
    clock,
    choices,
    mode: 'exploration',
    maxSteps,
    settle: () => false,
    allowEarly: () => false,
  });
  return { log, end };
}

/** Every interleaving of these lanes, as the order in which lanes acted. */
async function allOrders(lanes: readonly number[]): Promise<string[]> {
  const exhaustive = new Exhaustive();
  const orders: string[] = [];
  for (let choices = exhaustive.next(); choices !== null; choices = exhaustive.next()) {
    const { log } = await runLanes(lanes, choices);
    orders.push(log.map(({ lane }) => lane).join(' '));
  }
  return orders;
}

function multinomial(lanes: readonly number[]): number {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return lanes.reduce(
    (product, steps) => product / factorial(steps),
    factorial(lanes.reduce((sum, steps) => sum + steps, 0)),
  );
}

const smallLanes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

describe('exhaustive choices', () => {
  it('visit 20 schedules of two lanes of three steps', async () => {
    expect(new Set(await allOrders([3, 3])).size).toBe(20);
  });

  it('visit 1,680 schedules of three lanes of three steps', async () => {
    const orders = await allOrders([3, 3, 3]);
    expect(orders).toHaveLength(1_680);
    expect(new Set(orders).size).toBe(1_680);
  });

  it('visit each interleaving exactly once, as many as the multinomial says', async () => {
    await fc.assert(
      fc.asyncProperty(smallLanes, async (lanes) => {
        const orders = await allOrders(lanes);
        expect(new Set(orders).size).toBe(orders.length);
        expect(orders).toHaveLength(Math.round(multinomial(lanes)));
      }),
      { numRuns: 40 },
    );
  });

  it('say so when a run offers other choices than it did before', async () => {
    const exhaustive = new Exhaustive();
    exhaustive.next()?.pick('first', 2);
    const second = exhaustive.next();
    expect(() => second?.pick('first', 3)).toThrow(Divergence);
  });
});

describe('a record of choices', () => {
  it('replays to the same run', async () => {
    await fc.assert(
      fc.asyncProperty(smallLanes, fc.integer(), async (lanes, seed) => {
        const original = seeded(seed);
        const first = await runLanes(lanes, original);
        const again = await runLanes(lanes, replay(original.record.map(({ chosen }) => chosen)));
        expect(JSON.stringify(again)).toBe(JSON.stringify(first));
      }),
    );
  });

  it('that does not fit its run is a divergence, at its position', async () => {
    const attempt = runLanes([1, 1], replay([7]));
    await expect(attempt).rejects.toMatchObject({ name: 'Divergence', position: 0 });
  });

  it('of equal seeds is equal', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer({ min: 2, max: 9 })), (seed, questions) => {
        const draw = (choices: Choices): number[] => questions.map((of) => choices.pick('q', of));
        expect(draw(seeded(seed))).toEqual(draw(seeded(seed)));
      }),
    );
  });

  it('holds no question that had one option', () => {
    const choices = inOrder();
    expect(choices.pick('no choice', 1)).toBe(0);
    expect(choices.record).toEqual([]);
  });
});

describe('the ordinary course', () => {
  it('lets the lane that acted go on', async () => {
    const { log } = await runLanes([2, 2], inOrder());
    expect(log.map(({ lane }) => lane)).toEqual(['lane-0', 'lane-0', 'lane-1', 'lane-1']);
  });
});

interface Planned {
  readonly kind: AgendaKind;
  readonly atMs: number;
}

const plan = fc.array(
  fc.record({ kind: fc.constantFrom<AgendaKind>('step', 'sleep', 'deadline'), atMs: fc.integer({ min: 0, max: 20 }) }),
  { maxLength: 12 },
);

async function runPlan(
  events: readonly Planned[],
  choices: Choices,
  mode: 'exploration' | 'timed',
): Promise<{ order: { index: number; atMs: number; nowMs: number; kind: AgendaKind }[]; end: RunEnd }> {
  const agenda = new Agenda();
  const clock = { nowMs: 0, step: 0, preemptions: 0 };
  const order: { index: number; atMs: number; nowMs: number; kind: AgendaKind }[] = [];
  events.forEach(({ kind, atMs }, index) => {
    const event = { kind, atMs, lane: `lane-${index}`, label: '', cause: null };
    agenda.schedule({ ...event, run: () => order.push({ index, atMs, nowMs: clock.nowMs, kind }) }, 0, 0);
  });
  const { end } = await run({
    agenda,
    clock,
    choices,
    mode,
    maxSteps: 100,
    settle: () => false,
    allowEarly: () => false,
  });
  return { order, end };
}

describe('virtual time', () => {
  it('in timed runs follows (time, sequence number) when choices are in order', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (events) => {
        const { order } = await runPlan(events, inOrder(), 'timed');
        const expected = [...order].sort((a, b) => a.atMs - b.atMs || a.index - b.index);
        expect(order.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
        expect(order.every(({ atMs, nowMs }) => atMs === nowMs)).toBe(true);
      }),
    );
  });

  it('never goes back, whatever is chosen, and everything happens once', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.integer(), async (events, seed) => {
        const { order, end } = await runPlan(events, seeded(seed), 'exploration');
        expect(end).toBe('quiet');
        expect(order).toHaveLength(events.length);
        expect(order.every(({ nowMs }, i) => nowMs >= (order[i - 1]?.nowMs ?? 0))).toBe(true);
        expect(order.every(({ atMs, nowMs }) => nowMs >= atMs)).toBe(true);
      }),
    );
  });

  it('may pass a sleep while a call is outstanding, but passes no deadline without a fault', async () => {
    const orders = async (kind: AgendaKind): Promise<string[]> => {
      const exhaustive = new Exhaustive();
      const seen: string[] = [];
      for (let choices = exhaustive.next(); choices !== null; choices = exhaustive.next()) {
        const { order } = await runPlan(
          [
            { kind: 'step', atMs: 0 },
            { kind, atMs: 5 },
          ],
          choices,
          'exploration',
        );
        seen.push(order.map((event) => event.kind).join(' '));
      }
      return seen;
    };
    expect(await orders('sleep')).toEqual(['step sleep', 'sleep step']);
    expect(await orders('deadline')).toEqual(['step deadline']);
  });

  it('refuses an event in the past', () => {
    const event = {
      kind: 'step',
      atMs: 3,
      lane: 'a',
      label: 'late',
      cause: null,
      run: () => {},
    } as const;
    expect(() => new Agenda().schedule(event, 4, 0)).toThrow('«late» was scheduled into the past: 3 < 4 ms');
  });
});

describe('every run ends', () => {
  it('with the step cap, when a lane never does', async () => {
    const { end, log } = await runLanes([Number.POSITIVE_INFINITY], inOrder(), 50);
    expect(end).toBe('step-cap');
    expect(log).toHaveLength(50);
  });
});
