/**
 * Mappings and concurrency limits: the cost of a throttle, and what MaximumConcurrency prevents.
 */

import { describe, expect, it } from 'vitest';
import {
  ADD_EACH,
  left,
  mostInvocationsAtOnce,
  queueLab,
  redriveAfter,
  rest,
  sendOrder,
} from '../../grader/fixtures/queue-lab.ts';
import { distinct, eventsOf, everyRun, look, runOnce, type SmallLabOptions } from '../../grader/fixtures/small-lab.ts';
import { seeded } from '../kernel/choices.ts';

describe('throttling', () => {
  it('SE-11 the mapping retries until the message is back in the queue, and its receive count has grown', async () => {
    const runs = await everyRun(
      queueLab('', {
        functions: { f: { code: ADD_EACH, reserved: 0 } },
        queue: redriveAfter(2),
        run: async (context) => {
          await sendOrder(context, 'a');
          await rest(context);
          return { left: await left(context), dead: await left(context, 'dead') };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ dead: 1, left: 0 }]);
    for (const run of runs) {
      expect(eventsOf(run, 'invocation-started')).toEqual([]);
      expect(eventsOf(run, 'message-received').map(({ receiveCount }) => receiveCount)).toEqual([1, 2]);
    }
  });

  it('SE-10 MaximumConcurrency takes no message that it has no capacity for', async () => {
    const runs = await everyRun(
      queueLab(ADD_EACH, {
        mapping: ', BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 }',
        run: async (context) => {
          for (const body of ['a', 'a', 'a']) await sendOrder(context, body);
          await rest(context);
          return { n: await look(context, 'a'), left: await left(context) };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0, n: 3 }]);
    for (const { trace } of runs) expect(mostInvocationsAtOnce(trace)).toBeLessThanOrEqual(2);
    expect(Math.max(...runs.map(({ trace }) => mostInvocationsAtOnce(trace)))).toBe(2);
  });
});

describe('fifty messages and a handler of ten seconds, in timed runs', () => {
  const slow = (mapping: string, reserved: number): SmallLabOptions =>
    queueLab('', {
      functions: {
        f: { code: 'export const handler = async (event) => { await sleep(10_000); };', reserved, timeoutS: 15 },
      },
      queue: redriveAfter(1),
      mapping: `, BatchSize: 1${mapping}`,
      plan: { mode: 'timed', seeds: [1] },
      run: async (context) => {
        await Promise.all(Array.from({ length: 50 }, (_, index) => sendOrder(context, `order ${index}`)));
        await rest(context);
        return { left: await left(context), dead: await left(context, 'dead') };
      },
    });

  it('SE-11 a reservation of 1 sends messages to the dead-letter queue that were never processed', async () => {
    const run = await runOnce(slow('', 1), seeded(1));
    const started = eventsOf(run, 'invocation-started').length;
    expect(run.result?.left).toBe(0);
    expect(run.result?.dead).toBe(50 - started);
    expect(run.result?.dead).toBeGreaterThan(10);
    expect(mostInvocationsAtOnce(run.trace)).toBe(1);
  });

  it('SE-09 SE-10 MaximumConcurrency processes all of them, never three at once', async () => {
    const run = await runOnce(slow(', ScalingConfig: { MaximumConcurrency: 2 }', 2), seeded(1));
    expect(run.result).toEqual({ dead: 0, left: 0 });
    expect(eventsOf(run, 'invocation-started')).toHaveLength(50);
    expect(mostInvocationsAtOnce(run.trace)).toBe(2);
  });
});
