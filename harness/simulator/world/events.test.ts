/**
 * Asynchronous events and downstreams in a world, with every order of their steps.
 */

import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Downstream, ScenarioContext } from '../../course/lab.ts';
import { rest, told } from '../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyRun,
  invokeFunction,
  look,
  type SmallLabOptions,
} from '../../grader/fixtures/small-lab.ts';
import type { Trace, TraceEvent } from '../trace.ts';

const sendEvent = ({ clients }: ScenarioContext, FunctionName = 'f') =>
  clients.lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: new Uint8Array() }));

const QUEUES = `  Failed:
    Type: AWS::SQS::Queue
    Properties: { QueueName: failed }
  Settings:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref f
      Qualifier: $LATEST
      MaximumRetryAttempts: 1
      DestinationConfig: { OnFailure: { Destination: !GetAtt Failed.Arn } }
`;

/** The contents of the queue `failed`. */
async function failed({ clients }: ScenarioContext): Promise<readonly unknown[]> {
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/failed';
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(
    ({ Body = '' }) => (JSON.parse(Body) as { requestContext: { condition: string } }).requestContext,
  );
}

const ADD = 'export const handler = async () => { await add("a"); };';

const events = (code: string, more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: code },
  run: async (context) => {
    const { StatusCode } = await sendEvent(context);
    await rest(context);
    return { StatusCode, n: await look(context, 'a') };
  },
  ...more,
});

describe('an event', () => {
  it('LA-01 is answered before it runs', async () => {
    const runs = await everyRun(events(ADD));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ StatusCode: 202, n: 1 }]);
    const [run] = runs;
    const order = run?.trace.map(({ event }) => event.kind) ?? [];
    expect(order.indexOf('call-answered')).toBeLessThan(order.indexOf('invocation-started'));
  });

  it('LA-01 has no order relative to another event', async () => {
    const runs = await everyRun({
      functions: { f: 'export const handler = async ({ id }) => { await put("last", id); };' },
      run: async (context) => {
        for (const id of [1, 2]) {
          const Payload = new TextEncoder().encode(JSON.stringify({ id }));
          await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload }));
        }
        await rest(context);
        return { last: await look(context, 'last') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ last: 1 }, { last: 2 }]);
  });

  it('LA-03 runs a second time within a budget, during or after the first', async () => {
    const runs = await everyRun(events(ADD, { faults: { duplicate: 1 } }));
    expect(distinct(runs.map(({ faults, result }) => ({ faults, n: result?.n })))).toEqual([
      { faults: 0, n: 1 },
      { faults: 1, n: 2 },
    ]);
    for (const run of runs.filter(({ faults }) => faults === 1)) {
      expect(new Set(eventsOf(run, 'invocation-started').map(({ requestId }) => requestId)).size).toBe(1);
      expect(told(run)).toContain('ran an event once more');
    }
  });

  it('LA-04 LA-08 that fails is retried a minute later, then its record is in the destination', async () => {
    const runs = await everyRun(
      events('export const handler = async () => { throw new Error("no"); };', {
        resources: QUEUES,
        run: async (context) => {
          await sendEvent(context);
          await rest(context);
          return { failed: await failed(context) };
        },
      }),
    );
    for (const run of runs) {
      const starts = run.trace.filter(({ event }) => event.kind === 'invocation-started').map(({ atMs }) => atMs);
      expect(starts).toEqual([0, 60_000]);
      expect(run.result?.failed).toMatchObject([{ condition: 'RetriesExhausted', approximateInvokeCount: 2 }]);
      expect(told(run)).toContain('RetriesExhausted');
    }
  });

  it('LA-01 may come from another function, which ends before it or after it', async () => {
    const runs = await everyRun({
      functions: {
        a: `import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
        const lambda = new LambdaClient({});
        export const handler = async () => {
          const { StatusCode } = await lambda.send(new InvokeCommand({ FunctionName: 'b', InvocationType: 'Event' }));
          return { StatusCode, n: (await get('a')) ?? 0 };
        };`,
        b: ADD,
      },
      run: async (context) => {
        const answer = await invokeFunction(context, 'a');
        await rest(context);
        return { answer, n: await look(context, 'a') };
      },
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([
      { answer: { StatusCode: 202, n: 0 }, n: 1 },
      { answer: { StatusCode: 202, n: 1 }, n: 1 },
    ]);
  });

  it('LA-04 is retried when its function crashed', async () => {
    const runs = await everyRun(events(ADD, { faults: { 'crash-after': 1 } }));
    expect(distinct(runs.map(({ faults, result }) => ({ faults, n: result?.n })))).toEqual([
      { faults: 0, n: 1 },
      { faults: 1, n: 2 },
    ]);
  });
});

/** Counts the requests that entered and those that were served. */
const GATE: Downstream = {
  name: 'gate',
  functionNameParameter: 'GateFunction',
  serviceTimeMs: 500,
  ledger: { entered: 0, inside: 0, most: 0, served: 0 },
  enter(ledger) {
    const inside = Number(ledger.inside) + 1;
    const most = Math.max(inside, Number(ledger.most));
    return { ledger: { ...ledger, entered: Number(ledger.entered) + 1, inside, most }, pending: 'somebody' };
  },
  leave(ledger) {
    const served = Number(ledger.served) + 1;
    return { ledger: { ...ledger, inside: Number(ledger.inside) - 1, served }, answer: { served } };
  },
};

const THROUGH_THE_GATE = `import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async () => {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: process.env.DOWNSTREAM, Payload: '{}' }));
  return JSON.parse(new TextDecoder().decode(Payload));
};`;

const gated = (more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { f: THROUGH_THE_GATE },
  downstreams: [GATE],
  run: async (context) => {
    const answers = await Promise.all([invokeFunction(context, 'f'), invokeFunction(context, 'f')]);
    return { answers, ...(await context.downstream('gate')) };
  },
  ...more,
});

describe('a downstream', () => {
  it('answers within its service time, and callers are in it together or one after the other', async () => {
    const runs = await everyRun(gated());
    expect(distinct(runs.map(({ result }) => result?.most))).toEqual([1, 2]);
    for (const { result } of runs) expect(result).toMatchObject({ entered: 2, inside: 0, served: 2 });
    for (const { trace } of runs) expect(trace.at(-1)?.atMs).toBe(0);
  });

  it('has answered before time moves beyond its service time', async () => {
    const runs = await everyRun(
      gated({
        run: async (context) => {
          const answered = invokeFunction(context, 'f');
          for (let waits = 0; waits < 2; waits += 1) await context.sleep(400);
          return { answer: await answered };
        },
      }),
    );
    const instantOf = (trace: Trace, kind: TraceEvent['kind']): number =>
      trace.find(({ event }) => event.kind === kind)?.atMs ?? Number.NaN;
    const served = runs.map(
      ({ trace }) => instantOf(trace, 'downstream-left') - instantOf(trace, 'downstream-entered'),
    );
    expect(distinct(served)).toEqual([0, 400]);
  });

  it('uses no concurrency of the account: a function with one place calls it', async () => {
    const runs = await everyRun({
      ...gated(),
      functions: { f: { code: THROUGH_THE_GATE, reserved: 1 } },
      run: async (context) => ({ answer: await invokeFunction(context, 'f') }),
    });
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ answer: { served: 1 } }]);
  });

  it('finishes its work for a caller that has crashed, and the answer is dropped', async () => {
    const runs = await everyRun(
      gated({
        faults: { 'crash-after': 1 },
        run: async (context) => {
          await invokeFunction(context, 'f');
          await rest(context);
          return await context.downstream('gate');
        },
      }),
    );
    const crashed = runs.filter(({ faults }) => faults === 1);
    expect(crashed.length).toBeGreaterThan(0);
    for (const run of crashed) {
      expect(run.result).toMatchObject({ entered: 1, served: 1 });
      expect(eventsOf(run, 'downstream-left')).toMatchObject([{ abandoned: true }]);
      expect(told(run)).toContain('its caller was gone by then');
    }
  });
});
