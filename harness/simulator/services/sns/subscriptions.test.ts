/**
 * Subscriptions: who may subscribe, with which attributes, and which filter policies there are.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import {
  FIFO_ARN,
  FIFO_QUEUE_ARN,
  LETTERBOX_ARN,
  NEWS_ARN,
  ORDERS_ARN,
  subscribedQueueArn,
  TOLD_ARN,
  TopicsForTests,
} from './sns-for-tests.ts';

const subscribing = (Endpoint: string, more: Input = {}): Input => ({
  ...{ TopicArn: NEWS_ARN, Protocol: 'sqs', Endpoint, ...more },
});
const withAttributes = (Attributes: Input, Endpoint = ORDERS_ARN, more: Input = {}) =>
  subscribing(Endpoint, { Attributes, ...more });
const attributesOf = (sns: TopicsForTests, SubscriptionArn: string) =>
  sns.ask('GetSubscriptionAttributes', { SubscriptionArn }).Attributes as Readonly<Record<string, string>>;
const both = () => new TopicsForTests().withTopic().withFifoTopic();

describe('a subscription', () => {
  it('SN-20 is made without confirmation, described and listed', () => {
    const sns = both();
    const arn = sns.subscribed(ORDERS_ARN);
    expect(arn).toMatch(/^arn:aws:sns:us-east-1:123456789012:news:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const listed = {
      ...{ SubscriptionArn: arn, TopicArn: NEWS_ARN, Protocol: 'sqs', Endpoint: ORDERS_ARN, Owner: '123456789012' },
    };
    expect(attributesOf(sns, arn)).toEqual({
      ...{ ...listed, RawMessageDelivery: 'false', ConfirmationWasAuthenticated: 'true', PendingConfirmation: 'false' },
      SubscriptionPrincipal: 'arn:aws:iam::123456789012:root',
    });
    sns.subscribed(subscribedQueueArn('other'), {}, FIFO_ARN);
    expect(sns.ask('ListSubscriptionsByTopic', { TopicArn: NEWS_ARN })).toEqual({ Subscriptions: [listed] });
    expect(sns.ask('ListSubscriptions', {}).Subscriptions).toHaveLength(2);
  });

  it('SN-20 of the same endpoint is the same, as long as it says nothing else', () => {
    const sns = both();
    const arn = sns.subscribed(ORDERS_ARN, { RawMessageDelivery: 'True' });
    for (const Attributes of [{}, { RawMessageDelivery: 'true' }])
      expect(sns.ask('Subscribe', withAttributes(Attributes)).SubscriptionArn).toBe(arn);
    expect(sns.errorOf('Subscribe', withAttributes({ RawMessageDelivery: 'false' })).message).toBe(
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    );
  });

  it('SN-20 ends, and has another ARN when it is made again', () => {
    const sns = both();
    const SubscriptionArn = sns.subscribed(ORDERS_ARN);
    sns.ask('Unsubscribe', { SubscriptionArn });
    expect(sns.errorOf('GetSubscriptionAttributes', { SubscriptionArn })).toEqual({
      ...{ code: 'NotFoundException', message: 'Subscription does not exist', status: 404 },
    });
    expect(sns.refusalOf('Unsubscribe', { SubscriptionArn })).toBeNull();
    expect(sns.subscribed(ORDERS_ARN)).not.toBe(SubscriptionArn);
  });

  it.each([
    [undefined, 'SubscriptionArn Reason: no value for required parameter'],
    ['x', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 1'],
    [NEWS_ARN, 'SubscriptionId'],
  ])('SN-20 is not meant by %s', (SubscriptionArn, what) =>
    expect(both().errorOf('Unsubscribe', { SubscriptionArn }).message).toBe(`Invalid parameter: ${what}`),
  );

  it.each([
    [
      'a protocol that there is not',
      { Protocol: 'pigeon' },
      'Amazon SNS does not support this protocol string: pigeon',
    ],
    ['a queue by its URL', { Endpoint: 'https://sqs/orders' }, 'SQS endpoint ARN'],
    ['a queue as a function', { Protocol: 'lambda' }, 'Lambda endpoint ARN'],
    ['no endpoint', { Endpoint: '' }, 'Endpoint'],
  ])('SN-20 can’t have %s', (_what, more, message) =>
    expect(both().errorOf('Subscribe', subscribing(ORDERS_ARN, more)).message).toBe(`Invalid parameter: ${message}`),
  );

  it.each(['http', 'https', 'email', 'sms', 'application', 'firehose'])('is refused by name: %s', (Protocol) =>
    expect(both().errorOf('Subscribe', subscribing('x', { Protocol }))).toMatchObject({ status: 501 }),
  );

  it('SN-20 needs its topic', () =>
    expect(new TopicsForTests().errorOf('Subscribe', subscribing(ORDERS_ARN)).message).toBe('Topic does not exist'));

  it('SN-01 of a FIFO topic is a queue’s, FIFO or standard, and never a function’s', () => {
    const sns = both();
    const fifo = { TopicArn: FIFO_ARN };
    expect(sns.refusalOf('Subscribe', subscribing(FIFO_QUEUE_ARN, fifo))).toBeNull();
    expect(sns.refusalOf('Subscribe', subscribing(ORDERS_ARN, fifo))).toBeNull();
    for (const Protocol of ['lambda', 'https', 'email']) {
      expect(sns.errorOf('Subscribe', subscribing(TOLD_ARN, { ...fifo, Protocol }))).toEqual({
        ...{ code: 'InvalidParameterException', status: 400 },
        message: 'Invalid parameter: Invalid parameter: Endpoint Reason: Please use FIFO SQS queue',
      });
    }
    expect(sns.refusalOf('Subscribe', subscribing(TOLD_ARN, { Protocol: 'lambda' }))).toBeNull();
  });

  it('SN-08 of a standard topic is no FIFO queue’s', () =>
    expect(both().errorOf('Subscribe', subscribing(FIFO_QUEUE_ARN)).message).toBe(
      'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ));

  it('SN-20 of a FIFO topic has 99 others at most', () => {
    const sns = both();
    for (let number = 0; number < 100; number += 1) sns.subscribed(subscribedQueueArn(`q${number}`), {}, FIFO_ARN);
    expect(sns.errorOf('Subscribe', subscribing(ORDERS_ARN, { TopicArn: FIFO_ARN }))).toMatchObject({
      ...{ code: 'SubscriptionLimitExceededException', status: 403 },
    });
  });
});

describe('an attribute of a subscription', () => {
  const reason = 'Invalid parameter: Attributes Reason: ';
  const redrive = (deadLetterTargetArn: string) => JSON.stringify({ deadLetterTargetArn });

  it.each([
    [{ Nonsense: 'x' }, 'AttributeName'],
    [{ RawMessageDelivery: 'wrongvalue' }, 'RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false.'],
    [
      { FilterPolicyScope: 'RandomValue' },
      'FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes',
    ],
    [{ RedrivePolicy: '{invalid' }, 'RedrivePolicy: failed to parse JSON.'],
    [{ RedrivePolicy: redrive('nonsense') }, 'RedrivePolicy: deadLetterTargetArn is an invalid arn'],
    [
      { RedrivePolicy: '{"deadLetterTargetArn":{"toString":1}}' },
      'RedrivePolicy: deadLetterTargetArn is an invalid arn',
    ],
    [
      { RedrivePolicy: redrive(subscribedQueueArn('letters.fifo')) },
      'RedrivePolicy: deadLetterTargetArn is an invalid arn',
    ],
  ])('SN-20 can’t be %o', (Attributes, message) =>
    expect(both().errorOf('Subscribe', withAttributes(Attributes))).toMatchObject({ message: reason + message }),
  );

  it('SN-08 is a FIFO queue for the dead letters of a FIFO queue on a FIFO topic', () => {
    const sns = both();
    const fifo = (Endpoint: string, to: string) =>
      sns.refusalOf('Subscribe', withAttributes({ RedrivePolicy: redrive(to) }, Endpoint, { TopicArn: FIFO_ARN }));
    expect(fifo(FIFO_QUEUE_ARN, LETTERBOX_ARN)?.message).toBe(
      `${reason}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
    expect(fifo(FIFO_QUEUE_ARN, subscribedQueueArn('letters.fifo'))).toBeNull();
    expect(fifo(ORDERS_ARN, LETTERBOX_ARN)).toBeNull();
  });

  it('SN-13 is not raw delivery for a function', () => {
    const sns = both();
    const attributes = withAttributes({ RawMessageDelivery: 'true' }, TOLD_ARN, { Protocol: 'lambda' });
    expect(sns.errorOf('Subscribe', attributes).message).toBe(
      `${reason}Delivery protocol [lambda] does not support raw message delivery.`,
    );
    expect(
      sns.refusalOf('Subscribe', withAttributes({ RawMessageDelivery: 'false' }, TOLD_ARN, { Protocol: 'lambda' })),
    ).toBeNull();
  });

  it('SN-20 is set and forgotten, and wrong ones are told without a reason', () => {
    const sns = both();
    const SubscriptionArn = sns.subscribed(ORDERS_ARN);
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.refusalOf('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });
    expect(set('RawMessageDelivery', 'TRUE')).toBeNull();
    expect(attributesOf(sns, SubscriptionArn).RawMessageDelivery).toBe('true');
    expect(set('FilterPolicy', '{"a":["b"]}')).toBeNull();
    expect(attributesOf(sns, SubscriptionArn)).toMatchObject({
      ...{ FilterPolicy: '{"a":["b"]}', FilterPolicyScope: 'MessageAttributes' },
    });
    expect(set('FilterPolicy', '')).toBeNull();
    expect(attributesOf(sns, SubscriptionArn)).not.toHaveProperty('FilterPolicy');
    expect(set('RawMessageDelivery', '')?.message).toBe(
      'Invalid parameter: RawMessageDelivery: Invalid value []. Must be true or false.',
    );
    expect(set('fake', 'x')?.message).toBe('Invalid parameter: AttributeName');
    expect(set('RedrivePolicy', redrive(LETTERBOX_ARN))).toBeNull();
    expect(set('RedrivePolicy', '{}')).toBeNull();
    const gone = { SubscriptionArn: `${SubscriptionArn}0`, AttributeName: 'FilterPolicy' };
    expect(sns.errorOf('SetSubscriptionAttributes', gone).code).toBe('NotFoundException');
  });

  it('SN-17 says its scope beside its filter policy alone', () => {
    const sns = both();
    const arn = sns.subscribed(ORDERS_ARN, { FilterPolicyScope: 'MessageBody' });
    expect(attributesOf(sns, arn)).not.toHaveProperty('FilterPolicyScope');
    sns.ask('SetSubscriptionAttributes', {
      ...{ SubscriptionArn: arn, AttributeName: 'FilterPolicy', AttributeValue: '{"a":{"b":["c"]}}' },
    });
    expect(attributesOf(sns, arn).FilterPolicyScope).toBe('MessageBody');
  });

  it.each(['ReplayPolicy', 'SubscriptionRoleArn'])('is refused by name: %s', (name) =>
    expect(both().errorOf('Subscribe', withAttributes({ [name]: '{}' }))).toMatchObject({ status: 501 }),
  );
});

describe('a filter policy', () => {
  const refusalOf = (policy: object | string, FilterPolicyScope = 'MessageAttributes') => {
    const FilterPolicy = typeof policy === 'string' ? policy : JSON.stringify(policy);
    return both().refusalOf('Subscribe', withAttributes({ FilterPolicy, FilterPolicyScope }))?.message ?? null;
  };
  const reason = 'Invalid parameter: Attributes Reason: ';
  const values = (count: number) => Array.from({ length: count }, (_, place) => `v${place}`);

  it.each([
    ['no JSON', '{invalid', 'FilterPolicy: failed to parse JSON.'],
    ['a list', '[]', 'FilterPolicy: failed to parse JSON.'],
    ['a plain value', { key: 'value' }, 'FilterPolicy: "key" must be an object or an array'],
    ['an empty list', { key: [] }, 'FilterPolicy: Empty arrays are not allowed'],
    [
      'a list in a list',
      { key: [['value']] },
      'FilterPolicy: Match value must be String, number, true, false, or null',
    ],
    ['an operator that is none', { key: [{ wrong: true }] }, 'FilterPolicy: Unrecognized match type wrong'],
    ['a wildcard', { key: [{ wildcard: '*' }] }, 'FilterPolicy: Unrecognized match type wildcard'],
    [
      'two operators',
      { key: [{ prefix: 'a', suffix: 'b' }] },
      'FilterPolicy: Only one key allowed in match expression',
    ],
    ['a suffix in any case', { key: [{ suffix: {} }] }, 'FilterPolicy: suffix match pattern must be a string'],
    [
      'anything but a suffix',
      { key: [{ 'anything-but': { suffix: 'a' } }] },
      'FilterPolicy: Unsupported anything-but pattern: suffix',
    ],
    ['a wrong range', { key: [{ numeric: ['>', 3, '<', 1] }] }, 'FilterPolicy: Bottom must be less than top'],
  ])('SN-17 is not %s', (_what, policy, message) => expect(refusalOf(policy)).toBe(reason + message));

  it('SN-17 has five keys at most', () => {
    const keys = (count: number) => Object.fromEntries(values(count).map((name) => [name, ['x']]));
    expect(refusalOf(keys(5))).toBeNull();
    expect(refusalOf(keys(6))).toBe(`${reason}FilterPolicy: Filter policy can not have more than 5 keys`);
  });

  it('SN-17 has 150 combinations at most, in which deep keys count more', () => {
    const complex = `${reason}FilterPolicy: Filter policy is too complex`;
    expect(refusalOf({ a: values(15), b: values(10) })).toBeNull();
    expect(refusalOf({ a: values(151) })).toBe(complex);
    expect(refusalOf({ a: values(19), b: values(8) })).toBe(complex);
    expect(refusalOf({ $or: [{ a: values(75) }, { b: values(75) }] })).toBeNull();
    expect(refusalOf({ $or: [{ a: values(75) }, { b: values(76) }] })).toBe(complex);
    const deep = (count: number) => ({ a: { b: { c: values(4) } }, d: { e: values(count) } });
    expect(refusalOf(deep(6), 'MessageBody')).toBeNull();
    expect(refusalOf(deep(7), 'MessageBody')).toBe(complex);
  });

  it('SN-17 of attributes is flat', () => {
    const nested = `${reason}Filter policy scope MessageAttributes does not support nested filter policy`;
    expect(refusalOf({ a: { b: ['c'] } })).toBe(nested);
    expect(refusalOf({ $or: [{ a: { b: ['c'] } }, { d: ['e'] }] })).toBe(nested);
    expect(refusalOf({ a: { b: ['c'] } }, 'MessageBody')).toBeNull();
  });

  it('SN-17 of 200 subscriptions is as much as a topic has', () => {
    const sns = both();
    const FilterPolicy = '{"a":["b"]}';
    for (let number = 0; number < 200; number += 1) sns.subscribed(subscribedQueueArn(`q${number}`), { FilterPolicy });
    const code = 'FilterPolicyLimitExceededException';
    expect(sns.errorOf('Subscribe', withAttributes({ FilterPolicy }))).toMatchObject({ code, status: 403 });
    const SubscriptionArn = sns.subscribed(ORDERS_ARN);
    const input = { SubscriptionArn, AttributeName: 'FilterPolicy', AttributeValue: FilterPolicy };
    expect(sns.errorOf('SetSubscriptionAttributes', input)).toMatchObject({ code });
  });
});
