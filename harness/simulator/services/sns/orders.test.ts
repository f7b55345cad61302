/**
 * Which orders deliveries can come in: what source-DPOR finds with one run of each class is what trying everything finds.
 */

import { PublishCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { rest } from '../../../grader/fixtures/queue-lab.ts';
import { eventsOf, everyClass, everyRun, type SmallLabOptions } from '../../../grader/fixtures/small-lab.ts';

const ARN = 'arn:aws:sns:us-east-1:123456789012:news';

/** A topic with this many queues behind it, to which messages are published at once. */
function publishing(
  messages: readonly string[],
  faults: SmallLabOptions['faults'],
  queues = 1,
  isFifo = false,
): SmallLabOptions {
  const names = Array.from({ length: queues }, (_, place) => `Queue${place}`);
  const suffix = isFifo ? '.fifo' : '';
  const resources = names.map(
    (name) => `  ${name}: { Type: AWS::SQS::Queue, Properties: { QueueName: ${name} } }
  To${name}:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt ${name}.Arn, RawMessageDelivery: true }
`,
  );
  return {
    functions: { f: 'export const handler = async () => {};' },
    resources: `  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news${suffix}${isFifo ? ', FifoTopic: true, ContentBasedDeduplication: true' : ''} }
${resources.join('')}`,
    ...(faults === undefined ? {} : { faults }),
    run: async (context) => {
      const publish = (Message: string) => {
        const group = isFifo ? { MessageGroupId: Message.slice(0, 1) } : {};
        return context.clients.sns.send(new PublishCommand({ TopicArn: ARN + suffix, Message, ...group }));
      };
      await Promise.all(messages.map(publish));
      await rest(context);
      return {};
    },
  };
}

/** What can come to each queue, in order: `ab ba`. */
async function ordersOf(options: SmallLabOptions, of: typeof everyRun): Promise<readonly string[]> {
  const runs = await of(options);
  const orders = runs.map((run) => {
    const sent = eventsOf(run, 'message-sent');
    const to = (name: string) => sent.flatMap(({ queue, body }) => (queue === name ? [body] : [])).join('');
    return ['Queue0', 'Queue1'].map(to).join(' ');
  });
  return [...new Set(orders)].sort();
}

describe('deliveries', () => {
  it.each<readonly [string, SmallLabOptions, number]>([
    ['of two messages', publishing(['a', 'b'], {}), 2],
    ['of two messages to two queues', publishing(['a', 'b'], {}, 2), 2],
    ['of two messages, one of which comes first', publishing(['a', 'b'], { reorder: 1 }), 2],
    ['of two messages to two queues, one of which comes first', publishing(['a', 'b'], { reorder: 1 }, 2), 4],
    ['of a message that comes twice', publishing(['a', 'b'], { duplicate: 1 }), 8],
    ['of a message that fails', publishing(['a', 'b'], { 'failed-before': 1 }), 2],
    ['of a message, with all of it', publishing(['a'], { duplicate: 1, reorder: 1, 'failed-before': 1 }), 2],
    ['of two groups', publishing(['a1', 'b1'], {}, 1, true), 2],
    [
      'of two groups, one of which comes twice and one fails',
      publishing(['a1', 'b1'], { duplicate: 1, 'failed-before': 1 }, 1, true),
      8,
    ],
  ])('%s come in the same orders, whether all or one of each class is tried', async (_what, options, count) => {
    const all = await ordersOf(options, everyRun);
    expect(await ordersOf(options, everyClass)).toEqual(all);
    expect(all).toHaveLength(count);
  });
});
