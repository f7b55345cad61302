/**
 * A queue as an event source: the requests of mappings and other services, by ARN, and what the queue reports to them.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { effectsOf, kindsOf, notesIn, replyIn, sentIn } from '../../contract/service-for-tests.ts';
import type { SqsEffect } from './messages.ts';
import {
  arn,
  bodiesIn,
  handedOutIn,
  MAPPING_ARN,
  POLLER,
  QueuesForTests,
  READER,
  timersIn,
  url,
} from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders', 'dead');
});

const events = (effects: readonly SqsEffect[]) => notesIn(effects).map(({ kind }) => kind);
const sendTo = (queue: string, body: string) =>
  account.call('SendMessage', { QueueUrl: url(queue), MessageBody: body });
const AVAILABLE = {
  kind: 'send',
  to: READER.arn,
  by: 'orders',
  request: { kind: 'available', source: arn('orders'), lane: null, isAtOnce: false },
};

describe('a mapping', () => {
  it('SQ-01 learns of messages and of deadlines while it watches, and of nothing otherwise', () => {
    const unwatched = sendTo('orders', 'a');
    expect(unwatched.answer?.ok).toBe(true);
    expect(kindsOf(unwatched.effects)).toEqual(['note']);
    expect(account.watch('orders').effects).toEqual([AVAILABLE]);
    const watched = sendTo('orders', 'b');
    expect(watched.answer?.ok).toBe(true);
    expect(kindsOf(watched.effects)).toEqual(['note', 'send']);
    expect(watched.effects.at(-1)).toEqual(AVAILABLE);
    const polled = account.poll('orders', 10);
    expect(bodiesIn(polled)).toEqual(['a', 'b']);
    expect(timersIn(polled.effects)).toEqual(['deadline at 30000']);
    expect(sentIn(polled.effects, 'available')).toEqual([]);
    expect(kindsOf(account.watch('orders', null).effects)).toEqual(['cancel']);
  });

  it('SQ-01 has one deadline for all messages in flight: the first one', () => {
    account.watch('orders');
    account.send('orders', 'a');
    account.send('orders', 'b');
    const [a] = handedOutIn(account.poll('orders', 1)).items;
    account.nowMs = SECOND;
    expect(timersIn(account.poll('orders', 1).effects)).toEqual([]);
    const { effects } = account.acknowledge('orders', a?.handle ?? '');
    expect(events(effects)).toEqual(['message-deleted']);
    expect(timersIn(effects)).toEqual(['deadline at 31000']);
  });

  it('SQ-01 learns when its messages come back: the deadline is the queue’s own, and tells the queue that time has passed', () => {
    account.watch('orders');
    account.send('orders', 'a');
    const [deadline] = effectsOf(account.poll('orders', 1).effects, 'timer');
    expect(deadline).toMatchObject({
      as: 'deadline',
      of: 'sqs/orders/visibility',
      isCancellable: true,
      owner: { actor: 'orders', isInvocation: false },
      message: { kind: 'time-passed', queue: 'orders' },
    });
    account.nowMs = 30 * SECOND;
    const { effects } = account.tell({ kind: 'time-passed', queue: 'orders' });
    expect(events(effects)).toEqual(['message-visible-again']);
    expect(effects.at(-1)).toEqual(AVAILABLE);
  });

  it('SQ-08 takes more than 10 at once', () => {
    for (let n = 0; n < 25; n += 1) account.send('orders', `${n}`);
    expect(handedOutIn(account.poll('orders', 20)).items).toHaveLength(20);
  });

  it('SQ-02 learns of messages that are returned', () => {
    account.watch('orders');
    account.send('orders', 'a');
    const [a] = handedOutIn(account.poll('orders', 1)).items;
    const { effects } = account.call('ChangeMessageVisibility', {
      QueueUrl: url('orders'),
      ReceiptHandle: a?.handle,
      VisibilityTimeout: 0,
    });
    expect(kindsOf(effects)).toEqual(['note', 'cancel', 'send']);
    expect(effects.at(-1)).toEqual(AVAILABLE);
  });

  it('learns which messages it has left in the queue, before it is handed the others', () => {
    account.watch('orders');
    account.send('orders', 'a');
    account.send('orders', 'b');
    expect(kindsOf(account.poll('orders', 1).effects)).toEqual(['note', 'timer', 'send', 'send']);
    const sent = effectsOf(account.poll('orders', 1).effects, 'send');
    expect(sent.map(({ request }) => request.kind)).toEqual(['handed-out']);
  });

  it('gets an answer also from an empty queue, and learns until when messages stay hidden', () => {
    account.nowMs = 7 * SECOND;
    const { effects } = account.poll('orders', 10);
    expect(effects).toEqual([
      {
        kind: 'send',
        to: MAPPING_ARN,
        by: 'orders',
        request: { kind: 'handed-out', lane: null, items: [], visibleAgainAtMs: 37 * SECOND, next: null },
      },
    ]);
  });

  it('does not return messages itself: those that it does not acknowledge come back after their visibility timeout', () => {
    account.send('orders', 'a');
    const [a] = handedOutIn(account.poll('orders', 1)).items;
    const handingBack = { kind: 'hand-back', lane: null, handles: [a?.handle ?? ''] } as const;
    expect(account.take(arn('orders'), handingBack).effects).toEqual([]);
    expect(account.counts('orders')).toEqual([0, 1, 0]);
    account.nowMs = 30 * SECOND;
    expect(account.counts('orders')).toEqual([1, 0, 0]);
  });

  it('finds its queue by its ARN', () => {
    account.set('dead', { VisibilityTimeout: '5' });
    expect(account.describe(arn('dead'))).toEqual({
      is: {
        kind: 'event-source',
        arn: arn('dead'),
        shownName: 'dead',
        visibilityTimeoutMs: 5_000,
        lanes: null,
        bodyMember: 'body',
      },
      footprint: { reads: ['sqs/dead'], writes: [] },
    });
    expect(account.describe(arn('gone'))).toMatchObject({
      is: null,
      refusal: {
        ok: false,
        error: {
          code: 'InvalidParameterValueException',
          message: expect.stringContaining('AWS.SimpleQueueService.NonExistentQueue') as string,
        },
      },
      footprint: { reads: ['sqs/gone'], writes: [] },
    });
    expect(account.describe(arn('orders.fifo'))).toMatchObject({
      is: null,
      refusal: { error: { message: 'An event source mapping for a FIFO queue is not simulated.' } },
    });
  });
});

describe('an item', () => {
  it('SE-16 holds the record that a function gets, of this shape', () => {
    account.nowMs = 5;
    const messageId = account.send('orders', 'hello', {
      MessageAttributes: {
        tenant: { DataType: 'String', StringValue: 'a' },
        picture: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
      },
    });
    account.nowMs = 7;
    const [item] = handedOutIn(account.poll('orders', 1)).items;
    expect(item?.record).toEqual({
      messageId,
      receiptHandle: item?.handle,
      body: 'hello',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1767225600005',
        ApproximateFirstReceiveTimestamp: '1767225600007',
        SenderId: 'AIDACKCEVSQ6C2EXAMPLE',
      },
      messageAttributes: {
        tenant: { stringValue: 'a', stringListValues: [], binaryListValues: [], dataType: 'String' },
        picture: { binaryValue: 'AQL/', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      md5OfMessageAttributes: 'efdf255ee8dfceef75cb786c7afa4a32',
      eventSource: 'aws:sqs',
      eventSourceARN: arn('orders'),
      awsRegion: 'us-east-1',
    });
  });

  it('SE-16 has the checksum of its message’s attributes as a member even if there are none', () => {
    account.send('orders', 'hello');
    const [item] = handedOutIn(account.poll('orders', 1)).items;
    expect(item?.record).toMatchObject({ messageAttributes: {}, md5OfMessageAttributes: null });
  });

  it('has the id of its message, is acknowledged by its receipt handle, and counts its hand-outs', () => {
    const messageId = account.send('orders', 'a');
    const [first] = handedOutIn(account.poll('orders', 1)).items;
    expect(first).toMatchObject({ id: messageId, position: null, handOuts: 1 });
    account.nowMs = 30 * SECOND;
    const [second] = handedOutIn(account.poll('orders', 1)).items;
    expect(second).toMatchObject({ id: messageId, position: null, handOuts: 2 });
    account.acknowledge('orders', first?.handle ?? '');
    expect(account.counts('orders')).toEqual([0, 1, 0]);
    account.acknowledge('orders', second?.handle ?? '');
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });
});

describe('a delivery from another service', () => {
  const attributes = { RequestID: { DataType: 'String', StringValue: 'r-1' } };

  it('is sent as a message, and the sender learns of it', () => {
    const deliver = { kind: 'deliver', body: '{"order":17}', attributes } as const;
    const { effects } = account.take(arn('orders'), deliver, 'delivery-1', 'Lambda');
    expect(effectsOf(effects, 'note')).toMatchObject([{ by: 'Lambda', event: { kind: 'message-sent' } }]);
    expect(effectsOf(effects, 'reply')).toMatchObject([{ call: 'delivery-1', answer: { ok: true } }]);
    const [message] = account.receive('orders', { MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({ Body: '{"order":17}', MessageAttributes: attributes });
  });

  it('may name a message group', () => {
    account.take(arn('orders'), { kind: 'deliver', body: 'a', attributes: {}, messageGroupId: 'blue' }, 'delivery-1');
    const [message] = account.receive('orders', { MessageSystemAttributeNames: ['All'] });
    expect(message?.Attributes).toMatchObject({ MessageGroupId: 'blue' });
  });

  it('ends a long poll, after its sender got the answer', () => {
    account.call('ReceiveMessage', { QueueUrl: url('orders'), WaitTimeSeconds: 20 });
    const { effects } = account.take(arn('orders'), { kind: 'deliver', body: 'a', attributes: {} }, 'delivery-1');
    expect(effectsOf(effects, 'reply').map(({ call }) => call)).toEqual(['delivery-1', 'call-3']);
  });

  it('is refused if the queue does not exist or refuses the message', () => {
    const deliver = (queue: string, body: string) =>
      replyIn(account.take(arn(queue), { kind: 'deliver', body, attributes: {} }, 'delivery-1').effects);
    expect(deliver('gone', 'a')).toMatchObject({ ok: false, error: { code: 'QueueDoesNotExist' } });
    expect(deliver('orders', '\u0000')).toMatchObject({ ok: false, error: { code: 'InvalidMessageContents' } });
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });
});

describe('the trace', () => {
  it('says which actor sent, received and deleted, with the queue’s name in the template', () => {
    account.state.displayNames.set('orders', 'Orders');
    expect(sendTo('orders', 'a').effects[0]).toMatchObject({
      kind: 'note',
      by: 'tester',
      event: { kind: 'message-sent', queue: 'Orders' },
    });
    const polled = account.poll('orders', 1);
    expect(polled.effects[0]).toMatchObject({
      by: POLLER,
      event: { kind: 'message-received', queue: 'Orders', by: POLLER, receiveCount: 1, visibleAgainAtMs: 30_000 },
    });
    const { effects } = account.acknowledge('orders', ...handedOutIn(polled).items.map(({ handle }) => handle));
    expect(effects).toMatchObject([{ event: { kind: 'message-deleted', queue: 'Orders', by: POLLER } }]);
  });
});
