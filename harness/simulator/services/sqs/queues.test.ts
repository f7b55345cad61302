/**
 * Queues that are deleted: what becomes of their messages, of those who wait for them, and of their name.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { effectsOf, replyIn } from '../../contract/service-for-tests.ts';
import { arn, bodiesIn, handedOutIn, MAPPING_ARN, QueuesForTests, READER, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders');
});

const remove = (queue = 'orders') => account.call('DeleteQueue', { QueueUrl: url(queue) });
const GONE = { code: 'QueueDoesNotExist', status: 400, message: 'The specified queue does not exist.' };

describe('a deleted queue', () => {
  it('SQ-38 is gone with its messages, whether or not they were received', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.send('orders', 'b');
    expect(remove().answer).toEqual({ ok: true, output: {} });
    expect(account.ask('ListQueues', {})).toEqual({});
    for (const operation of ['SendMessage', 'ReceiveMessage', 'DeleteQueue'])
      expect(account.refusalOf(operation, { QueueUrl: url('orders'), MessageBody: 'x' })).toEqual(GONE);
    expect(account.delete('orders', handle)).toEqual(GONE);
    account.nowMs = 60 * SECOND;
    account.create('orders');
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-38 has a name that is free 60 seconds later', () => {
    remove();
    account.nowMs = 60 * SECOND - 1;
    expect(account.refusalOf('CreateQueue', { QueueName: 'orders' })).toMatchObject({
      ...{ code: 'QueueDeletedRecently', status: 400 },
    });
    expect(account.refusalOf('CreateQueue', { QueueName: 'others' })).toBeNull();
    account.nowMs = 60 * SECOND;
    expect(account.refusalOf('CreateQueue', { QueueName: 'orders' })).toBeNull();
  });

  it('SQ-38 gives no id of its messages to those of the next queue of its name', () => {
    const first = account.send('orders', 'a');
    remove();
    account.nowMs = 60 * SECOND;
    account.create('orders');
    expect(account.send('orders', 'a')).not.toBe(first);
  });

  it('UV-27 tells receives that wait for messages that it is gone, and sets no timer any more', () => {
    account.call('ReceiveMessage', { QueueUrl: url('orders'), WaitTimeSeconds: 20 });
    account.send('orders', 'later', { DelaySeconds: 5 });
    const { effects } = remove();
    expect(replyIn(effects)).toMatchObject({ ok: false, error: GONE });
    expect(effectsOf(effects, 'cancel').map(({ of }) => of)).toEqual(['sqs/orders/wait/call-2', 'sqs/orders/delay']);
  });

  it('UV-28 hands a mapping nothing, and takes what the mapping acknowledges', () => {
    account.watch('orders');
    account.send('orders', 'a');
    const [item] = handedOutIn(account.poll('orders', 1)).items;
    remove();
    expect(bodiesIn(account.poll('orders', 1))).toEqual([]);
    expect(account.acknowledge('orders', item?.handle ?? '').effects).toEqual([]);
  });

  it('UV-28 is read by the same mappings when there is a queue of its name again', () => {
    remove();
    account.watch('orders', READER);
    account.nowMs = 60 * SECOND;
    account.create('orders');
    const { effects } = account.call('SendMessage', { QueueUrl: url('orders'), MessageBody: 'a' });
    expect(effectsOf(effects, 'send')).toMatchObject([{ to: READER.arn, request: { kind: 'available' } }]);
  });

  it('has no second delivery of its messages', () => {
    account.send('orders', 'a');
    const [item] = handedOutIn(account.poll('orders', 1)).items;
    remove();
    const handed = { queue: 'orders', messageId: item?.id ?? '', receives: 1, by: MAPPING_ARN, to: null } as const;
    expect(account.tell({ kind: 'comes-again', ...handed })).toEqual({
      ...{ effects: [], footprint: { reads: ['sqs/orders', 'sqs/orders/*'], writes: [] } },
    });
  });

  it('is no dead-letter queue any more: the message is received again', () => {
    account.create('dead');
    account.set('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) });
    account.send('orders', 'a');
    account.receive('orders', { VisibilityTimeout: 0 });
    remove('dead');
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('refuses a delivery of another service', () => {
    remove();
    const { effects, footprint } = account.take(arn('orders'), { kind: 'deliver', body: 'a', attributes: {} }, 'd-1');
    expect(replyIn(effects)).toMatchObject({ ok: false, error: { code: 'QueueDoesNotExist' } });
    expect(footprint.reads).toContain('sqs/orders');
  });
});

describe('a new queue', () => {
  it('may have tags, which change nothing', () => {
    account.ask('CreateQueue', { QueueName: 'tagged', tags: { team: 'shop' } });
    account.create('plain');
    const { QueueArn: _, ...tagged } = account.attributes('tagged');
    const { QueueArn: __, ...plain } = account.attributes('plain');
    expect(tagged).toEqual(plain);
  });
});
