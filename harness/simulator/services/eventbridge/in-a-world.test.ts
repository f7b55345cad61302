/**
 * The bus as a learner uses it: the SDK's client in a handler, a rule with a function and a queue behind it, and every order of what follows.
 */

import { InvalidEventPatternException, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { rowsOf } from '../../../grader/draw/rows.ts';
import { left, rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  everyRun,
  invokeFunction,
  look,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import type { WorldRun } from '../../world.ts';

/** Puts an event, and says what the bus answered. */
const SHOP = `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const bus = new EventBridgeClient({});
export const handler = async ({ orders = [1] }) => {
  const Entries = orders.map((n) => ({ Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ n }) }));
  const { FailedEntryCount, Entries: results } = await bus.send(new PutEventsCommand({ Entries }));
  return { failed: FailedEntryCount, ids: new Set(results.map(({ EventId }) => EventId)).size };
};`;
/** Told by the bus itself. */
const MAIL = `export const handler = async ({ id, detail }) => { await add('mails'); await add('mail ' + id); };`;
/** Told by the queue. */
const PACK = `export const handler = async (event) => { for (const { body } of event.Records) await add('packs ' + JSON.parse(body).n); };`;

const RULE = `  Parcels:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 60 }
  Lost:
    Type: AWS::SQS::Queue
    Properties: { QueueName: lost }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Parcels.Arn, FunctionName: !Ref pack, BatchSize: 1 }
  OnOrder:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop], detail: { n: [{ numeric: ['<', 10] }] } }
      Targets:
        - { Id: mail, Arn: !GetAtt mail.Arn }
        - { Id: pack, Arn: !GetAtt Parcels.Arn, InputPath: $.detail, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref mail, Principal: events.amazonaws.com, SourceArn: !GetAtt OnOrder.Arn }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Parcels]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Parcels.Arn }]
`;

const shop = (more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { shop: SHOP, mail: MAIL, pack: PACK },
  resources: RULE,
  run: async (context) => {
    const answer = await invokeFunction(context, 'shop');
    await rest(context);
    return { answer, ...(await seen(context)) };
  },
  ...more,
});

async function seen(context: ScenarioContext): Promise<Observation> {
  return { mails: await look(context, 'mails'), packs: await look(context, 'packs 1') };
}

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

describe('an event that a handler puts', () => {
  it('reaches a function and a queue, whose messages reach another function, in every order', async () => {
    const runs = await everyRun(shop());
    expect(runs.length).toBe(35);
    expect(resultsOf(runs)).toEqual([{ answer: { failed: 0, ids: 1 }, mails: 1, packs: 1 }]);
    // Nobody notices in which of these orders it happens, so one of them stands for all.
    expect(await everyClass(shop())).toHaveLength(1);
  });

  it('is told in the lane of the bus, by the names in the template', async () => {
    const [run = expect.fail('no run')] = await everyClass(shop());
    const rows = rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);
    expect(rows).toContain('shop#1: puts event 1');
    expect(rows).toContain('event bus: event 1 goes to mail');
    expect(rows).toContain('event bus: event 1 goes to Parcels');
  });

  it('may come before or after another one, also if both were put at once', async () => {
    const last = `export const handler = async ({ detail }) => { await put('last', detail.n); };`;
    const options = shop({
      functions: { shop: SHOP, mail: last, pack: 'export const handler = async () => {};' },
      run: async (context) => {
        await invokeFunction(context, 'shop', { orders: [1, 2] });
        await rest(context);
        return { last: await look(context, 'last') };
      },
    });
    expect(resultsOf(await everyClass(options))).toEqual([{ last: 1 }, { last: 2 }]);
  });

  it('that no rule matches reaches no target, and the reader is told', async () => {
    const runs = await everyClass(
      shop({
        run: async (context) => {
          await invokeFunction(context, 'shop', { orders: [10] });
          await rest(context);
          return await seen(context);
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ mails: null, packs: null }]);
    expect(runs.map(told)).toEqual([expect.stringContaining('No rule matched event 1')]);
  });
});

describe('an event, within a budget of faults', () => {
  it('comes twice to one of its targets, under the same id and as another request', async () => {
    const runs = await everyClass(shop({ faults: { duplicate: 1 } }));
    const byBus = runs.filter((run) => eventsOf(run, 'bus-delivery-duplicated').length > 0);
    expect(resultsOf(byBus).map((result) => [(result as Observation).mails, (result as Observation).packs])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    for (const run of byBus) expect(told(run)).toContain('once more');
    const mails = byBus.map((run) =>
      eventsOf(run, 'invocation-started').filter(({ functionName }) => functionName === 'mail'),
    );
    for (const started of mails.filter(({ length }) => length === 2)) {
      expect(new Set(started.map(({ requestId }) => requestId)).size).toBe(2);
      expect(new Set(started.map(({ payload }) => (payload as { readonly id: string }).id)).size).toBe(1);
    }
    // Lambda's own queue and the other queue deliver twice as well.
    expect(resultsOf(runs.filter((run) => !byBus.includes(run)))).toHaveLength(3);
  });

  it('is put once more by a handler that crashed and is tried again, under another id', async () => {
    const runs = await everyClass(
      shop({
        functions: { shop: SHOP.replace('orders = [1] })', 'orders = [1] } = {})'), mail: MAIL, pack: PACK },
        faults: { 'crash-after': 1 },
        run: async (context) => {
          await context.clients.lambda.send(new InvokeCommand({ FunctionName: 'shop', InvocationType: 'Event' }));
          await rest(context);
          return await seen(context);
        },
      }),
    );
    const twice = runs.filter(({ result }) => result?.packs === 2);
    expect(twice.length).toBeGreaterThan(0);
    for (const run of twice) {
      const ids = eventsOf(run, 'bus-event-put').map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(twice.some((run) => eventsOf(run, 'bus-event-put').length === 2)).toBe(true);
  });
});

describe('an event that a scenario puts', () => {
  const putOrder = (context: ScenarioContext, n: number, more: object = {}) =>
    context.clients.eventbridge.send(
      new PutEventsCommand({
        Entries: [{ Source: 'shop', DetailType: 'order', Detail: JSON.stringify({ n }), ...more }],
      }),
    );

  it('is taken through the SDK, with its time, and refused in the words of AWS', async () => {
    const runs = await everyClass(
      shop({
        run: async (context) => {
          await putOrder(context, 1, { Time: new Date('2026-03-04T05:06:07.890Z') });
          const none = await putOrder(context, 1, { Source: '' });
          const error = await context.clients.eventbridge
            .send(new PutRuleCommand({ Name: 'rule', EventPattern: '{"source":[]}' }))
            .catch((refused: unknown) => refused);
          await rest(context);
          return {
            ...{ failed: none.FailedEntryCount, code: none.Entries?.[0]?.ErrorCode },
            ...{
              error: error instanceof InvalidEventPatternException && error.message,
              packs: await look(context, 'packs 1'),
            },
          };
        },
      }),
    );
    const error = 'Event pattern is not valid. Reason: Empty arrays are not allowed';
    expect(resultsOf(runs)).toEqual([{ failed: 1, code: 'InvalidArgument', error, packs: 1 }]);
    const [mail] = runs
      .flatMap((run) => eventsOf(run, 'invocation-started'))
      .filter(({ functionName }) => functionName === 'mail');
    expect(mail?.payload).toMatchObject({ time: '2026-03-04T05:06:07Z' });
  });

  it('is a dead letter when its target does not take it', async () => {
    const small = RULE.replace('VisibilityTimeout: 60', 'VisibilityTimeout: 60, MaximumMessageSize: 1024').replace(
      'DeadLetterConfig:',
      'RetryPolicy: { MaximumRetryAttempts: 1 }, DeadLetterConfig:',
    );
    const runs = await everyClass(
      shop({
        resources: small,
        run: async (context) => {
          await putOrder(context, 1, { Detail: JSON.stringify({ n: 1, text: 'x'.repeat(2_000) }) });
          await rest(context);
          return { mails: await look(context, 'mails'), lost: await left(context, 'lost') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ lost: 1, mails: 1 }]);
    for (const run of runs) {
      expect(told(run)).toContain('EventBridge gave up event 1 for Parcels');
      expect(run.trace.find(({ event }) => event.kind === 'bus-delivery-failed')?.atMs).toBe(1_000);
    }
  });
});
