/**
 * Laws of queues, mappings and events that hold in every schedule and under every fault, tested on random schedules.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../course/lab.ts';
import {
  left,
  mostInvocationsAtOnce,
  queueLab,
  redriveAfter,
  rest,
  sendOrder,
} from '../../grader/fixtures/queue-lab.ts';
import { eventsOf, type SmallLabOptions, withRunner } from '../../grader/fixtures/small-lab.ts';
import { runScenario } from '../../scenario/run-scenario.ts';
import { seeded } from '../kernel/choices.ts';
import type { TraceEvent } from '../trace.ts';
import type { WorldRun } from '../world.ts';

const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

function runsOf(options: SmallLabOptions): Promise<readonly WorldRun<Observation>[]> {
  return withRunner(options, async (runner) => {
    const runs: WorldRun<Observation>[] = [];
    for (const seed of SEEDS) runs.push(await runScenario(runner, seeded(seed), 'explore').done);
    return runs;
  });
}

/** Counts good orders, fails at bad ones, and fails at orders of a third kind the first time. */
const HANDLER = `export const handler = async (event) => {
  for (const { body } of event.Records) {
    const n = await add(body);
    if (body === 'bad' || (body === 'shy' && n === 1)) throw new Error(body);
  }
};`;

const BODIES = ['good', 'bad', 'shy'];

const LAB = queueLab('', {
  functions: { f: { code: HANDLER, reserved: 2 } },
  queue: redriveAfter(3),
  mapping: ', BatchSize: 1',
  faults: { 'crash-after': 1, duplicate: 1, deadline: 1, reorder: 1 },
  run: async (context) => {
    await Promise.all(BODIES.map((body) => sendOrder(context, body)));
    await rest(context);
    return { left: await left(context), dead: await left(context, 'dead') };
  },
});

/** What happened to each message, by id. */
function byMessage(run: WorldRun<Observation>): Map<string, readonly TraceEvent[]> {
  const events = run.trace.flatMap(({ event }) => ('messageId' in event ? [event] : []));
  return Map.groupBy(events, ({ messageId }) => messageId);
}

describe('in any schedule', () => {
  it('every message is deleted or dead at rest, and no function exceeds its reserved concurrency', async () => {
    const runs = await runsOf(LAB);
    for (const run of runs) {
      expect(run.end).toBe('quiet');
      expect(run.result?.left).toBe(0);
      expect(mostInvocationsAtOnce(run.trace)).toBeLessThanOrEqual(2);
      const ends = [...byMessage(run).values()].map((events) => events.at(-1)?.kind);
      expect(ends).toHaveLength(BODIES.length);
      for (const end of ends) expect(['message-deleted', 'message-dead-lettered']).toContain(end);
    }
    expect(Math.max(...runs.map(({ faults }) => faults))).toBeGreaterThan(2);
  });

  it('SQ-26 a message is received at most as often as its queue allows, plus once for each duplicate', async () => {
    for (const run of await runsOf(LAB)) {
      const twice = eventsOf(run, 'fault').filter(({ fault }) => fault === 'duplicate').length;
      for (const events of byMessage(run).values()) {
        const receives = events.filter(({ kind }) => kind === 'message-received').length;
        const isDead = events.some(({ kind }) => kind === 'message-dead-lettered');
        expect(receives).toBeLessThanOrEqual(3 + twice);
        if (isDead) expect(receives).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('LA-03 LA-08 every event ends exactly once, plus once for each duplicate', async () => {
    const runs = await runsOf({
      functions: {
        f: {
          code: 'export const handler = async ({ body }) => { await add(body); if (body === "bad") throw new Error(body); };',
          reserved: 1,
        },
      },
      faults: { 'crash-after': 1, duplicate: 1 },
      run: async (context) => {
        for (const body of BODIES) {
          const Payload = new TextEncoder().encode(JSON.stringify({ body }));
          await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload }));
        }
        await rest(context);
        return {};
      },
    });
    for (const run of runs) {
      expect(run.end).toBe('quiet');
      const succeeded = eventsOf(run, 'invocation-ended').filter(({ outcome }) => outcome.kind === 'returned').length;
      const discarded = eventsOf(run, 'event-discarded').length;
      const twice = eventsOf(run, 'fault').filter(({ fault }) => fault === 'duplicate').length;
      expect(succeeded + discarded).toBe(BODIES.length + twice);
    }
  });
});
