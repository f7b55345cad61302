/**
 * Faults as choices: exploration reaches each of them, never beyond its budget; each is counted and shown in the trace.
 */

import { describe, expect, it } from 'vitest';
import { explain } from '../../grader/explain/explain.ts';
import {
  distinct,
  eventsOf,
  everyRun,
  invokeFunction,
  look,
  once,
  type SmallLabOptions,
} from '../../grader/fixtures/small-lab.ts';
import type { Downstream } from '../contract/downstream.ts';
import type { Trace } from '../trace.ts';

const ADD_ONCE = 'export const handler = async () => ({ n: await add("a") });';

const adding = (faults: SmallLabOptions['faults'], code = ADD_ONCE): SmallLabOptions =>
  once(code, {
    ...(faults === undefined ? {} : { faults }),
    run: async (context) => {
      const answer = await invokeFunction(context, 'f');
      return { died: typeof answer === 'string', n: await look(context, 'a') };
    },
  });

const told = (trace: Trace) => explain(trace, { headline: 'It went wrong.', hintId: 'any' }).because.join(' ');

describe('without a budget', () => {
  it('there is no fault', async () => {
    const runs = await everyRun(adding(undefined));
    expect(runs.map(({ result, faults }) => ({ ...result, faults }))).toEqual([{ died: false, n: 1, faults: 0 }]);
  });

  it('of more than 0 there is none either', async () => {
    expect(await everyRun(adding({ 'crash-before': 0, 'crash-after': 0, 'answer-lost': 0, deadline: 0 }))).toHaveLength(
      1,
    );
  });
});

describe('a crash before a call', () => {
  it('leaves a call that may or may not have left already, or arrives late', async () => {
    const runs = await everyRun(adding({ 'crash-before': 1 }));
    const crashed = runs.filter(({ faults }) => faults === 1);
    expect(distinct(crashed.map(({ result }) => result))).toEqual([
      { died: true, n: 1 },
      { died: true, n: null },
    ]);
    const late = crashed.filter(({ result }) => result?.n === null);
    expect(late.some((run) => eventsOf(run, 'item-changed').length === 1)).toBe(true);
    expect(late.some((run) => eventsOf(run, 'item-changed').length === 0)).toBe(true);
    for (const run of crashed) expect(told(run.trace)).toContain('crashed');
  });
});

describe('a crash after a call', () => {
  it('leaves a call that took effect, which its sender never learns', async () => {
    const runs = await everyRun(adding({ 'crash-after': 1 }));
    const [crashed, ...others] = runs.filter(({ faults }) => faults === 1);
    expect(others).toEqual([]);
    if (crashed === undefined) throw new Error('there was no crash');
    expect(crashed.result).toEqual({ died: true, n: 1 });
    expect(eventsOf(crashed, 'call-dropped')).toEqual([{ kind: 'call-dropped', call: 'call-2', why: 'sender-died' }]);
    expect(eventsOf(crashed, 'environment-reset')).toMatchObject([{ why: 'crash' }]);
    expect(told(crashed.trace)).toContain('its UpdateItem took effect, but the code never saw its answer');
  });

  it('also ends the calls that were outstanding beside it: they had left, or not', async () => {
    const runs = await everyRun(
      once('export const handler = async () => { await Promise.all([put("a", 1), put("b", 1)]); };', {
        faults: { 'crash-after': 1 },
        run: async (context) => {
          await invokeFunction(context, 'f');
          return { a: await look(context, 'a'), b: await look(context, 'b') };
        },
      }),
    );
    const seen = runs.filter(({ faults }) => faults === 1).map(({ result }) => result);
    expect(distinct(seen)).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: null },
      { a: null, b: 1 },
    ]);
  });
});

describe('a lost answer', () => {
  it('DD-02 makes the SDK send an ADD again, which then counts twice', async () => {
    const runs = await everyRun(adding({ 'answer-lost': 1 }));
    const lost = runs.filter(({ faults }) => faults === 1);
    expect(distinct(lost.map(({ result }) => result))).toEqual([{ died: false, n: 2 }]);
    for (const run of lost) {
      expect(eventsOf(run, 'timer-set')).toHaveLength(1);
      expect(told(run.trace)).toContain("The answer to f#1's UpdateItem");
    }
  });

  it('does not matter to a write that has the same effect when it is repeated', async () => {
    const runs = await everyRun(
      adding({ 'answer-lost': 1 }, 'export const handler = async () => { await put("a", 1); };'),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ died: false, n: 1 }]);
  });

  it('of an Invoke leaves the invoked function running, and drops its answer', async () => {
    const runs = await everyRun({
      functions: {
        a: 'import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda"; export const handler = async () => { await new LambdaClient({}).send(new InvokeCommand({ FunctionName: "b" })); };',
        b: ADD_ONCE,
      },
      faults: { 'answer-lost': 1 },
      run: async (context) => {
        await invokeFunction(context, 'a');
        return { n: await look(context, 'a') };
      },
    });
    expect(runs.every(({ end }) => end === 'quiet')).toBe(true);
    expect(distinct(runs.map(({ result }) => result?.n))).toEqual([1, 2]);
    expect(
      runs.every((run) => eventsOf(run, 'invocation-started').length === eventsOf(run, 'invocation-ended').length),
    ).toBe(true);
  });
});

describe('a budget', () => {
  it('is never exceeded, and crashes of both kinds share one', async () => {
    const faults = { 'crash-before': 1, 'crash-after': 1, 'answer-lost': 1 };
    const runs = await everyRun(
      once('', {
        functions: { f: ADD_ONCE },
        faults,
        run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
      }),
    );
    for (const run of runs) {
      const struck = eventsOf(run, 'fault').map(({ fault }) => fault);
      expect(run.faults).toBe(struck.length);
      expect(struck.filter((fault) => fault.startsWith('crash')).length).toBeLessThanOrEqual(1);
      expect(struck.filter((fault) => fault === 'answer-lost').length).toBeLessThanOrEqual(1);
    }
    expect(Math.max(...runs.map((run) => run.faults))).toBe(2);
    expect(distinct(runs.flatMap((run) => eventsOf(run, 'fault').map(({ fault }) => fault)))).toEqual([
      'answer-lost',
      'crash-after',
      'crash-before',
    ]);
  });

  it('of 2 crashes allows two', async () => {
    const runs = await everyRun(
      once('', {
        functions: { f: ADD_ONCE },
        faults: { 'crash-after': 2 },
        run: async (context) => ({ answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')] }),
      }),
    );
    expect(distinct(runs.map(({ faults }) => faults))).toEqual([0, 1, 2]);
  });
});

describe('a throttled call', () => {
  it('does nothing, and the SDK sends it again after a while', async () => {
    const runs = await everyRun(adding({ throttled: 1 }));
    const throttled = runs.filter(({ faults }) => faults === 1);
    expect(distinct(throttled.map(({ result }) => result))).toEqual([{ died: false, n: 1 }]);
    for (const run of throttled) {
      expect(eventsOf(run, 'timer-set')).toHaveLength(1);
      expect(told(run.trace)).toContain("AWS throttled f#1's UpdateItem");
    }
  });

  it('is told to code that does not let the SDK try again', async () => {
    const runs = await everyRun(
      once(
        'const once = new DynamoDBClient({ maxAttempts: 1 }); export const handler = async () => { try { await once.send(new ddb.PutCommand({ TableName, Item: { id: "a", n: 1 } })); return "ok"; } catch (error) { return error.name; } };',
        { faults: { throttled: 1 }, run: async (context) => ({ answer: await invokeFunction(context, 'f') }) },
      ),
    );
    expect(distinct(runs.map(({ result }) => result?.answer))).toEqual(['ThrottlingException', 'ok']);
  });
});

describe('a call that AWS fails to do', () => {
  it('has done nothing, and is sent again', async () => {
    const runs = await everyRun(adding({ 'failed-before': 1 }));
    expect(runs.map(({ result, faults }) => ({ ...result, faults }))).toContainEqual({ died: false, n: 1, faults: 1 });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ died: false, n: 1 }]);
  });

  it('DD-02 has taken effect all the same, and is sent again: an ADD counts twice', async () => {
    const runs = await everyRun(adding({ 'failed-after': 1 }));
    const failed = runs.filter(({ faults }) => faults === 1);
    expect(distinct(failed.map(({ result }) => result))).toEqual([{ died: false, n: 2 }]);
    for (const run of failed) expect(told(run.trace)).toContain('with a 500, although it took effect');
  });

  it('fails once, before or after, where one failed call is allowed', async () => {
    const runs = await everyRun(adding({ 'failed-before': 1, 'failed-after': 1 }));
    expect(Math.max(...runs.map(({ faults }) => faults))).toBe(1);
  });
});

describe('a slow call', () => {
  const timing = `export const handler = async (_, context) => {
    const before = Date.now();
    await put("a", 1);
    return { tookMs: Date.now() - before, leftMs: context.getRemainingTimeInMillis() };
  };`;

  it('lets time pass for its sender, up to just before the end of the invocation', async () => {
    const runs = await everyRun(
      once(timing, { faults: { slow: 1 }, run: async (context) => ({ answer: await invokeFunction(context, 'f') }) }),
    );
    const slow = runs.filter(({ faults }) => faults === 1).map(({ result }) => result?.answer);
    expect(distinct(slow)).toEqual([{ tookMs: 9_999, leftMs: 1 }]);
    const others = runs.filter(({ faults }) => faults === 0).map(({ result }) => result?.answer);
    expect(distinct(others)).toEqual([{ tookMs: 0, leftMs: 10_000 }]);
    for (const run of runs.filter(({ faults }) => faults === 1))
      expect(told(run.trace)).toContain(
        "f#1's PutItem at step 2 was slow: it was still on its way when its time was nearly over.",
      );
  });
});

describe('a batch that is done in part', () => {
  it('DD-10 leaves the last request undone, and names it', async () => {
    const runs = await everyRun(
      once(
        `export const handler = async () => {
          const requests = ['a', 'b'].map((id) => ({ PutRequest: { Item: { id, n: 1 } } }));
          const { UnprocessedItems } = await documents.send(new ddb.BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
          return UnprocessedItems[TableName] ?? [];
        };`,
        {
          faults: { partial: 1 },
          run: async (context) => {
            const undone = await invokeFunction(context, 'f');
            return { undone, a: await look(context, 'a'), b: await look(context, 'b') };
          },
        },
      ),
    );
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { undone: [], a: 1, b: 1 },
      { undone: [{ PutRequest: { Item: { id: 'b', n: 1 } } }], a: 1, b: null },
    ]);
  });
});

describe('a downstream that refuses', () => {
  const GATE: Downstream = {
    name: 'gate',
    functionNameParameter: 'GateFunctionName',
    serviceTimeMs: 0,
    refusal: { status: 503 },
    ledger: { entered: 0 },
    enter: ({ entered }) => ({ ledger: { entered: Number(entered) + 1 }, answer: { status: 200 } }),
    leave: (ledger) => ({ ledger, answer: null }),
  };
  const asking = (faults: SmallLabOptions['faults']): SmallLabOptions =>
    once(
      `import { LambdaClient, InvokeCommand } from "@aws-sdk/client-lambda";
      const client = new LambdaClient({});
      export const handler = async () => {
        const { Payload } = await client.send(new InvokeCommand({ FunctionName: process.env.DOWNSTREAM, Payload: "{}" }));
        return JSON.parse(Payload.transformToString()).status;
      };`,
      {
        ...(faults === undefined ? {} : { faults }),
        downstreams: [GATE],
        run: async (context) => ({
          status: await invokeFunction(context, 'f'),
          ...(await context.downstream('gate')),
        }),
      },
    );

  it('answers in its own words, and has done nothing', async () => {
    const runs = await everyRun(asking({ refused: 1 }));
    expect(distinct(runs.map(({ result, faults }) => ({ ...result, faults })))).toEqual([
      { status: 200, entered: 1, faults: 0 },
      { status: 503, entered: 0, faults: 1 },
    ]);
    const [refused] = runs.filter(({ faults }) => faults === 1);
    expect(refused && told(refused.trace)).toContain('The system that f#1 called at step 2 refused the request');
  });

  it('answers everything without a budget', async () => {
    expect((await everyRun(asking(undefined))).map(({ result }) => result)).toEqual([{ status: 200, entered: 1 }]);
  });
});

describe('a call that its sender gives up', () => {
  const PATIENCE_MS = 2_000;
  const TIMEOUT_MS = 10_000;
  const LATER_MS = 11 * 60_000;
  const givingUp = (faults: SmallLabOptions['faults'], client = 'documents'): SmallLabOptions =>
    once(
      `const slowly = ddb.DynamoDBDocumentClient.from(new DynamoDBClient({}));
      slowly.middlewareStack.add((next) => (args) => next(args), { step: 'build', name: 'any' });
      export const handler = async () => {
        const command = new ddb.PutCommand({ TableName, Item: { id: 'a', n: 1 } });
        try { await ${client}.send(command, { abortSignal: AbortSignal.timeout(${PATIENCE_MS}) }); return 'done'; }
        catch (error) { return error.name; }
      };`,
      {
        ...(faults === undefined ? {} : { faults }),
        run: async (context) => {
          const answer = await invokeFunction(context, 'f');
          const first = await look(context, 'a');
          await context.sleep(LATER_MS);
          return { answer, first, later: await look(context, 'a') };
        },
      },
    );
  const writtenAt = (run: { readonly trace: Trace }): readonly number[] =>
    run.trace.flatMap(({ event, atMs }) => (event.kind === 'item-changed' ? [atMs] : []));

  it.each(['documents', 'slowly'])(
    'has left by then, or never leaves, and arrives while its invocation could have run (%s)',
    async (client) => {
      const runs = await everyRun(givingUp(undefined, client));
      expect(distinct(runs.map(({ result }) => result))).toEqual([
        { answer: 'AbortError', first: 1, later: 1 },
        { answer: 'AbortError', first: null, later: 1 },
        { answer: 'AbortError', first: null, later: null },
        { answer: 'done', first: 1, later: 1 },
      ]);
      expect(Math.max(...runs.flatMap(writtenAt))).toBeLessThanOrEqual(TIMEOUT_MS);
      expect(distinct(runs.map(({ faults }) => faults))).toEqual([0]);
    },
  );

  it('arrives after that only if it is slow, which costs a fault', async () => {
    const runs = await everyRun(givingUp({ slow: 1 }));
    const late = runs.filter((run) => writtenAt(run).some((atMs) => atMs > TIMEOUT_MS));
    expect(late.length).toBeGreaterThan(0);
    expect(distinct(late.map(({ faults }) => faults))).toEqual([1]);
    for (const run of late) expect(told(run.trace)).toContain("f#1's PutItem");
  });

  it('is answered to nobody, and leaves nothing behind for the next invocation', async () => {
    const runs = await everyRun({
      ...givingUp(undefined),
      run: async (context) => ({
        answers: [await invokeFunction(context, 'f'), await invokeFunction(context, 'f')],
      }),
    });
    expect(runs.every(({ end }) => end === 'quiet')).toBe(true);
    const why = runs.flatMap((run) => eventsOf(run, 'call-dropped').map((dropped) => dropped.why));
    expect(distinct(why)).toEqual(['sender-gave-up']);
  });
});
