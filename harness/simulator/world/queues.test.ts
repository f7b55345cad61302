/**
 * From a queue to a function and back: event source mappings in a world, with every order of their steps.
 */

import { ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { findingOfRun } from '../../grader/findings/run-finding.ts';
import {
  ADD_EACH,
  left,
  mostInvocationsAtOnce,
  queueLab,
  redriveAfter,
  rest,
  sendOrder,
  sendTwo,
  story,
  told,
} from '../../grader/fixtures/queue-lab.ts';
import { distinct, eventsOf, everyRun, look, runOnce } from '../../grader/fixtures/small-lab.ts';
import { inOrder } from '../kernel/choices.ts';

describe('a message', () => {
  it('SE-01 goes to the function and is deleted when it has returned', async () => {
    const runs = await everyRun(queueLab(ADD_EACH));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0, n: 1 }]);
    expect(runs.map(story)).toEqual([['sent', 'received', 'deleted']]);
  });

  it('SE-08 comes back after the visibility timeout when the function failed, and not before', async () => {
    const failsOnce = 'export const handler = async () => { if (await add("a") === 1) throw new Error("not now"); };';
    const runs = await everyRun(queueLab(failsOnce));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0, n: 2 }]);
    expect(runs.map(story)).toEqual([['sent', 'received', 'visible-again', 'received', 'deleted']]);
    const [run] = runs;
    expect(run?.trace.find(({ event }) => event.kind === 'message-visible-again')?.atMs).toBe(60_000);
  });

  it('SE-08 whose function fails each time ends in the dead-letter queue', async () => {
    const runs = await everyRun(
      queueLab('export const handler = async () => { throw new Error("poison"); };', {
        queue: redriveAfter(2),
        run: async (context) => {
          await sendOrder(context, 'a');
          await rest(context);
          return { left: await left(context), dead: await left(context, 'dead') };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ dead: 1, left: 0 }]);
    for (const run of runs) expect(eventsOf(run, 'invocation-started')).toHaveLength(2);
  });

  it('comes back when the function crashed before or after its call', async () => {
    const runs = await everyRun(queueLab(ADD_EACH, { faults: { 'crash-after': 1 } }));
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { left: 0, n: 1 },
      { left: 0, n: 2 },
    ]);
  });
});

describe('a message that fails for ever', () => {
  it('and has no dead-letter queue ends the grading with a message about that', async () => {
    const poison = queueLab('export const handler = async () => { throw new Error("poison"); };');
    const finding = findingOfRun(await runOnce(poison, inOrder()));
    expect(finding?.message).toMatch(
      /Message 1 of the queue orders was received [\d,]+ times and comes back each time/,
    );
    expect(finding?.message).toContain('Give the queue a RedrivePolicy');
  });
});

describe('a batch', () => {
  it('SE-02 holds the messages that are visible at its receive: one batch of two, or two batches of one', async () => {
    const runs = await everyRun(
      queueLab('export const handler = async (event) => { await put("a", event.Records.length); };', {
        run: async (context) => {
          await sendOrder(context, 'a');
          await sendOrder(context, 'b');
          await rest(context);
          return { left: await left(context) };
        },
      }),
    );
    const sizes = runs.map((run) => eventsOf(run, 'invocation-started').map(({ payload }) => recordsIn(payload)));
    expect(distinct(sizes)).toEqual([[1, 1], [2]]);
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0 }]);
  });

  it('SE-01 runs beside other batches: two handlers meet in every order', async () => {
    const loses = 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); };';
    const runs = await everyRun(
      queueLab(loses, {
        mapping: ', BatchSize: 1',
        run: async (context) => {
          await sendTwo(context);
          await rest(context);
          return { n: await look(context, 'a'), left: await left(context) };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { left: 0, n: 1 },
      { left: 0, n: 2 },
    ]);
    expect(runs.length).toBeLessThan(60);
  });

  it('SE-03 waits for its window, which passes like a sleep', async () => {
    const runs = await everyRun(
      queueLab('export const handler = async (event) => { await put("a", event.Records.length); };', {
        mapping: ', BatchSize: 100, MaximumBatchingWindowInSeconds: 20',
        run: async (context) => {
          await sendOrder(context, 'a');
          await sendOrder(context, 'b');
          await rest(context);
          return { n: await look(context, 'a'), left: await left(context) };
        },
      }),
    );
    expect(runs.some(({ result }) => result?.n === 2)).toBe(true);
    expect(runs.every(({ result }) => result?.left === 0)).toBe(true);
    for (const { trace } of runs)
      expect(trace.find(({ event }) => event.kind === 'invocation-started')?.atMs).toBe(20_000);
  });

  it('SE-12 deletes what a partial answer does not name', async () => {
    const partial = `export const handler = async (event) => {
      const n = await add('a');
      return { batchItemFailures: n === 1 ? [{ itemIdentifier: event.Records[0].messageId }] : [] };
    };`;
    const runs = await everyRun(
      queueLab(partial, {
        mapping: ', FunctionResponseTypes: [ReportBatchItemFailures]',
        run: async (context) => {
          await sendTwo(context);
          await rest(context);
          return { n: await look(context, 'a'), left: await left(context) };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0, n: 2 }]);
    expect(runs.map(story)).toEqual([
      ['sent', 'sent', 'received', 'received', 'deleted', 'visible-again', 'received', 'deleted'],
    ]);
  });
});

describe('a standard queue', () => {
  it('SQ-09 may deliver a message a second time, during its processing or afterwards', async () => {
    const runs = await everyRun(queueLab(ADD_EACH, { faults: { duplicate: 1 } }));
    expect(distinct(runs.map(({ faults, result }) => ({ faults, ...result })))).toEqual([
      { faults: 0, left: 0, n: 1 },
      { faults: 1, left: 0, n: 2 },
    ]);
    const twice = runs.filter(({ faults }) => faults === 1);
    expect(twice.map(({ trace }) => mostInvocationsAtOnce(trace))).toContain(2);
    expect(twice.map(({ trace }) => mostInvocationsAtOnce(trace))).toContain(1);
    for (const run of twice) expect(told(run)).toContain('once more');
  });

  it('SQ-09 may hand out a later message first, within a budget', async () => {
    const runs = await everyRun(
      queueLab('export const handler = async (event) => { await put(event.Records[0].body, await add("turn")); };', {
        mapping: ', BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 }',
        faults: { reorder: 1 },
        run: async (context) => {
          await sendTwo(context);
          await rest(context);
          return {};
        },
      }),
    );
    const first = runs.map((run) => [run.faults, eventsOf(run, 'message-received')[0]?.messageId]);
    expect(distinct(first)).toHaveLength(2);
    for (const run of runs.filter(({ faults }) => faults === 1))
      expect(told(run)).toContain('handed out message 2 first');
  });
});

describe('a delete', () => {
  it('SE-01 that comes after the visibility timeout finds the message handed out again', async () => {
    const runs = await everyRun(queueLab(ADD_EACH, { faults: { deadline: 1 } }));
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { left: 0, n: 1 },
      { left: 0, n: 2 },
    ]);
    const late = runs.filter(({ result }) => result?.n === 2);
    expect(late.some((run) => told(run).includes('was not deleted within the visibility timeout'))).toBe(true);
  });
});

describe('a mapping that is not enabled', () => {
  it('SE-17 leaves messages where they are, and the run comes to rest', async () => {
    const runs = await everyRun(queueLab(ADD_EACH, { mapping: ', Enabled: false' }));
    expect(runs.map(({ end, result }) => ({ end, ...result }))).toEqual([{ end: 'quiet', left: 1, n: null }]);
  });
});

describe('a mapping that a scenario enables or creates', () => {
  it('SE-17 takes the messages that the queue already holds', async () => {
    const runs = await everyRun(
      queueLab(ADD_EACH, {
        mapping: ', Enabled: false',
        run: async (context) => {
          await sendOrder(context, 'a');
          const { lambda } = context.clients;
          const { EventSourceMappings = [] } = await lambda.send(
            new ListEventSourceMappingsCommand({ FunctionName: 'f' }),
          );
          const [mapping] = EventSourceMappings;
          const { State } = await lambda.send(
            new UpdateEventSourceMappingCommand({ UUID: mapping?.UUID, Enabled: true }),
          );
          await rest(context);
          return { State, was: mapping?.State, n: await look(context, 'a'), left: await left(context) };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ State: 'Enabling', left: 0, n: 1, was: 'Disabled' }]);
  });
});

describe('at rest', () => {
  it('a scenario goes on, and its next acts are part of the same run', async () => {
    const runs = await everyRun(
      queueLab(ADD_EACH, {
        run: async (context) => {
          await sendOrder(context, 'a');
          await rest(context);
          const before = await look(context, 'a');
          await sendOrder(context, 'a');
          await rest(context);
          return { before, after: await look(context, 'a') };
        },
      }),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ after: 2, before: 1 }]);
  });
});

function recordsIn(payload: unknown): number {
  return (payload as { readonly Records: readonly unknown[] }).Records.length;
}
