/**
 * Custom buses as a learner uses them: a handler puts events on one, a rule there transforms them for two targets, and other buses and
 * destinations hand events on. Every order of what follows.
 */

import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
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

/** Puts one sale for each number, and says what became of them. */
const TILL = `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const bus = new EventBridgeClient({});
export const handler = async ({ sales = [1], on = 'till' }) => {
  const Entries = sales.map((n) => ({ EventBusName: on, Source: 'shop', DetailType: 'sale', Detail: JSON.stringify({ n }) }));
  const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries }));
  return FailedEntryCount;
};`;
/** Is given an object by the transformer. */
const BOOK = `export const handler = async ({ sale, by }) => { await add('booked'); await add(by + ' ' + sale); };`;
/** Is given a text, through a queue. */
const PACK = `export const handler = async (event) => { for (const { body } of event.Records) await add(JSON.parse(body)); };`;

const RESOURCES = `  Till:
    Type: AWS::Events::EventBus
    Properties: { Name: till }
  Parcels:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 60 }
  Lost:
    Type: AWS::SQS::Queue
    Properties: { QueueName: lost }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Parcels.Arn, FunctionName: !Ref pack, BatchSize: 1 }
  OnSale:
    Type: AWS::Events::Rule
    Properties:
      Name: on-sale
      EventBusName: !Ref Till
      EventPattern: { source: [shop] }
      Targets:
        - Id: book
          Arn: !GetAtt book.Arn
          InputTransformer:
            InputPathsMap: { sale: $.detail.n }
            InputTemplate: '{"sale": <sale>, "by": <aws.events.rule-name>}'
        - Id: pack
          Arn: !GetAtt Parcels.Arn
          InputTransformer:
            InputPathsMap: { sale: $.detail.n }
            InputTemplate: '"parcel <sale>"'
  OnAnything:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop] }
      Targets: [{ Id: book, Arn: !GetAtt book.Arn, Input: '{"sale": 0, "by": "the default bus"}' }]
`;

/** Rules with which two buses send each other everything. */
const LOOP = `  ToTill:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [street] }
      Targets: [{ Id: till, Arn: !GetAtt Till.Arn }]
  Back:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Till
      EventPattern: { source: [street] }
      Targets:
        - Id: back
          Arn: !Sub "arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default"
          DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
        - { Id: book, Arn: !GetAtt book.Arn, Input: '{"sale": 7, "by": "the street"}' }
`;

/** The bus is told of each event of Lambda's that till has handled. */
const RESULTS = `  Results:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref till
      Qualifier: $LATEST
      DestinationConfig: { OnSuccess: { Destination: !GetAtt Till.Arn } }
  OnResult:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Till
      EventPattern: { source: [lambda], detail-type: [Lambda Function Invocation Result - Success] }
      Targets:
        - Id: book
          Arn: !GetAtt book.Arn
          InputTransformer:
            InputPathsMap: { failed: $.detail.responsePayload }
            InputTemplate: '{"sale": <failed>, "by": "failed"}'
`;

const till = (more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { till: TILL, book: BOOK, pack: PACK },
  resources: RESOURCES,
  run: async (context) => {
    const failed = await invokeFunction(context, 'till');
    await rest(context);
    return { failed, ...(await seen(context)) };
  },
  ...more,
});

async function seen(context: ScenarioContext): Promise<Observation> {
  const [booked, bySale] = [await look(context, 'booked'), await look(context, 'on-sale 1')];
  return { booked, bySale, parcel: await look(context, 'parcel 1') };
}

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

describe('an event on a custom bus', () => {
  it('reaches both targets of its rule, transformed, and no rule of the default bus, in every order', async () => {
    const runs = await everyRun(till());
    expect(runs.length).toBe(35);
    expect(resultsOf(runs)).toEqual([{ failed: 0, booked: 1, bySale: 1, parcel: 1 }]);
    // No step notices in which of these orders it happens, so one of them stands for all.
    expect(await everyClass(till())).toHaveLength(1);
  });

  it('is told in a lane of its own bus', async () => {
    const [run = expect.fail('no run')] = await everyClass(till());
    const rows = rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);
    expect(rows).toContain('till#1: puts event 1');
    expect(rows).toContain('event bus till: event 1 goes to book');
    expect(rows).toContain('event bus till: event 1 goes to Parcels');
  });

  it('is lost without a word on a bus that is not there, and the reader is told', async () => {
    const runs = await everyClass(
      till({
        run: async (context) => {
          const failed = await invokeFunction(context, 'till', { on: 'tills' });
          await rest(context);
          return { failed, ...(await seen(context)) };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ failed: 0, booked: null, bySale: null, parcel: null }]);
    expect(runs.map(told)).toEqual([expect.stringContaining('for the bus «tills». There is no such bus')]);
  });
});

describe('an event that goes on to another bus', () => {
  it('goes there once, and two buses make no loop', async () => {
    const runs = await everyClass(
      till({
        resources: RESOURCES + LOOP,
        run: async (context) => {
          const Entries = [{ Source: 'street', DetailType: 'noise', Detail: '{}' }];
          await context.clients.eventbridge.send(new PutEventsCommand({ Entries }));
          await rest(context);
          return { street: await look(context, 'the street 7'), lost: await left(context, 'lost') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ street: 1, lost: 1 }]);
    for (const run of runs) {
      expect(new Set(eventsOf(run, 'bus-event-put').map(({ eventId }) => eventId)).size).toBe(1);
      expect(told(run)).toContain(
        'EventBridge gave up event 1 for the default bus at step 3 (an event can go from one bus to another only once); it went to lost.',
      );
    }
  });

  it('comes from Lambda as well, with the record of an invocation', async () => {
    const runs = await everyClass(
      till({
        resources: RESOURCES + RESULTS,
        run: async (context) => {
          const Payload = '{"sales":[5]}';
          await context.clients.lambda.send(
            new InvokeCommand({ FunctionName: 'till', InvocationType: 'Event', Payload }),
          );
          await rest(context);
          return { booked: await look(context, 'booked'), failed: await look(context, 'failed 0') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ booked: 2, failed: 1 }]);
    for (const run of runs) {
      const rows = rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);
      expect(rows).toContain('till#1: puts event 1');
      expect(rows).toContain('event bus till: event 2 goes to book');
    }
  });
});

describe('PutEvents, within a budget of faults', () => {
  it('does not take the last entry, and a handler that overlooks that loses an event', async () => {
    const two = till({
      faults: { partial: 1 },
      run: async (context) => {
        const failed = await invokeFunction(context, 'till', { sales: [1, 2] });
        await rest(context);
        return { failed, booked: await look(context, 'booked') };
      },
    });
    expect(resultsOf(await everyClass(two))).toEqual([
      { failed: 0, booked: 2 },
      { failed: 1, booked: 1 },
    ]);
  });

  it('is refused for now, and tried again by the SDK', async () => {
    const runs = await everyClass(till({ faults: { throttled: 1 } }));
    expect(resultsOf(runs)).toEqual([{ failed: 0, booked: 1, bySale: 1, parcel: 1 }]);
    expect(runs.some((run) => eventsOf(run, 'fault').some(({ fault }) => fault === 'throttled'))).toBe(true);
  });
});
