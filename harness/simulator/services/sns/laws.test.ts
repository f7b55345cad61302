/**
 * What holds for any calls of SNS, valid or not: each is answered, in AWS's words or by name, and what a topic takes ends at each of its subscribers.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AwsAnswer, fail, type Input, ok } from '../../contract/answer.ts';
import { anyCallOf, anyInput } from '../../contract/any-input-for-tests.ts';
import { notesIn, sentIn } from '../../contract/service-for-tests.ts';
import snsInputs from './inputs-for-tests.ts';
import {
  BUSY,
  FIFO_ARN,
  FIFO_QUEUE_ARN,
  GONE,
  NEWS_ARN,
  ORDERS_ARN,
  subscribedQueueArn,
  TopicsForTests,
} from './sns-for-tests.ts';

const MEMBERS = [
  ...['Name', 'TopicArn', 'TargetArn', 'SubscriptionArn', 'ResourceArn', 'Attributes', 'AttributeName'],
  ...['AttributeValue', 'Protocol', 'Endpoint', 'Message', 'Subject', 'MessageStructure', 'MessageAttributes'],
  ...['MessageGroupId', 'MessageDeduplicationId', 'PhoneNumber', 'PublishBatchRequestEntries', 'Id', 'NextToken'],
  ...['Tags', 'TagKeys', 'Key', 'Value', 'Label', 'ActionName', 'AWSAccountId', 'FifoTopic', 'FilterPolicy'],
  ...['FilterPolicyScope', 'RedrivePolicy', 'RawMessageDelivery', 'DataType', 'StringValue', 'BinaryValue', 'kind'],
];
/** Texts that mean something somewhere, and some that mean nothing. */
const TEXTS = fc.oneof(
  fc.constantFrom('news', 'news.fifo', '', 'a b', 'true', 'json', 'sqs', 'lambda', 'http', 'String', 'String.Array'),
  fc.constantFrom('{"kind":["a"]}', '{"kind":[{"numeric":[">"]}]}', '{}', '[]', '{', 'null', '{"default":"x"}'),
  fc.constantFrom('MessageBody', 'FilterPolicy', 'RedrivePolicy', 'FifoThroughputScope', 'Topic', 'Policy', '1'),
  fc.constantFrom(NEWS_ARN, FIFO_ARN, `${NEWS_ARN}:x`, ORDERS_ARN, 'arn:aws:sns:eu-west-1:123456789012:news', 'arn'),
  fc.string({ maxLength: 5 }),
);
const calls = anyCallOf(snsInputs.inputs, anyInput(MEMBERS, TEXTS));

describe('any calls of SNS', () => {
  it('are answered, and leave a state that can be asked', () => {
    fc.assert(
      fc.property(fc.array(calls, { minLength: 1, maxLength: 12 }), (all) => {
        const sns = new TopicsForTests();
        for (const { operation, input: given } of [...(snsInputs.before ?? []), ...all]) {
          const error = sns.refusalOf(operation, given);
          if (error === null) continue;
          expect(error.code).toMatch(/Exception$|^ValidationError$|^RaceproofNotSimulated$/);
          expect([400, 403, 404, 501]).toContain(error.status);
          expect(error.message).not.toContain('undefined');
        }
        for (const { operation, input: look } of snsInputs.looks) sns.answerTo(operation, look);
        const { Subscriptions } = sns.ask('ListSubscriptions', {}) as { readonly Subscriptions: readonly Input[] };
        for (const { SubscriptionArn, TopicArn } of Subscriptions) {
          sns.ask('GetSubscriptionAttributes', { SubscriptionArn });
          sns.ask('GetTopicAttributes', { TopicArn });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What a subscriber answers, turn by turn; it is busy at most as often as the first attempts are made at once. */
const answers = fc.array(fc.constantFrom<AwsAnswer>(ok({}), ok({}), BUSY, GONE, fail('Throttled', 'no', 429)), {
  maxLength: 30,
});
const messages = fc.array(
  fc.record({ group: fc.constantFrom('g', 'h'), text: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
  { maxLength: 10 },
);

describe('messages of a FIFO topic', () => {
  it('reach a FIFO queue once, in the order of their groups, or are given up', () => {
    fc.assert(
      fc.property(messages, answers, fc.infiniteStream(fc.nat(5)), (published, answered, chance) => {
        const sns = new TopicsForTests().withFifoTopic();
        sns.subscribed(FIFO_QUEUE_ARN, { RawMessageDelivery: 'true' }, FIFO_ARN);
        const taken: string[] = [];
        const ended: string[] = [];
        const left = [...answered];
        for (const [place, { group, text }] of published.entries()) {
          const step = sns.inGroup(group, text);
          if (notesIn(step.effects).some(({ kind }) => kind === 'notification-published'))
            taken.push(`${group}${text}`);
          if (place % 3 === 2) turn(sns, left, ended, chance);
        }
        while (sns.waiting.length > 0) turn(sns, left, ended, chance);
        for (const group of ['g', 'h']) {
          const of = (all: readonly string[]) => all.filter((one) => one.startsWith(group));
          expect(of(ended)).toEqual(of(taken));
        }
        expect([sns.state.deliveries.size, sns.state.lanes.size, sns.state.sent.size]).toEqual([0, 0, 0]);
      }),
    );
  });
});

/** One of the lanes has its turn; what is taken or given up has ended. */
function turn(sns: TopicsForTests, left: AwsAnswer[], ended: string[], chance: Iterator<number>): void {
  const lanes = [...new Set(sns.waiting.map(({ of }) => of))];
  const lane = lanes[(chance.next().value ?? 0) % Math.max(1, lanes.length)];
  const at = sns.waiting.findIndex(({ of }) => of === lane);
  const [next] = sns.waiting.splice(at, at < 0 ? 0 : 1);
  if (next === undefined) return;
  sns.waiting.unshift(next);
  const step = sns.next();
  const [sent] = sentIn(step.effects, 'deliver');
  if (sent === undefined) return;
  const answer = left.shift() ?? ok({});
  sns.answerSent(step, answer);
  if (answer.ok || answer.error.status === 400) ended.push(`${sent.request.messageGroupId}${sent.request.body}`);
}

describe('messages of a standard topic', () => {
  it('reach each subscriber whose filter policy lets them through, once if nothing strikes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }), (kinds) => {
        const sns = new TopicsForTests().withTopic();
        const raw = { RawMessageDelivery: 'true' };
        sns.subscribed(ORDERS_ARN, { ...raw, FilterPolicy: '{"kind":["a","b"]}' });
        sns.subscribed(subscribedQueueArn('other'), raw);
        for (const kind of kinds) {
          sns.publish(kind, { MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } });
        }
        const handed = sns.deliverAll();
        const to = (arn: string) => handed.flatMap((one) => (one.to === arn ? [one.body] : []));
        expect(to(ORDERS_ARN)).toEqual(kinds.filter((kind) => kind !== 'c'));
        expect(to(subscribedQueueArn('other'))).toEqual(kinds);
      }),
    );
  });
});
