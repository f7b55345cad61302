/**
 * Dead-letter queues: when a message is moved, what it keeps, and which queues may send to which.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { arn, QueuesForTests, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders', 'dead');
});

const policy = (maxReceiveCount?: unknown, target = arn('dead')) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount }),
});

/** Receives a message and returns it at once, `times` times. */
function fail(times: number): readonly string[] {
  return Array.from({ length: times }, () => {
    const [message] = account.receive('orders');
    if (message !== undefined) account.change('orders', message.ReceiptHandle, 0);
    return message?.Body ?? 'nothing';
  });
}

describe('the redrive policy', () => {
  it('SQ-26 a message is received exactly maxReceiveCount times, then it is a dead letter', () => {
    account.set('orders', policy(2));
    account.send('orders', 'poison');
    expect(fail(3)).toEqual(['poison', 'poison', 'nothing']);
    expect(account.counts('orders')).toEqual([0, 0, 0]);
    expect(account.bodies('dead')).toEqual(['poison']);
  });

  it('SQ-26 with a maxReceiveCount of 1 the second receive finds nothing', () => {
    account.set('orders', policy(1));
    account.send('orders', 'poison');
    expect(fail(2)).toEqual(['poison', 'nothing']);
    expect(account.bodies('dead')).toEqual(['poison']);
  });

  it('SQ-26 a receive passes over dead letters to the messages behind them', () => {
    account.set('orders', policy(1));
    account.send('orders', 'poison');
    fail(1);
    account.send('orders', 'fine');
    expect(account.bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['fine']);
  });

  it('SQ-26 the count is 10 unless it is set, and from 1 to 1,000', () => {
    expect(account.set('orders', policy())).toBeNull();
    account.send('orders', 'poison');
    expect(fail(11)).toEqual([...Array(10).fill('poison'), 'nothing']);
    expect(account.set('orders', policy(1_000))).toBeNull();
    expect(account.set('orders', policy('3'))).toBeNull();
    expect(account.set('orders', policy(0))?.code).toBe('InvalidParameterValue');
    expect(account.set('orders', policy(1_001))?.code).toBe('InvalidParameterValue');
  });

  it('SQ-26 its target must be an existing queue', () => {
    expect(account.set('orders', policy(42, 'dummy'))).toMatchObject({
      code: 'InvalidParameterValue',
      message:
        'Value {"deadLetterTargetArn":"dummy","maxReceiveCount":42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
    });
    expect(account.set('orders', policy(42, arn('gone')))?.message ?? '').toMatch(
      /Dead letter target does not exist\.$/,
    );
    expect(account.set('orders', { RedrivePolicy: '{"maxReceiveCount":1}' })?.message ?? '').toMatch(
      /does not contain mandatory attribute: deadLetterTargetArn\.$/,
    );
    expect(account.set('orders', { RedrivePolicy: 'no json' })?.message ?? '').toMatch(/not a valid JSON map\.$/);
  });

  it('its target may not be the queue itself: that is refused by name', () => {
    expect(account.set('orders', policy(1, arn('orders')))).toMatchObject({
      status: 501,
      message: 'A queue that is its own dead-letter queue is not simulated.',
    });
  });

  it('SQ-26 it is read back as text, and an empty text removes it', () => {
    account.set('orders', policy(3));
    expect(account.attributes('orders', 'RedrivePolicy')).toEqual({
      RedrivePolicy: `{"deadLetterTargetArn":"${arn('dead')}","maxReceiveCount":3}`,
    });
    expect(account.ask('ListDeadLetterSourceQueues', { QueueUrl: url('dead') })).toEqual({
      queueUrls: [url('orders')],
    });
    account.set('orders', { RedrivePolicy: '' });
    expect(account.attributes('orders')).not.toHaveProperty('RedrivePolicy');
    expect(account.ask('ListDeadLetterSourceQueues', { QueueUrl: url('dead') })).toEqual({ queueUrls: [] });
  });

  it('UV-06 the move happens when a receive would have returned the message, not before', () => {
    account.set('orders', policy(1));
    account.send('orders', 'poison');
    account.receive('orders');
    account.nowMs = 30 * SECOND;
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    expect(account.counts('dead')).toEqual([0, 0, 0]);
    account.receive('orders');
    expect(account.counts('dead')).toEqual([1, 0, 0]);
  });
});

describe('a dead letter', () => {
  it('SQ-27 keeps its id, body and attributes, and names the queue that it came from', () => {
    account.set('orders', policy(1));
    const id = account.send('orders', 'poison', { MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } });
    fail(2);
    const [letter] = account.receive('dead', {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'DeadLetterQueueSourceArn'],
    });
    expect(letter).toMatchObject({
      MessageId: id,
      Body: 'poison',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } },
      // Counted across queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
      Attributes: { ApproximateReceiveCount: '2', DeadLetterQueueSourceArn: arn('orders') },
    });
    expect(account.delete('dead', letter?.ReceiptHandle ?? '')).toBeNull();
    expect(account.counts('dead')).toEqual([0, 0, 0]);
  });

  it('SQ-27 keeps the instant of its send, so its retention period continues', () => {
    account.set('orders', policy(1));
    account.set('dead', { MessageRetentionPeriod: `${2 * 86_400}` });
    account.send('orders', 'poison');
    account.nowMs = DAY;
    fail(2);
    account.nowMs = 2 * DAY - 1;
    expect(account.counts('dead')).toEqual([1, 0, 0]);
    account.nowMs = 2 * DAY;
    expect(account.counts('dead')).toEqual([0, 0, 0]);
  });
});

describe('the redrive allow policy', () => {
  const allow = (value: unknown) => account.set('dead', { RedriveAllowPolicy: JSON.stringify(value) });

  it('SQ-29 allows every queue by default', () => {
    expect(account.set('orders', policy(1))).toBeNull();
    expect(allow({ redrivePermission: 'allowAll' })).toBeNull();
    expect(account.set('orders', policy(2))).toBeNull();
  });

  it('SQ-29 denyAll allows no queue, byQueue those that it lists', () => {
    allow({ redrivePermission: 'denyAll' });
    expect(account.set('orders', policy(1))?.code).toBe('InvalidParameterValue');
    allow({ redrivePermission: 'byQueue', sourceQueueArns: [arn('others')] });
    expect(account.set('orders', policy(1))?.code).toBe('InvalidParameterValue');
    allow({ redrivePermission: 'byQueue', sourceQueueArns: [arn('orders')] });
    expect(account.set('orders', policy(1))).toBeNull();
  });

  it('SQ-29 byQueue lists at most 10 queues, the others none', () => {
    const arns = Array.from({ length: 11 }, (_, n) => arn(`q${n}`));
    expect(allow({ redrivePermission: 'byQueue', sourceQueueArns: arns })?.code).toBe('InvalidAttributeValue');
    expect(allow({ redrivePermission: 'byQueue', sourceQueueArns: arns.slice(1) })).toBeNull();
    expect(allow({ redrivePermission: 'denyAll', sourceQueueArns: arns.slice(1) })?.code).toBe('InvalidAttributeValue');
    expect(allow({ redrivePermission: 'sometimes' })?.code).toBe('InvalidAttributeValue');
  });
});
