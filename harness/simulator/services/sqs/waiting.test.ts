/**
 * Those who wait: long polls, mappings that watch, deadlines on the agenda; and a message's second delivery.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { SqsEffect } from './messages.ts';
import {
  changeVisibility,
  deleteMessages,
  duplicableMessages,
  queueByArn,
  receive,
  visibleMessages,
  watchQueue,
} from './sqs.ts';
import { arn, replyIn, TestAccount, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: TestAccount;

beforeEach(() => {
  account = new TestAccount('orders', 'dead');
});

const kinds = (effects: readonly SqsEffect[]) => effects.map(({ kind }) => kind);
const deadlines = (effects: readonly SqsEffect[]) =>
  effects.flatMap((effect) => (effect.kind === 'deadline' ? [`${effect.agenda} at ${effect.atMs}`] : []));
const events = (effects: readonly SqsEffect[]) =>
  effects.flatMap((effect) => (effect.kind === 'note' ? [effect.event.kind] : []));
const longPoll = (more: Readonly<Record<string, unknown>> = {}) =>
  account.effectsOf('ReceiveMessage', { QueueUrl: url('orders'), WaitTimeSeconds: 20, ...more });
const sendTo = (queue: string, body: string) =>
  account.effectsOf('SendMessage', { QueueUrl: url(queue), MessageBody: body });
const take = (maxMessages: number, first?: string) => {
  const request = { queue: 'orders', maxMessages, by: 'poller', ...(first === undefined ? {} : { first }) };
  return receive(account.state, request, account.at);
};
const watch = (watched = true) => watchQueue(account.state, 'orders', watched, account.at).effects;

describe('a long poll', () => {
  it('SQ-08 is answered at once if there are messages', () => {
    account.send('orders', 'a');
    expect(replyIn(longPoll())).toMatchObject({ ok: true, output: { Messages: [{ Body: 'a' }] } });
  });

  it('SQ-08 waits for a message, and is answered as soon as it is there', () => {
    const waiting = longPoll();
    expect(kinds(waiting)).not.toContain('reply');
    expect(deadlines(waiting)).toEqual(['sleep at 20000']);
    const effects = sendTo('orders', 'a');
    expect(effects.filter(({ kind }) => kind === 'reply')).toMatchObject([
      { call: 'call-4', answer: { ok: true } },
      { call: 'call-3', answer: { ok: true, output: { Messages: [{ Body: 'a' }] } } },
    ]);
    expect(kinds(effects)).toContain('cancel-deadline');
  });

  it('SQ-08 ends without messages when its time is over', () => {
    longPoll();
    account.nowMs = 20 * SECOND;
    expect(replyIn(account.tell({ kind: 'wait-over', queue: 'orders', call: 'call-3' }))).toEqual({
      ok: true,
      output: {},
    });
    expect(sendTo('orders', 'late').filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  });

  it('SQ-08 a queue may say how long its receives wait', () => {
    account.set('orders', { ReceiveMessageWaitTimeSeconds: '7' });
    expect(deadlines(longPoll({ WaitTimeSeconds: undefined }))).toEqual(['sleep at 7000']);
    expect(replyIn(longPoll({ WaitTimeSeconds: 0 }))).toEqual({ ok: true, output: {} });
  });

  it('SQ-08 the one that has waited longest is served first', () => {
    longPoll();
    longPoll();
    const replies = sendTo('orders', 'a').flatMap((effect) => (effect.kind === 'reply' ? [effect.call] : []));
    expect(replies).toEqual(['call-5', 'call-3']);
  });

  it('SQ-08 gets a delayed message when its delay is over, which is nobody’s limit', () => {
    longPoll();
    const sending = account.effectsOf('SendMessage', { QueueUrl: url('orders'), MessageBody: 'a', DelaySeconds: 5 });
    expect(deadlines(sending)).toEqual(['sleep at 5000']);
    account.nowMs = 5 * SECOND;
    expect(replyIn(account.tell({ kind: 'time-passed', queue: 'orders' }))).toMatchObject({
      output: { Messages: [{ Body: 'a' }] },
    });
  });

  it('SQ-01 gets a message whose visibility timeout is over, which is the service’s limit', () => {
    account.send('orders', 'a');
    account.receive('orders');
    expect(deadlines(longPoll())).toEqual(['sleep at 20000', 'deadline at 30000']);
    account.nowMs = 30 * SECOND;
    const effects = account.tell({ kind: 'time-passed', queue: 'orders' });
    expect(events(effects)).toEqual(['message-visible-again', 'message-received']);
    expect(replyIn(effects)).toMatchObject({ output: { Messages: [{ Body: 'a' }] } });
  });

  it('SQ-26 does not get a dead letter; one at the dead-letter queue does', () => {
    account.set('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) });
    account.send('orders', 'poison');
    const handle = account.handle('orders');
    longPoll();
    account.effectsOf('ReceiveMessage', { QueueUrl: url('dead'), WaitTimeSeconds: 20 });
    const effects = account.effectsOf('ChangeMessageVisibility', {
      QueueUrl: url('orders'),
      ReceiptHandle: handle,
      VisibilityTimeout: 0,
    });
    expect(events(effects)).toEqual(['message-visible-again', 'message-dead-lettered', 'message-received']);
    expect(effects.filter(({ kind }) => kind === 'reply')).toMatchObject([
      { answer: { output: {} } },
      { answer: { output: { Messages: [{ Body: 'poison' }] } } },
    ]);
  });
});

describe('the limit in flight', () => {
  it('SQ-05 a short poll beyond 120,000 is told so, a long poll finds nothing', () => {
    for (let n = 0; n < 12_001; n += 1) {
      const Entries = Array.from({ length: 10 }, (_, id) => ({ Id: `${id}`, MessageBody: 'x' }));
      account.effectsOf('SendMessageBatch', { QueueUrl: url('orders'), Entries });
    }
    const { messages } = take(130_000);
    expect(messages).toHaveLength(120_000);
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders') })).toMatchObject({
      code: 'OverLimit',
      status: 403,
    });
    expect(kinds(longPoll())).not.toContain('reply');
    account.delete('orders', messages[0]?.ReceiptHandle ?? '');
    expect(account.counts('orders')).toEqual([9, 120_000, 0]);
  });
});

describe('a mapping', () => {
  it('SQ-01 is told of messages and of deadlines while it watches, and of nothing else', () => {
    expect(sendTo('orders', 'a').map(({ kind }) => kind)).toEqual(['note', 'reply']);
    expect(watch()).toEqual([{ kind: 'available', queue: 'orders' }]);
    expect(kinds(sendTo('orders', 'b'))).toEqual(['note', 'reply', 'available']);
    const { effects, messages } = take(10);
    expect(messages.map(({ Body }) => Body)).toEqual(['a', 'b']);
    expect(deadlines(effects)).toEqual(['deadline at 30000']);
    expect(kinds(watch(false))).toEqual(['cancel-deadline']);
  });

  it('SQ-01 has one deadline for all that is in flight: the first one', () => {
    watch();
    account.send('orders', 'a');
    account.send('orders', 'b');
    const [a] = take(1).messages;
    account.nowMs = SECOND;
    expect(deadlines(take(1).effects)).toEqual([]);
    const deleting = deleteMessages(
      account.state,
      { queue: 'orders', receiptHandles: [a?.ReceiptHandle ?? ''], by: 'poller' },
      account.at,
    );
    expect(events(deleting.effects)).toEqual(['message-deleted']);
    expect(deadlines(deleting.effects)).toEqual(['deadline at 31000']);
  });

  it('SQ-08 takes more than 10 at once', () => {
    for (let n = 0; n < 25; n += 1) account.send('orders', `${n}`);
    expect(take(20).messages).toHaveLength(20);
  });

  it('SQ-02 gives messages back', () => {
    watch();
    account.send('orders', 'a');
    const [a] = take(1).messages;
    const request = { queue: 'orders', receiptHandles: [a?.ReceiptHandle ?? ''], timeoutSeconds: 0 };
    expect(kinds(changeVisibility(account.state, request, account.at).effects)).toEqual([
      'note',
      'cancel-deadline',
      'available',
    ]);
  });

  it('finds its queue by its ARN', () => {
    expect(queueByArn(account.state, arn('dead'))?.name).toBe('dead');
    expect(queueByArn(account.state, arn('gone'))).toBeUndefined();
  });
});

describe('what a standard queue may do', () => {
  it('SQ-09 a later message may be handed out first', () => {
    const [, second] = ['a', 'b', 'c'].map((body) => account.send('orders', body));
    expect(visibleMessages(account.state, 'orders', 2)).toHaveLength(2);
    expect(take(2, second).messages.map(({ Body }) => Body)).toEqual(['b', 'a']);
  });

  it('SQ-09 a message in flight may be handed out once more', () => {
    const messageId = account.send('orders', 'a');
    const older = account.handle('orders');
    expect(duplicableMessages(account.state, 'orders')).toEqual([messageId]);
    expect(events(account.tell({ kind: 'duplicate', queue: 'orders', messageId }))).toEqual(['message-visible-again']);
    const [again] = take(1).messages;
    expect(again).toMatchObject({ MessageId: messageId, Attributes: { ApproximateReceiveCount: '2' } });
    account.delete('orders', older);
    expect(account.counts('orders')).toEqual([0, 1, 0]);
  });

  it('SQ-09 a deleted message may come back, and can be deleted again', () => {
    const messageId = account.send('orders', 'a');
    account.delete('orders', account.handle('orders'));
    expect(duplicableMessages(account.state, 'orders')).toEqual([messageId]);
    account.tell({ kind: 'duplicate', queue: 'orders', messageId });
    const [again] = take(1).messages;
    expect(again?.MessageId).toBe(messageId);
    account.delete('orders', again?.ReceiptHandle ?? '');
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-09 nothing comes of a second delivery if the message is back by itself', () => {
    const messageId = account.send('orders', 'a');
    account.receive('orders');
    account.nowMs = 30 * SECOND;
    account.tell({ kind: 'duplicate', queue: 'orders', messageId });
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-09 a message that nobody has received is delivered once', () => {
    account.send('orders', 'a');
    expect(duplicableMessages(account.state, 'orders')).toEqual([]);
  });
});

describe('the trace', () => {
  it('tells who sent, received and deleted, under the name that the learner gave', () => {
    account.state.displayNames.set('orders', 'Orders');
    expect(sendTo('orders', 'a')[0]).toMatchObject({
      kind: 'note',
      by: 'tester',
      event: { kind: 'message-sent', queue: 'Orders' },
    });
    const { effects, messages } = take(1);
    expect(effects[0]).toMatchObject({
      by: 'poller',
      event: { kind: 'message-received', queue: 'Orders', by: 'poller', receiveCount: 1, visibleAgainAtMs: 30_000 },
    });
    const receiptHandles = messages.map(({ ReceiptHandle }) => ReceiptHandle);
    const deleting = deleteMessages(account.state, { queue: 'orders', receiptHandles, by: 'poller' }, account.at);
    expect(deleting.effects).toMatchObject([{ event: { kind: 'message-deleted', queue: 'Orders', by: 'poller' } }]);
  });
});
