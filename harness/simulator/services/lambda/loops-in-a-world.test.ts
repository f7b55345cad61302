/**
 * Loops as a learner writes them: through a queue, a topic, a destination, and Invoke. Lambda ends them as AWS does, and a reader is told.
 */

import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Observation, ScenarioContext } from '../../../course/lab.ts';
import { findingOfRun } from '../../../grader/findings/run-finding.ts';
import { left, queueLab, redriveAfter, rest, sendOrder, told } from '../../../grader/fixtures/queue-lab.ts';
import { everyClass, invokeFunction, look, runOnce, type SmallLabOptions } from '../../../grader/fixtures/small-lab.ts';
import { inOrder } from '../../kernel/choices.ts';
import type { WorldRun } from '../../world.ts';

const SQS = `import { SQSClient, SendMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
`;
const BACK_TO_ITS_QUEUE = `${SQS}export const handler = async () => {
  await add('passages');
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
};`;
const LAMBDA = `import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
`;
const passages = (context: ScenarioContext) => look(context, 'passages');
const seen = async (context: ScenarioContext): Promise<Observation> => {
  await rest(context);
  return { n: await passages(context), orders: await left(context), dead: await left(context, 'dead') };
};
const sendOne = async (context: ScenarioContext): Promise<Observation> => {
  await sendOrder(context, 'a');
  return seen(context);
};
const stops = ({ trace }: WorldRun<Observation>): number =>
  trace.filter(({ event }) => event.kind === 'loop-stopped').length;
const run = (options: SmallLabOptions) => runOnce(options, inOrder());

describe('a loop through a queue', () => {
  it('LS-32 LS-47 is stopped after 16 passages: its message is received in vain, and becomes a dead letter', async () => {
    const done = await run(queueLab(BACK_TO_ITS_QUEUE, { queue: redriveAfter(3), run: sendOne }));
    expect(done.result).toEqual({ n: 16, orders: 0, dead: 1 });
    expect(stops(done)).toBe(3);
    expect(told(done)).toContain(
      'Lambda did not run f again at step 50, and 2 times more: one chain of events had passed it 16 times.',
    );
  });

  it('LS-46 UV-85 carries the chain with most passages, whatever else is in its batch', async () => {
    const code = `${SQS}export const handler = async ({ Records }) => {
  await add('passages');
  if (Records.some(({ body }) => body === 'a'))
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'a' }, { Id: '2', MessageBody: 'b' }] }));
};`;
    const done = await run(queueLab(code, { queue: redriveAfter(1), mapping: ', BatchSize: 10', run: sendOne }));
    expect(done.result).toEqual({ n: 16, orders: 0, dead: 2 });
  });

  it('LS-49 goes on where the template allows it', async () => {
    const code = `${SQS}export const handler = async () => {
  if (await add('passages') < 20) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
};`;
    const options = queueLab(code, { run: sendOne });
    const stopped = await run(queueLab(code, { queue: redriveAfter(1), run: sendOne }));
    expect(stopped.result).toMatchObject({ n: 16, dead: 1 });
    const allowed = await run({
      ...options,
      functions: { f: { code, property: 'RecursiveLoop: Allow' } },
    });
    expect(allowed.result).toEqual({ n: 20, orders: 0, dead: 0 });
  });

  it('is nothing that code sees: records and received messages have no member for it', async () => {
    const code = `${SQS}export const handler = async ({ Records: [record] }) => {
  await put('seen', [Object.keys(record).length, 'AWSTraceHeader' in record.attributes]);
  if (record.body === 'again') await sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl.replace('orders', 'dead'), MessageBody: 'seen' }));
  else await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
};`;
    const receive = async (context: ScenarioContext): Promise<Observation> => {
      await sendOrder(context, 'a');
      await rest(context);
      const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/dead';
      const { Messages: [message] = [] } = await context.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      return { seen: await look(context, 'seen'), members: Object.keys(message ?? {}) };
    };
    const done = await run(queueLab(code, { run: receive }));
    const members = ['MessageId', 'ReceiptHandle', 'MD5OfBody', 'Body'];
    expect(done.result).toEqual({ seen: [10, false], members: expect.arrayContaining(members) });
    expect(done.result?.members).toHaveLength(members.length);
  });

  it('without a dead-letter queue has no end, and a reader is told why', async () => {
    const done = await run(queueLab(BACK_TO_ITS_QUEUE, { run: sendOne }));
    expect(done.end).toBe('step-cap');
    expect(findingOfRun(done)?.message).toContain(
      'one chain of events passed f 16 times. Lambda stops it there, and its message comes back each time.',
    );
  });
});

describe('a loop without a queue', () => {
  it('LS-32 through Invoke ends with an error in the innermost caller', async () => {
    const code = `${LAMBDA}export const handler = async () => {
  await add('passages');
  try {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload: '{}' }));
    return JSON.parse(Payload.transformToString());
  } catch (error) {
    return { name: error.name, status: error.$metadata.httpStatusCode };
  }
};`;
    const runs = await everyClass({
      functions: { f: code },
      run: async (context) => ({ answer: await invokeFunction(context, 'f'), n: await passages(context) }),
    });
    expect(runs.map(({ result }) => result)).toEqual([
      { answer: { name: 'RecursiveInvocationException', status: 400 }, n: 16 },
    ]);
  });

  it('LS-48 through its own queue of events is given up', async () => {
    const code = `${LAMBDA}export const handler = async () => {
  await add('passages');
  await lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload: '{}' }));
};`;
    const done = await run({
      functions: { f: code },
      run: async (context) => {
        await invokeFunction(context, 'f');
        await rest(context);
        return { n: await passages(context) };
      },
    });
    expect(done.result).toEqual({ n: 16 });
    expect(told(done)).toContain('Lambda gave up an event for f at step 49 (LoopStopped); it was sent nowhere.');
  });

  it('LS-46 LS-48 through a topic is given up', async () => {
    const code = `import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async () => {
  await add('passages');
  await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:news', Message: 'again' }));
};`;
    const done = await run({
      functions: { f: code },
      resources: `  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  ToF:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: lambda, Endpoint: !GetAtt f.Arn }
`,
      run: async (context) => {
        await invokeFunction(context, 'f');
        await rest(context);
        return { n: await passages(context) };
      },
    });
    expect(done.result).toEqual({ n: 16 });
    expect(stops(done)).toBe(1);
  });

  it('LS-46 through a topic and a queue behind it is one chain', async () => {
    const code = `import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async () => {
  await add('passages');
  await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:news', Message: 'again' }));
};`;
    const lab = queueLab(code, { queue: redriveAfter(1), run: sendOne });
    const done = await run({
      ...lab,
      resources: `${lab.resources}  News: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }
  ToOrders:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Orders.Arn }
`,
    });
    expect(done.result).toEqual({ n: 16, orders: 0, dead: 1 });
  });

  it('is not seen where an event bus is part of it: a chain ends there', async () => {
    const code = `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const events = new EventBridgeClient({});
export const handler = async () => {
  if (await add('passages') < 20) await events.send(new PutEventsCommand({ Entries: [{ Source: 'loop', DetailType: 'again', Detail: '{}' }] }));
};`;
    const done = await run({
      functions: { f: code },
      resources: `  Again:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [loop] }, Targets: [{ Id: f, Arn: !GetAtt f.Arn }] }
`,
      run: async (context) => {
        await invokeFunction(context, 'f');
        await rest(context);
        return { n: await passages(context) };
      },
    });
    expect(done.result).toEqual({ n: 20 });
  });
});
