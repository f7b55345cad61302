/**
 * The world with real handlers: the possible orders of calls and timers, and the reasons for which a run ends early.
 *
 * Each test explores every schedule of a small scenario, so it checks what can happen as well as what never does.
 */

import { describe, expect, it } from 'vitest';
import {
  answersOf,
  distinct,
  eventsOf,
  everyRun,
  invokeFunction,
  look,
  once,
  runOnce,
} from '../../grader/fixtures/small-lab.ts';
import { inOrder } from '../kernel/choices.ts';

describe('calls', () => {
  it('of one invocation that are outstanding together are applied and answered in every order', async () => {
    const runs = await everyRun(
      once(
        'export const handler = async () => { const done = []; const one = async (id) => { await put(id, 1); done.push(id); }; await Promise.all([one("a"), one("b")]); return done.join(""); };',
      ),
    );
    // Two calls with two points each: 4! / (2! · 2!) orders.
    expect(runs).toHaveLength(6);
    const orders = runs.map((run) => [
      eventsOf(run, 'call-applied').flatMap(({ operation, call }) => (operation === 'PutItem' ? [call] : [])),
      run.result?.answer,
    ]);
    expect(distinct(orders)).toHaveLength(4);
    expect(runs.every(({ end }) => end === 'quiet')).toBe(true);
  });

  it('that a handler awaits one after the other have one order', async () => {
    expect(
      await everyRun(once('export const handler = async () => { await put("a", 1); await put("b", 1); return 0; };')),
    ).toHaveLength(1);
  });

  it('of two invocations with three points each interleave in 20 orders', async () => {
    const runs = await everyRun({
      functions: {
        f: 'export const handler = async () => { const n = await get("a"); await put("a", (n ?? 0) + 1); return 0; };',
      },
      run: async (context) => {
        await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
        return { n: await look(context, 'a') };
      },
    });
    // Each has three points: Invoke, get and put. 6! / (3! · 3!).
    expect(runs).toHaveLength(20);
    expect(distinct(runs.map(({ result }) => result?.n))).toEqual([1, 2]);
  });
});

describe('the clock', () => {
  it('moves past sleeps while a call is outstanding, so a random sleep before the read proves nothing', async () => {
    const runs = await everyRun({
      functions: {
        f: 'export const handler = async () => { await sleep(Math.random() * 100); const n = await get("a"); await put("a", (n ?? 0) + 1); return 0; };',
      },
      run: async (context) => {
        await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
        return { n: await look(context, 'a') };
      },
    });
    expect(distinct(runs.map(({ result }) => result?.n))).toEqual([1, 2]);
    expect(runs.every(({ faults }) => faults === 0)).toBe(true);
  });

  it('passes no deadline while a call is outstanding, unless the budget has such a fault', async () => {
    const code = 'export const handler = async () => { await put("a", 1); return "in time"; };';
    expect((await everyRun(once(code))).map(({ result }) => result)).toEqual([{ answer: 'in time' }]);
    const runs = await everyRun(once(code, { faults: { deadline: 1 } }));
    const late = runs.filter(({ faults }) => faults === 1);
    expect(late.length).toBeGreaterThan(0);
    for (const run of late) {
      expect(run.result?.answer).toMatch(/^Sandbox\.Timedout/);
      expect(eventsOf(run, 'fault')).toEqual([{ kind: 'fault', fault: 'deadline', invocation: 'f#1' }]);
    }
    // The slow call may still arrive after its sender has ended, or it may never have left.
    expect(distinct(late.map((run) => eventsOf(run, 'item-changed').length))).toEqual([0, 1]);
  });
});

describe('a run that would show nothing more', () => {
  it('ends at once when code waits for something that can never happen', async () => {
    const [run, ...others] = await everyRun(once('export const handler = () => new Promise(() => {});'));
    expect(others).toEqual([]);
    expect(run?.end).toBe('finding');
    expect(run?.trace.at(-1)?.event).toMatchObject({ kind: 'stalled', invocation: 'f#1' });
  });

  it('ends at a request that is not simulated, even if the handler catches the error', async () => {
    const [run] = await everyRun(
      once(
        'export const handler = async () => { try { await documents.send(new ddb.ExecuteStatementCommand({ Statement: "SELECT" })); } catch { return "fine"; } };',
      ),
    );
    expect(run?.end).toBe('finding');
    expect(run?.trace.at(-1)?.event).toMatchObject({ kind: 'refused' });
  });

  it('ends when code uses something that a realm does not have, even if the handler catches the error', async () => {
    const [run] = await everyRun(
      once(
        'export const handler = async () => { try { await fetch("https://example.com"); } catch {} return "fine"; };',
      ),
    );
    expect(run?.end).toBe('finding');
    expect(run?.trace.at(-1)?.event).toMatchObject({ kind: 'refused' });
  });

  it('ends at the limit of steps when a retry has no end', async () => {
    const run = await runOnce(once('export const handler = async () => { for (;;) await get("a"); };'), inOrder());
    expect(run.end).toBe('step-cap');
  });
});

describe('functions that invoke functions', () => {
  const client =
    'import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda"; const lambda = new LambdaClient({}); const call = (name) => lambda.send(new InvokeCommand({ FunctionName: name, Payload: "{}" }));';

  it('wait for each other’s answers', async () => {
    const runs = await everyRun({
      functions: {
        a: `${client} export const handler = async () => { const { Payload } = await call('b'); return { b: JSON.parse(Payload.transformToString()) }; };`,
        b: 'export const handler = async () => ({ n: await add("x") });',
      },
      run: async (context) => ({ answer: await invokeFunction(context, 'a') }),
    });
    expect(runs.map(({ result }) => result)).toEqual([{ answer: { b: { n: 1 } } }]);
  });

  it('LS-02 LS-13 are refused beyond a reservation', async () => {
    const runs = await everyRun({
      functions: { f: { code: 'export const handler = async () => { await get("a"); return "done"; };', reserved: 1 } },
      run: async (context) => ({ answers: await Promise.all([1, 2, 3].map(() => invokeFunction(context, 'f'))) }),
    });
    const throttled = (run: (typeof runs)[number]) => eventsOf(run, 'invocation-throttled').length;
    expect(distinct(runs.map(throttled))).toEqual([0, 1, 2]);
    for (const run of runs) {
      const answers = answersOf(run);
      expect(answers.filter((answer) => answer === 'TooManyRequestsException: Rate Exceeded.')).toHaveLength(
        throttled(run),
      );
    }
  });

  it('LS-15 are retried by the SDK in virtual time when they were throttled', async () => {
    const runs = await everyRun({
      functions: {
        a: `${client} export const handler = async () => (await call('b')).StatusCode;`,
        b: { code: 'export const handler = async () => { await sleep(30); return 0; };', reserved: 1 },
      },
      run: async (context) => ({
        answers: await Promise.all([invokeFunction(context, 'a'), invokeFunction(context, 'b')]),
      }),
    });
    const retried = runs.filter((run) => eventsOf(run, 'invocation-throttled').length > 0);
    expect(retried.length).toBeGreaterThan(0);
    expect(retried.some((run) => eventsOf(run, 'timer-fired').length > 1)).toBe(true);
    expect(retried.some((run) => answersOf(run)[0] === 200)).toBe(true);
    expect(runs.every(({ end }) => end === 'quiet')).toBe(true);
  });

  it('LS-07 cannot run at all with a reservation of 0', async () => {
    const [run] = await everyRun(
      once('', { functions: { f: { code: 'export const handler = async () => 1;', reserved: 0 } } }),
    );
    expect(run?.result?.answer).toBe('TooManyRequestsException: Rate Exceeded.');
  });
});
