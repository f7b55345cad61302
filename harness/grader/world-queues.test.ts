/**
 * From a queue to a function and back: event source mappings in a world, with every order of their steps.
 */

import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { ScenarioContext } from '../course/lab.ts';
import { distinct, eventsOf, everyRun, look, type SmallLabOptions } from './fixtures/small-lab.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';

interface QueueOptions extends Partial<SmallLabOptions> {
  readonly mapping?: string;
  readonly queue?: string;
}

/** A lab of one queue `orders` whose messages go to `f`. */
function queueLab(code: string, { mapping = '', queue = '', ...more }: QueueOptions = {}): SmallLabOptions {
  return {
    functions: { f: code },
    resources: `  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders, VisibilityTimeout: 60${queue} }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: dead }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref f${mapping} }
`,
    run: async (context) => {
      await send(context, 'a');
      await context.waitUntil('the message is done', async () => true);
      return { n: await look(context, 'a'), left: await left(context) };
    },
    ...more,
  };
}

const send = ({ clients }: ScenarioContext, MessageBody: string) =>
  clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));

/** How many messages are in a queue, wherever. */
async function left({ clients }: ScenarioContext, name = 'orders'): Promise<number> {
  const url = QueueUrl.replace('orders', name);
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
}

const ADD_EACH = 'export const handler = async (event) => { for (const { body } of event.Records) await add(body); };';

describe('a message', () => {
  it('SE-01 goes to the function and is deleted when it has returned', async () => {
    const runs = await everyRun(queueLab(ADD_EACH));
    expect(distinct(runs.map(({ result }) => result))).toEqual([{ left: 0, n: 1 }]);
    expect(runs).toHaveLength(1);
  });
});
