/**
 * A FIFO topic with two FIFO queues behind it, as a learner uses them: order per group, duplicates, and every order of everything else.
 */

import { describe, expect, it } from 'vitest';
import type { ScenarioContext } from '../../../course/lab.ts';
import { rest, told } from '../../../grader/fixtures/queue-lab.ts';
import {
  distinct,
  eventsOf,
  everyClass,
  invokeFunction,
  type SmallLabOptions,
} from '../../../grader/fixtures/small-lab.ts';
import type { WorldRun } from '../../world.ts';

/** Publishes what it is told, one after another. */
const SHOP = `
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
const TopicArn = 'arn:aws:sns:us-east-1:123456789012:orders.fifo';
export const handler = async ({ orders }) => {
  for (const Message of orders) await sns.send(new PublishCommand({ TopicArn, Message, MessageGroupId: Message[0] }));
};`;
const TAKE = 'export const handler = async () => {};';

const queue = (name: string, reader: string, subscribed = '') => `  ${name}:
    Type: AWS::SQS::Queue
    Properties: { QueueName: ${name}.fifo, FifoQueue: true, VisibilityTimeout: 60 }
  ${name}Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt ${name}.Arn, FunctionName: !Ref ${reader} }
  To${name}:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Orders, Protocol: sqs, Endpoint: !GetAtt ${name}.Arn, RawMessageDelivery: true${subscribed} }
`;
const TOPIC = `  Orders:
    Type: AWS::SNS::Topic
    Properties: { TopicName: orders.fifo, FifoTopic: true, ContentBasedDeduplication: true }
`;

const shop = (orders: readonly string[], more: Partial<SmallLabOptions> = {}): SmallLabOptions => ({
  functions: { shop: SHOP, bill: TAKE },
  resources: TOPIC + queue('bills', 'bill'),
  run: async (context: ScenarioContext) => {
    await invokeFunction(context, 'shop', { orders });
    await rest(context);
    return {};
  },
  ...more,
});

/** What came into the queues, in order. */
const sentIn = (run: WorldRun<unknown>) =>
  eventsOf(run as WorldRun<never>, 'message-sent').map(({ queue: to, body }) => `${to} ${body}`);

describe('messages of a FIFO topic', () => {
  it('SN-02 come to a FIFO queue in the order of their group', async () => {
    const runs = await everyClass(shop(['a1', 'a2', 'b1']));
    const orders = runs.map((run) => sentIn(run).filter((text) => text.includes(' a')));
    expect(distinct(orders)).toEqual([['bills.fifo a1', 'bills.fifo a2']]);
  });

  it('SN-02 come to each of two queues in that order, and no queue waits for another that fails', async () => {
    const options = shop(['a1', 'a2'], {
      functions: { shop: SHOP, bill: TAKE, pack: TAKE },
      resources: TOPIC + queue('bills', 'bill') + queue('stock', 'pack'),
      faults: { 'failed-before': 1 },
    });
    const runs = await everyClass(options);
    const isBefore = (run: WorldRun<unknown>, one: string, other: string) =>
      sentIn(run).indexOf(one) < sentIn(run).indexOf(other);
    expect(runs.some((run) => isBefore(run, 'stock.fifo a2', 'bills.fifo a1'))).toBe(true);
    expect(runs.some((run) => isBefore(run, 'bills.fifo a2', 'stock.fifo a1'))).toBe(true);
    for (const run of runs) {
      const of = (name: string) => sentIn(run).filter((text) => text.startsWith(name));
      expect([of('bills'), of('stock')]).toEqual([
        ['bills.fifo a1', 'bills.fifo a2'],
        ['stock.fifo a1', 'stock.fifo a2'],
      ]);
    }
  });

  it('SN-02 wait for one of their group that is tried again', async () => {
    const runs = await everyClass(shop(['a1', 'a2'], { faults: { 'failed-before': 1 } }));
    const held = runs.filter((run) => eventsOf(run, 'notification-retried').length > 0);
    expect(held.length).toBeGreaterThan(0);
    expect(distinct(held.map(sentIn))).toEqual([['bills.fifo a1', 'bills.fifo a2']]);
    expect(held.map(told).join()).toContain('bills.fifo answered SNS with a 500');
  });

  it('SN-04 SN-07 come once, however often they are published, and each with its ids', async () => {
    const runs = await everyClass(shop(['a1', 'a1']));
    expect(distinct(runs.map(sentIn))).toEqual([['bills.fifo a1']]);
    expect(runs.map(told).join()).toContain('with the deduplication id of notification 1');
    const records = runs.flatMap((run) =>
      eventsOf(run, 'invocation-started').filter(({ functionName }) => functionName === 'bill'),
    );
    expect(records[0]?.payload).toMatchObject({ Records: [{ body: 'a1', attributes: { MessageGroupId: 'a' } }] });
  });

  it('SN-04 come again after more than five minutes, and a reader is told why', async () => {
    const again = (afterMs: number) =>
      shop([], {
        run: async (context: ScenarioContext) => {
          await invokeFunction(context, 'shop', { orders: ['a1'] });
          await context.sleep(afterMs);
          await invokeFunction(context, 'shop', { orders: ['a1'] });
          await rest(context);
          return {};
        },
      });
    const said = 'Notification 2 has the deduplication id of notification 1 and was published at step';
    const late = await everyClass(again(360_000));
    // Where the first delivery is late, too, the queue knows the id itself.
    expect(distinct(late.map(sentIn))).toContainEqual(['bills.fifo a1', 'bills.fifo a1']);
    for (const run of late) {
      expect(told(run)).toContain(said);
      expect(told(run)).toContain(', 6 min after it: SNS remembers ids for 5 min, so it delivered it, too.');
    }
    const soon = await everyClass(again(240_000));
    expect(soon.map(told).join()).not.toContain(said);
  });
});
