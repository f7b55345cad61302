/**
 * Sending and receiving: sizes, limits, order, attributes, checksums.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { effectsOf, SETTINGS_FOR_TESTS } from '../../contract/service-for-tests.ts';
import { QueuesForTests, url } from './sqs-for-tests.ts';

const { epochMs: EPOCH_MS } = SETTINGS_FOR_TESTS;

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders');
});

const batchOf = (...entries: readonly Readonly<Record<string, unknown>>[]) => ({
  QueueUrl: url('orders'),
  Entries: entries,
});

describe('sizes', () => {
  it('SQ-07 a message has at most 1 MiB, its attributes included', () => {
    const attributes = { ab: { DataType: 'String', StringValue: 'c' } };
    const most = 'x'.repeat(1_048_576 - 'abStringc'.length);
    expect(account.send('orders', most, { MessageAttributes: attributes })).toBeTypeOf('string');
    expect(
      account.refusalOf('SendMessage', {
        QueueUrl: url('orders'),
        MessageBody: `${most}x`,
        MessageAttributes: attributes,
      }),
    ).toMatchObject({
      code: 'InvalidParameterValue',
      status: 400,
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    });
    expect(account.attributes('orders', 'MaximumMessageSize')).toEqual({ MaximumMessageSize: '1048576' });
  });

  it('SQ-07 bytes count, not characters, and a queue may allow fewer', () => {
    account.set('orders', { MaximumMessageSize: '1024' });
    expect(account.send('orders', '☕'.repeat(341))).toBeTypeOf('string');
    expect(account.refusalOf('SendMessage', { QueueUrl: url('orders'), MessageBody: '☕'.repeat(342) })?.message).toBe(
      'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    );
    const batch = batchOf({ Id: 'a', MessageBody: 'short' }, { Id: 'b', MessageBody: 'x'.repeat(1025) });
    expect(account.ask('SendMessageBatch', batch).Failed).toEqual([
      {
        ...{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' },
        Message: 'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
      },
    ]);
    expect(account.set('orders', { MaximumMessageSize: '1048577' })).toMatchObject({
      code: 'InvalidAttributeValue',
      message: 'Invalid value for the parameter MaximumMessageSize.',
    });
  });

  it('SQ-07 a batch has at most 1 MiB in all', () => {
    const half = 'x'.repeat(524_288);
    expect(
      account.refusalOf(
        'SendMessageBatch',
        batchOf({ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: `${half}x` }),
      ),
    ).toMatchObject({
      code: 'BatchRequestTooLong',
      status: 400,
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    });
    expect(
      account.ask('SendMessageBatch', batchOf({ Id: 'a', MessageBody: half }, { Id: 'b', MessageBody: half })),
    ).not.toHaveProperty('Failed');
  });
});

describe('receiving', () => {
  it('SQ-08 a receive returns one message unless it asks for more, and at most 10', () => {
    for (let n = 0; n < 12; n += 1) account.send('orders', `${n}`);
    expect(account.bodies('orders', { MaxNumberOfMessages: undefined })).toEqual(['0']);
    expect(account.bodies('orders')).toHaveLength(10);
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders'), MaxNumberOfMessages: 11 })).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    });
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders'), MaxNumberOfMessages: 0 })).not.toBeNull();
  });

  it('SQ-08 a receive from an empty queue is answered without messages', () => {
    expect(account.ask('ReceiveMessage', { QueueUrl: url('orders') })).toEqual({});
  });

  it('SQ-08 a wait is at most 20 seconds', () => {
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders'), WaitTimeSeconds: 21 })).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    });
    expect(account.set('orders', { ReceiveMessageWaitTimeSeconds: '21' })?.code).toBe('InvalidAttributeValue');
  });

  it('SQ-08 messages are kept for 4 days unless set', () => {
    account.send('orders', 'a');
    account.nowMs = 4 * DAY - 1;
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    account.nowMs = 4 * DAY;
    expect(account.counts('orders')).toEqual([0, 0, 0]);
    expect(account.bodies('orders')).toEqual([]);
    account.set('orders', { MessageRetentionPeriod: '60' });
    account.send('orders', 'b');
    account.receive('orders', { VisibilityTimeout: 600 });
    account.nowMs += 60 * SECOND;
    expect(account.counts('orders')).toEqual([0, 0, 0]);
    expect(account.set('orders', { MessageRetentionPeriod: '59' })?.code).toBe('InvalidAttributeValue');
    expect(account.set('orders', { MessageRetentionPeriod: '1209601' })?.code).toBe('InvalidAttributeValue');
  });

  it('SQ-08 what was kept for too long is told in the trace, by the step that finds it gone', () => {
    const messageId = account.send('orders', 'a');
    account.nowMs += 5 * DAY;
    const { effects } = account.call('ReceiveMessage', { QueueUrl: url('orders') });
    expect(effectsOf(effects, 'note').map(({ event }) => event)).toEqual([
      { kind: 'message-expired', queue: 'orders', messageId, keptForMs: 5 * DAY, retentionMs: 4 * DAY },
    ]);
  });

  it('SQ-08 a delay hides a message at first; its own delay takes precedence over the queue’s', () => {
    account.set('orders', { DelaySeconds: '10' });
    account.send('orders', 'by the queue');
    account.send('orders', 'by itself', { DelaySeconds: 3 });
    account.send('orders', 'not at all', { DelaySeconds: 0 });
    expect(account.counts('orders')).toEqual([1, 0, 2]);
    expect(account.bodies('orders')).toEqual(['not at all']);
    account.nowMs = 3 * SECOND;
    expect(account.bodies('orders')).toEqual(['by itself']);
    account.nowMs = 10 * SECOND;
    expect(account.bodies('orders')).toEqual(['by the queue']);
  });

  it('SQ-08 a delay is at most 15 minutes', () => {
    expect(
      account.refusalOf('SendMessage', { QueueUrl: url('orders'), MessageBody: 'a', DelaySeconds: 901 }),
    ).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    });
    expect(account.set('orders', { DelaySeconds: '901' })?.code).toBe('InvalidAttributeValue');
  });

  it('SQ-09 mostly in order: a message that comes back keeps its turn', () => {
    for (const body of ['a', 'b', 'c']) account.send('orders', body);
    const [a] = account.receive('orders', { MaxNumberOfMessages: 1 });
    account.change('orders', a?.ReceiptHandle ?? '', 0);
    expect(account.bodies('orders')).toEqual(['a', 'b', 'c']);
  });

  it('SQ-10 the third receive without a delete puts a message at the back of the queue', () => {
    account.send('orders', 'poison');
    account.send('orders', 'next');
    const order: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const [message] = account.receive('orders', { MaxNumberOfMessages: 1 });
      order.push(message?.Body ?? '');
      account.change('orders', message?.ReceiptHandle ?? '', 0);
    }
    expect(order).toEqual(['poison', 'poison', 'poison', 'next', 'next']);
  });
});

describe('attributes', () => {
  it('do not show the chain of events that a message carries to Lambda', () => {
    const input = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/orders', MessageBody: 'a' };
    const call = { id: 'call', by: 'bump#1', operation: 'SendMessage', input, number: null, chain: { bump: 1 } };
    account.service.call(account.state, call, account.moment);
    const [message] = account.receive('orders', { MessageSystemAttributeNames: ['All'] });
    expect(message).not.toHaveProperty('chain');
    expect(message?.Attributes).not.toHaveProperty('AWSTraceHeader');
  });

  it('SQ-03 a receive returns the system attributes that it asks for', () => {
    account.nowMs = 5;
    account.send('orders', 'a', {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1' } },
    });
    account.nowMs = 7;
    const [message] = account.receive('orders', { MessageSystemAttributeNames: ['All'], VisibilityTimeout: 1 });
    expect(message?.Attributes).toEqual({
      SenderId: 'AIDACKCEVSQ6C2EXAMPLE',
      SentTimestamp: `${EPOCH_MS + 5}`,
      ApproximateFirstReceiveTimestamp: `${EPOCH_MS + 7}`,
      ApproximateReceiveCount: '1',
      AWSTraceHeader: 'Root=1',
    });
    account.nowMs = 2_000;
    const [again] = account.receive('orders', { AttributeNames: ['ApproximateFirstReceiveTimestamp'] });
    expect(again?.Attributes).toEqual({ ApproximateFirstReceiveTimestamp: `${EPOCH_MS + 7}` });
    account.nowMs = 40_000;
    expect(account.receive('orders')[0]).not.toHaveProperty('Attributes');
  });

  // Checksums as recorded from AWS.
  const GREETING = {
    Hello: { DataType: 'String', StringValue: 'There' },
    General: { DataType: 'String', StringValue: 'Kenobi' },
    'Help.Me': { DataType: 'String', StringValue: 'Me' },
  };
  it.each([
    [[], undefined],
    [['All'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['.*'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['*'], '4c360f3fdafd970e05fae2f149d997f5'],
    [['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
    [['Hello', 'Nothing'], 'a311262e065454b75da111d535b8dacd'],
    [['Hel.*'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
    [['Nothing'], undefined],
  ])('SQ-36 the message attributes %j have the checksum that AWS gives', (names, md5) => {
    account.send('orders', 'msg', { MessageAttributes: GREETING });
    const [message] = account.receive('orders', { MessageAttributeNames: names });
    expect(message?.MD5OfBody).toBe('6e2baaf3b97dbeef01c0043275f9a0e7');
    expect(message?.MD5OfMessageAttributes).toBe(md5);
  });

  it('binary attributes have the checksum that AWS gives, too', () => {
    const bytes = new TextEncoder().encode('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01');
    const sent = account.ask('SendMessage', {
      QueueUrl: url('orders'),
      MessageBody: 'test',
      MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue: bytes } },
    });
    expect(sent.MD5OfMessageAttributes).toBe('8cbe4db156db8a94db8b801b7addb984');
  });

  it.each([
    [{ a: { DataType: 'String', StringValue: '' } }, "must contain a non-empty value of type 'String'"],
    [
      { a: { DataType: 'Number', StringValue: 'seven' } },
      "Can't cast the value of message (user) attribute 'a' to a number",
    ],
    [{ a: { DataType: 'Bool', StringValue: 'x' } }, 'the set of supported type prefixes is Binary, Number, and String'],
    [{ a: { StringValue: 'x' } }, 'must contain non-empty message attribute type'],
    [{ 'AWS.a': { DataType: 'String', StringValue: 'x' } }, "name 'AWS.a' is invalid"],
    [{ 'a..b': { DataType: 'String', StringValue: 'x' } }, "name 'a..b' is invalid"],
    [
      Object.fromEntries([...'abcdefghijk'].map((name) => [name, { DataType: 'String', StringValue: 'x' }])),
      'Number of message attributes [11] exceeds the allowed maximum [10]',
    ],
  ])('%j is refused', (attributes, message) => {
    const input = { QueueUrl: url('orders'), MessageBody: 'a', MessageAttributes: attributes };
    expect(account.refusalOf('SendMessage', input)).toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining(message),
    });
  });

  it('SQ-37 a name may have letters beyond ASCII; a value with a control character is refused under another name than a body', () => {
    const sent = (name: string, StringValue: string) =>
      account.refusalOf('SendMessage', {
        ...{ QueueUrl: url('orders'), MessageBody: 'a' },
        MessageAttributes: { [name]: { DataType: 'String', StringValue } },
      });
    expect(sent('größe', 'x')).toBeNull();
    expect(sent('a b', 'x')?.code).toBe('InvalidParameterValue');
    expect(sent('a', '\u0001')).toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining('Invalid characters found.') as string,
    });
    expect(account.refusalOf('SendMessage', { QueueUrl: url('orders'), MessageBody: '\u0001' })?.code).toBe(
      'InvalidMessageContents',
    );
  });

  it('SQ-32 SQ-33 a tenant comes back as MessageGroupId, and neither orders nor deduplicates', () => {
    for (let n = 0; n < 2; n += 1) account.send('orders', 'same', { MessageGroupId: 'tenant-1' });
    const [first] = account.receive('orders', {
      MaxNumberOfMessages: 1,
      MessageSystemAttributeNames: ['MessageGroupId'],
    });
    expect(first?.Attributes).toEqual({ MessageGroupId: 'tenant-1' });
    expect(account.bodies('orders')).toEqual(['same']);
  });

  it('SQ-32 UV-15 a tenant with most of the messages in flight waits until the others have no message left', () => {
    const tenant = (name: string, count: number) => {
      for (let n = 1; n <= count; n += 1) account.send('orders', `${name} ${n}`, { MessageGroupId: name });
    };
    tenant('loud', 9);
    expect(account.receive('orders')).toHaveLength(9);
    tenant('loud', 3);
    tenant('quiet', 1);
    expect(account.bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['loud 1']);
    expect(account.bodies('orders', { MaxNumberOfMessages: 2 })).toEqual(['quiet 1', 'loud 2']);
    tenant('quiet', 2);
    expect(account.bodies('orders')).toEqual(['quiet 1', 'quiet 2', 'loud 3']);
  });

  it('SQ-32 UV-15 a third of the messages in flight is not most of them', () => {
    for (let n = 0; n < 10; n += 1) account.send('orders', 'busy', { MessageGroupId: 'busy' });
    for (let n = 0; n < 20; n += 1) account.send('orders', 'others', { MessageGroupId: `other-${n}` });
    for (let n = 0; n < 3; n += 1) account.receive('orders');
    account.send('orders', 'older', { MessageGroupId: 'busy' });
    account.send('orders', 'newer', { MessageGroupId: 'other' });
    expect(account.bodies('orders')).toEqual(['older', 'newer']);
  });

  it('SQ-32 UV-15 a tenant that has become quiet has its old turn again', () => {
    for (let n = 0; n < 10; n += 1) account.send('orders', `${n}`, { MessageGroupId: 'loud' });
    const inFlight = account.receive('orders');
    account.send('orders', 'older', { MessageGroupId: 'loud' });
    account.send('orders', 'first', { MessageGroupId: 'quiet' });
    account.send('orders', 'newer', { MessageGroupId: 'quiet' });
    expect(account.bodies('orders', { MaxNumberOfMessages: 1 })).toEqual(['first']);
    for (const { ReceiptHandle } of inFlight) account.delete('orders', ReceiptHandle);
    expect(account.bodies('orders')).toEqual(['older', 'newer']);
  });

  it.each(['', 'a b', 'x'.repeat(129)])('SQ-33 the group «%s» is refused', (group) => {
    const input = { QueueUrl: url('orders'), MessageBody: 'a', MessageGroupId: group };
    expect(account.refusalOf('SendMessage', input)).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
  });
});
