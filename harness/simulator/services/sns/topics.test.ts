/**
 * Topics: names, attributes, tags, permissions.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { FIFO_ARN, NEWS_ARN, ORDERS_ARN, TopicsForTests } from './sns-for-tests.ts';

const attributesOf = (sns: TopicsForTests, TopicArn = NEWS_ARN) =>
  sns.ask('GetTopicAttributes', { TopicArn }).Attributes as Readonly<Record<string, string>>;
const set = (AttributeName: string, AttributeValue: string, TopicArn = NEWS_ARN): Input => ({
  ...{ TopicArn, AttributeName, AttributeValue },
});

describe('a topic', () => {
  it('SN-19 is made, described, listed and deleted', () => {
    const sns = new TopicsForTests();
    expect(sns.ask('CreateTopic', { Name: 'news', Attributes: { DisplayName: 'News' } })).toEqual({
      TopicArn: NEWS_ARN,
    });
    sns.ask('CreateTopic', { Name: 'a' });
    expect(sns.ask('ListTopics', {})).toEqual({
      Topics: [{ TopicArn: NEWS_ARN.replace('news', 'a') }, { TopicArn: NEWS_ARN }],
    });
    expect(attributesOf(sns)).toEqual({
      ...{ DisplayName: 'News', Owner: '123456789012', TopicArn: NEWS_ARN },
      ...{ SubscriptionsConfirmed: '0', SubscriptionsDeleted: '0', SubscriptionsPending: '0' },
      EffectiveDeliveryPolicy: expect.stringContaining('"numRetries":3'),
      Policy: expect.stringContaining('__default_policy_ID'),
    });
    sns.ask('DeleteTopic', { TopicArn: NEWS_ARN });
    expect(sns.errorOf('GetTopicAttributes', { TopicArn: NEWS_ARN })).toEqual({
      ...{ code: 'NotFoundException', message: 'Topic does not exist', status: 404 },
    });
    expect(sns.refusalOf('DeleteTopic', { TopicArn: NEWS_ARN })).toBeNull();
  });

  it('SN-19 that is FIFO says so in its name and its attributes', () => {
    const sns = new TopicsForTests().withFifoTopic({});
    expect(attributesOf(sns, FIFO_ARN)).toMatchObject({
      ...{ FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' },
    });
    expect(attributesOf(sns.withTopic())).not.toHaveProperty('FifoTopic');
  });

  it.each([
    ['', {}],
    ['a b', {}],
    ['a.fifo', {}],
    ['a.fifo', { FifoTopic: 'false' }],
    ['a', { FifoTopic: 'true' }],
    ['x'.repeat(257), {}],
    [`${'x'.repeat(252)}.fifo`, { FifoTopic: 'true' }],
  ])('SN-19 can’t be called «%s» with %o', (Name, Attributes) =>
    expect(new TopicsForTests().errorOf('CreateTopic', { Name, Attributes })).toEqual({
      ...{ code: 'InvalidParameterException', message: 'Invalid parameter: Topic Name', status: 400 },
    }),
  );

  it('SN-19 has a name of up to 256 characters', () => {
    const sns = new TopicsForTests();
    expect(sns.refusalOf('CreateTopic', { Name: 'x'.repeat(256) })).toBeNull();
    const FifoTopic = { Attributes: { FifoTopic: 'true' } };
    expect(sns.refusalOf('CreateTopic', { Name: `${'x'.repeat(251)}.fifo`, ...FifoTopic })).toBeNull();
  });

  it('SN-19 may be made once more, as it is', () => {
    const sns = new TopicsForTests();
    const input = { Name: 'news', Attributes: { DisplayName: 'a' }, Tags: [{ Key: 'k', Value: 'v' }] };
    sns.ask('CreateTopic', input);
    expect(sns.ask('CreateTopic', input)).toEqual({ TopicArn: NEWS_ARN });
    expect(sns.ask('CreateTopic', { Name: 'news', Attributes: { FifoTopic: 'false' } })).toEqual({
      TopicArn: NEWS_ARN,
    });
    expect(attributesOf(sns).DisplayName).toBe('a');
    expect(sns.errorOf('CreateTopic', { ...input, Attributes: { DisplayName: 'b' } }).message).toBe(
      'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
    expect(sns.errorOf('CreateTopic', { ...input, Tags: [{ Key: 'k', Value: 'w' }] }).message).toBe(
      'Invalid parameter: Tags Reason: Topic already exists with different tags',
    );
  });

  it.each([
    ['nonsense', 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    [
      'arn:aws:sns:us-east-1:123456789012',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 5',
    ],
    [undefined, 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sqs:us-east-1:123456789012:news', 'Invalid parameter: TopicArn'],
  ])('SN-19 is not meant by %s', (TopicArn, message) =>
    expect(new TopicsForTests().errorOf('GetTopicAttributes', { TopicArn })).toMatchObject({ message, status: 400 }),
  );

  it('of another account or Region is refused by name', () => {
    const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:news';
    expect(new TopicsForTests().errorOf('Publish', { TopicArn, Message: 'a' })).toMatchObject({ status: 501 });
  });

  it('SN-19 goes with its subscriptions', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN);
    expect(attributesOf(sns).SubscriptionsConfirmed).toBe('1');
    sns.ask('DeleteTopic', { TopicArn: NEWS_ARN });
    expect(sns.ask('ListSubscriptions', {})).toEqual({ Subscriptions: [] });
  });

  it('is listed in pages of 100', () => {
    const sns = new TopicsForTests();
    for (let number = 100; number < 250; number += 1) sns.ask('CreateTopic', { Name: `t${number}` });
    const { Topics, NextToken } = sns.ask('ListTopics', {});
    expect(Topics).toHaveLength(100);
    const second = sns.ask('ListTopics', { NextToken });
    expect(second.Topics).toHaveLength(50);
    expect(second).not.toHaveProperty('NextToken');
    expect(sns.refusalOf('ListTopics', { NextToken: 'x' })).not.toBeNull();
  });
});

describe('an attribute of a topic', () => {
  it('SN-19 is set, and forgotten again', () => {
    const sns = new TopicsForTests().withTopic();
    sns.ask('SetTopicAttributes', set('DisplayName', 'a'));
    expect(attributesOf(sns).DisplayName).toBe('a');
    sns.ask('SetTopicAttributes', set('DisplayName', ''));
    expect(attributesOf(sns).DisplayName).toBe('');
  });

  it('that changes nothing in a run is kept', () => {
    const sns = new TopicsForTests().withTopic({ TracingConfig: 'Active', SQSSuccessFeedbackSampleRate: '100' });
    expect(attributesOf(sns)).toMatchObject({ TracingConfig: 'Active', SQSSuccessFeedbackSampleRate: '100' });
  });

  it.each([
    ['Nonsense', 'x', NEWS_ARN],
    ['FifoTopic', 'true', NEWS_ARN],
    ['ContentBasedDeduplication', 'true', NEWS_ARN],
    ['ContentBasedDeduplication', 'maybe', FIFO_ARN],
    ['FifoThroughputScope', 'topic', FIFO_ARN],
    ['SignatureVersion', '3', NEWS_ARN],
    ['MaximumMessageSize', '1023', NEWS_ARN],
    ['MaximumMessageSize', '1048577', NEWS_ARN],
    ['MaximumMessageSize', 'much', NEWS_ARN],
  ])('SN-19 can’t be %s = %s of %s', (name, value, arn) => {
    const sns = new TopicsForTests().withTopic().withFifoTopic();
    expect(sns.errorOf('SetTopicAttributes', set(name, value, arn))).toMatchObject({
      ...{ code: 'InvalidParameterException', message: expect.stringMatching(/^Invalid parameter: \w/) },
    });
  });

  it('SN-05 is the scope of duplicates, which can’t become narrow again', () => {
    const sns = new TopicsForTests().withFifoTopic();
    sns.ask('SetTopicAttributes', set('FifoThroughputScope', 'MessageGroup', FIFO_ARN));
    expect(attributesOf(sns, FIFO_ARN).FifoThroughputScope).toBe('MessageGroup');
    for (const value of ['Topic', ''])
      expect(sns.refusalOf('SetTopicAttributes', set('FifoThroughputScope', value, FIFO_ARN))).not.toBeNull();
    expect(sns.refusalOf('SetTopicAttributes', set('FifoThroughputScope', 'MessageGroup', FIFO_ARN))).toBeNull();
  });

  it.each(['KmsMasterKeyId', 'ArchivePolicy'])('is refused by name: %s', (name) =>
    expect(new TopicsForTests().withTopic().errorOf('SetTopicAttributes', set(name, 'x'))).toMatchObject({
      ...{ status: 501, message: expect.stringContaining(name) },
    }),
  );
});

describe('a tag', () => {
  const tag = (Key: string, Value: string): Input => ({ Key, Value });
  const listed = (sns: TopicsForTests) => sns.ask('ListTagsForResource', { ResourceArn: NEWS_ARN }).Tags;

  it('SN-24 is added, replaced, listed and taken away', () => {
    const sns = new TopicsForTests().withTopic();
    sns.ask('TagResource', { ResourceArn: NEWS_ARN, Tags: [tag('a', '1'), tag('b', '2')] });
    sns.ask('TagResource', { ResourceArn: NEWS_ARN, Tags: [tag('b', '3')] });
    expect(listed(sns)).toEqual([tag('a', '1'), tag('b', '3')]);
    sns.ask('UntagResource', { ResourceArn: NEWS_ARN, TagKeys: ['a', 'c'] });
    expect(listed(sns)).toEqual([tag('b', '3')]);
  });

  it('SN-24 stands once in a request, and 50 times at most on a topic', () => {
    const sns = new TopicsForTests().withTopic();
    const add = (Tags: readonly Input[]) => sns.refusalOf('TagResource', { ResourceArn: NEWS_ARN, Tags });
    expect(add([tag('a', '1'), tag('a', '2')])?.message).toBe('Invalid parameter: Duplicated keys are not allowed.');
    expect(add(Array.from({ length: 50 }, (_, place) => tag(`k${place}`, '')))).toBeNull();
    expect(add([tag('one more', '')])?.code).toBe('TagLimitExceededException');
  });

  it('SN-24 needs a topic', () => {
    const sns = new TopicsForTests();
    expect(sns.errorOf('ListTagsForResource', { ResourceArn: NEWS_ARN }).code).toBe('ResourceNotFoundException');
  });
});

describe('a permission', () => {
  const statements = (sns: TopicsForTests) =>
    (JSON.parse(attributesOf(sns).Policy ?? '') as { readonly Statement: readonly Input[] }).Statement;
  const permission = (more: Input = {}): Input => ({
    ...{ TopicArn: NEWS_ARN, Label: 'they', AWSAccountId: ['210987654321'], ActionName: ['Publish'], ...more },
  });

  it('SN-24 is a statement of the policy, and goes by its label', () => {
    const sns = new TopicsForTests().withTopic();
    sns.ask('AddPermission', permission());
    expect(statements(sns)[1]).toEqual({
      ...{ Sid: 'they', Effect: 'Allow', Action: 'SNS:Publish', Resource: NEWS_ARN },
      Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    });
    expect(sns.errorOf('AddPermission', permission()).message).toBe('Invalid parameter: Statement already exists');
    sns.ask('RemovePermission', { TopicArn: NEWS_ARN, Label: 'they' });
    expect(statements(sns).map(({ Sid }) => Sid)).toEqual(['__default_statement_ID']);
    expect(sns.refusalOf('RemovePermission', { TopicArn: NEWS_ARN, Label: 'they' })).toBeNull();
  });

  it('SN-24 is for what can be done to a topic', () => {
    const sns = new TopicsForTests().withTopic();
    expect(sns.errorOf('AddPermission', permission({ ActionName: ['CreateTopic'] })).message).toBe(
      'Invalid parameter: Policy statement action out of service scope!',
    );
    sns.ask('SetTopicAttributes', set('Policy', '{'));
    expect(sns.refusalOf('AddPermission', permission())).toBeNull();
  });
});

it.each(['ConfirmSubscription', 'SetSMSAttributes', 'CreatePlatformApplication', 'PutDataProtectionPolicy'])(
  '%s is refused by name',
  (operation) =>
    expect(new TopicsForTests().errorOf(operation, {})).toMatchObject({
      ...{ status: 501, message: expect.stringContaining(operation) },
    }),
);
