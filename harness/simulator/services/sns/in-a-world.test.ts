/**
 * Topics as a learner uses them: the SDK's client in a handler, a function and queues behind a topic, and every order of what follows.
 */

import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { NotFoundException, PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
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

/** Publishes orders, one after another. */
const SHOP = `
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async ({ orders = [1] }) => {
  const ids = new Set();
  for (const n of orders) {
    const { MessageId } = await sns.send(new PublishCommand({
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:orders', Message: JSON.stringify({ n }),
      MessageAttributes: { kind: { DataType: 'String', StringValue: n < 10 ? 'small' : 'large' } },
    }));
    ids.add(MessageId);
  }
  return { ids: ids.size };
};`;
/** Told by the topic itself. */
const MAIL = `export const handler = async (event) => {
  const [{ Sns, ...record }, ...more] = event.Records;
  if (more.length > 0 || record.EventSource !== 'aws:sns') throw new Error('no notification');
  await add('mails ' + JSON.parse(Sns.Message).n);
};`;
/** Told by the queue. */
const PACK = `export const handler = async (event) => { for (const { body } of event.Records) await put('last', JSON.parse(body).n); };`;

const TOPIC = `  Orders: { Type: AWS::SNS::Topic, Properties: { TopicName: orders } }
  Parcels:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 60 }
  Lost:
    Type: AWS::SQS::Queue
    Properties: { QueueName: lost }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Parcels.Arn, FunctionName: !Ref pack, BatchSize: 1 }
  ToMail:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Orders, Protocol: lambda, Endpoint: !GetAtt mail.Arn }
  ToParcels:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Orders
      Protocol: sqs
      Endpoint: !GetAtt Parcels.Arn
      RawMessageDelivery: true
      FilterPolicy: { kind: [small] }
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn }
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref mail, Principal: sns.amazonaws.com, SourceArn: !Ref Orders }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Parcels]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Parcels.Arn, Condition: { ArnEquals: { aws:SourceArn: !Ref Orders } } }]
`;
const TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:orders';

const shop = (more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { shop: SHOP, mail: MAIL, pack: PACK },
  resources: TOPIC,
  run: publishing([1]),
  ...more,
});

function publishing(orders: readonly number[]) {
  return async (context: ScenarioContext): Promise<Observation> => {
    await invokeFunction(context, 'shop', { orders });
    await rest(context);
    return await seen(context);
  };
}

async function seen(context: ScenarioContext): Promise<Observation> {
  return { mails: await look(context, 'mails 1'), last: await look(context, 'last') };
}

const resultsOf = (runs: readonly WorldRun<Observation>[]) => distinct(runs.map(({ result }) => result));

describe('a message that a handler publishes', () => {
  it('reaches a function and a queue, whose messages reach another function, in every order', async () => {
    const runs = await everyRun(shop());
    expect(resultsOf(runs)).toEqual([{ mails: 1, last: 1 }]);
    // Nobody notices in which of these orders it happens, so one of them stands for all.
    expect(await everyClass(shop())).toHaveLength(1);
  });

  it('is told in the lane of its topic, by the names in the template', async () => {
    const [run = expect.fail('no run')] = await everyClass(shop({ run: publishing([1, 10]) }));
    const rows = rowsOf(run.trace).map(({ actor, text }) => `${actor}: ${text}`);
    expect(rows).toContain('shop#1: publishes notification 1');
    expect(rows).toContain('topic orders: notification 1 goes to mail');
    expect(rows).toContain('topic orders: notification 1 goes to Parcels');
    const notes = rowsOf(run.trace).flatMap(({ notes: lines }) => lines.map(({ text }) => text));
    expect(notes).toContain('filtered away from Parcels');
  });

  it('comes to a queue before one that was published later', async () => {
    const options = shop({
      functions: { shop: SHOP, mail: 'export const handler = async () => {};', pack: PACK },
      run: publishing([1, 2]),
    });
    const inOrder = (runs: readonly WorldRun<Observation>[]) =>
      distinct(runs.map((run) => eventsOf(run, 'message-sent').map(({ body }) => body)));
    expect(inOrder(await everyClass(options))).toEqual([['{"n":1}', '{"n":2}']]);
    const reordered = await everyClass({ ...options, faults: { reorder: 1 } });
    expect(inOrder(reordered)).toContainEqual(['{"n":2}', '{"n":1}']);
    const struck = reordered.find((run) => told(run).includes('before one that was published earlier, as it may'));
    expect(struck).toBeDefined();
  });

  it('that no filter policy lets through reaches nobody, and the reader is told', async () => {
    const resources = TOPIC.replace(/ {2}ToMail:[\s\S]*?(?= {2}ToParcels)/, '');
    const runs = await everyClass(shop({ resources, run: publishing([10]) }));
    expect(resultsOf(runs)).toEqual([{ mails: null, last: null }]);
    expect(runs.map(told)).toEqual([
      expect.stringMatching(
        /Notification 1 reached no subscriber of orders at step \d: no filter policy lets it through/,
      ),
    ]);
  });
});

describe('a message, within a budget of faults', () => {
  it('comes twice to one of its subscribers', async () => {
    const runs = await everyClass(shop({ faults: { duplicate: 1 } }));
    const byTopic = runs.filter((run) => eventsOf(run, 'notification-duplicated').length > 0);
    const counts = byTopic.map((run) => [
      eventsOf(run, 'invocation-started').filter(({ functionName }) => functionName === 'mail').length,
      eventsOf(run, 'message-sent').length,
    ]);
    expect(distinct(counts)).toEqual(
      expect.arrayContaining([
        [2, 1],
        [1, 2],
      ]),
    );
    expect(distinct(counts)).toHaveLength(2);
    for (const run of byTopic) expect(told(run)).toContain('once more');
  });

  it('SN-12 is tried again when its subscriber fails, and comes once', async () => {
    const runs = await everyClass(shop({ faults: { 'failed-before': 1 } }));
    const failed = runs.filter((run) => eventsOf(run, 'notification-retried').length > 0);
    expect(failed.length).toBeGreaterThan(0);
    expect(resultsOf(failed)).toEqual([{ mails: 1, last: 1 }]);
    for (const run of failed) expect(told(run)).toMatch(/(mail|Parcels) answered SNS with a 500/);
  });

  it('SN-10 of which a function makes an error is Lambda’s business, and no dead letter of its subscription', async () => {
    const resources = TOPIC.replace(
      'Endpoint: !GetAtt mail.Arn }',
      'Endpoint: !GetAtt mail.Arn, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn } }',
    );
    const mail = { code: 'export const handler = async () => { await add("tries"); throw new Error("no"); };' };
    const runs = await everyClass(
      shop({
        functions: { shop: SHOP, mail, pack: PACK },
        resources,
        run: async (context) => {
          await invokeFunction(context, 'shop');
          await rest(context);
          return { tries: await look(context, 'tries'), lost: await left(context, 'lost') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ tries: 3, lost: 0 }]);
  });
});

describe('an event that a function could not handle', () => {
  it('LA-12 goes to the topic of its dead letters, and on to the queue behind that', async () => {
    const broken = `export const handler = async ({ n }) => { throw new Error('no ' + n); };`;
    const read = `export const handler = async (event) => {
      const [{ body, messageAttributes: { ErrorMessage } }] = event.Records;
      await put('last', body + ', ' + ErrorMessage.stringValue);
    };`;
    const options: SmallLabOptions = {
      functions: { broken, read },
      resources: `  Failed: { Type: AWS::SNS::Topic, Properties: { TopicName: failed } }
  Letters: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 60 } }
  ToLetters:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Failed, Protocol: sqs, Endpoint: !GetAtt Letters.Arn, RawMessageDelivery: true }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Letters.Arn, FunctionName: !Ref read, BatchSize: 1 }
  MaySend:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Letters]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt Letters.Arn, Condition: { ArnEquals: { aws:SourceArn: !Ref Failed } } }]
`,
      run: async (context) => {
        const { lambda } = context.clients;
        const FunctionName = 'broken';
        const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        const [region, account] = (FunctionArn ?? '').split(':').slice(3, 5);
        await lambda.send(
          new UpdateFunctionConfigurationCommand({
            ...{ FunctionName, DeadLetterConfig: { TargetArn: `arn:aws:sns:${region}:${account}:failed` } },
          }),
        );
        await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"n":1}' }));
        await rest(context);
        return { last: await look(context, 'last') };
      },
    };
    expect(resultsOf(await everyClass(options))).toEqual([{ last: '{"n":1}, no 1' }]);
  });
});

describe('a message that a scenario publishes', () => {
  it('is taken through the SDK, and refused in the words of AWS', async () => {
    const runs = await everyClass(
      shop({
        run: async (context) => {
          const { sns } = context.clients;
          const TopicArn = TOPIC_ARN;
          const Message = '{"n":1}';
          const entry = { Message, MessageAttributes: { kind: { DataType: 'String', StringValue: 'small' } } };
          const { Successful } = await sns.send(
            new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: 'a', ...entry }] }),
          );
          const error = await sns
            .send(new PublishCommand({ TopicArn: `${TopicArn}x`, Message }))
            .catch((refused: unknown) => refused);
          await rest(context);
          const no = error instanceof NotFoundException && error.message;
          return { taken: Successful?.length ?? 0, error: no, ...(await seen(context)) };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ taken: 1, error: 'Topic does not exist', mails: 1, last: 1 }]);
  });

  it('SN-18 is a dead letter when its queue does not take it', async () => {
    const resources = TOPIC.replace('VisibilityTimeout: 60', 'VisibilityTimeout: 60, MaximumMessageSize: 1024');
    const runs = await everyClass(
      shop({
        resources,
        functions: {
          shop: SHOP.replace('JSON.stringify({ n })', "JSON.stringify({ n, text: 'x'.repeat(2000) })"),
          ...{ mail: MAIL, pack: PACK },
        },
        run: async (context) => {
          await invokeFunction(context, 'shop');
          await rest(context);
          return { ...(await seen(context)), lost: await left(context, 'lost') };
        },
      }),
    );
    expect(resultsOf(runs)).toEqual([{ mails: 1, last: null, lost: 1 }]);
    for (const run of runs) expect(told(run)).toContain('SNS gave up notification 1 for Parcels');
  });
});
