/**
 * Long polls: when and with what they are answered, and which timers they have meanwhile. And the limit of messages in
 * flight, which they never report.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { effectsOf, kindsOf, notesIn, replyIn } from '../../contract/service-for-tests.ts';
import type { SqsEffect } from './messages.ts';
import { arn, handedOutIn, QueuesForTests, timersIn, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders', 'dead');
});

const events = (effects: readonly SqsEffect[]) => notesIn(effects).map(({ kind }) => kind);
const longPoll = (more: Readonly<Record<string, unknown>> = {}) =>
  account.call('ReceiveMessage', { QueueUrl: url('orders'), WaitTimeSeconds: 20, ...more });
const sendTo = (queue: string, body: string) =>
  account.call('SendMessage', { QueueUrl: url(queue), MessageBody: body });

describe('a long poll', () => {
  it('SQ-08 is answered at once if there are messages', () => {
    account.send('orders', 'a');
    expect(longPoll().answer).toMatchObject({ ok: true, output: { Messages: [{ Body: 'a' }] } });
  });

  it('SQ-08 waits for a message, and is answered as soon as it is there', () => {
    const waiting = longPoll();
    expect(waiting.answer).toBeNull();
    expect(kindsOf(waiting.effects)).not.toContain('reply');
    expect(timersIn(waiting.effects)).toEqual(['sleep at 20000']);
    const { answer, effects } = sendTo('orders', 'a');
    expect(answer).toMatchObject({ ok: true });
    expect(effectsOf(effects, 'reply')).toMatchObject([
      { call: 'call-3', answer: { ok: true, output: { Messages: [{ Body: 'a' }] } } },
    ]);
    expect(effectsOf(effects, 'cancel')).toEqual([{ kind: 'cancel', of: effectsOf(waiting.effects, 'timer')[0]?.of }]);
  });

  it('SQ-08 ends without messages when its time is over', () => {
    const [timer] = effectsOf(longPoll().effects, 'timer');
    expect(timer).toMatchObject({
      isCancellable: true,
      message: { kind: 'wait-over', queue: 'orders', call: 'call-3' },
    });
    account.nowMs = 20 * SECOND;
    expect(replyIn(account.tell({ kind: 'wait-over', queue: 'orders', call: 'call-3' }).effects)).toEqual({
      ok: true,
      output: {},
    });
    const { answer, effects } = sendTo('orders', 'late');
    expect(answer).toMatchObject({ ok: true });
    expect(effectsOf(effects, 'reply')).toEqual([]);
  });

  it('SQ-08 a queue may say how long its receives wait', () => {
    account.set('orders', { ReceiveMessageWaitTimeSeconds: '7' });
    expect(timersIn(longPoll({ WaitTimeSeconds: undefined }).effects)).toEqual(['sleep at 7000']);
    expect(longPoll({ WaitTimeSeconds: 0 }).answer).toEqual({ ok: true, output: {} });
  });

  it('SQ-08 the one that has waited longest is served first', () => {
    longPoll();
    longPoll();
    const { answer, effects } = sendTo('orders', 'a');
    expect(answer).toMatchObject({ ok: true });
    expect(effectsOf(effects, 'reply').map(({ call }) => call)).toEqual(['call-3']);
  });

  it('SQ-08 gets a delayed message when its delay is over, which is not a limit of the service', () => {
    longPoll();
    const sending = account.call('SendMessage', { QueueUrl: url('orders'), MessageBody: 'a', DelaySeconds: 5 });
    expect(timersIn(sending.effects)).toEqual(['sleep at 5000']);
    account.nowMs = 5 * SECOND;
    expect(replyIn(account.tell({ kind: 'time-passed', queue: 'orders' }).effects)).toMatchObject({
      output: { Messages: [{ Body: 'a' }] },
    });
  });

  it('SQ-01 gets a message whose visibility timeout is over, which is the service’s limit', () => {
    account.send('orders', 'a');
    account.receive('orders');
    expect(timersIn(longPoll().effects)).toEqual(['sleep at 20000', 'deadline at 30000']);
    account.nowMs = 30 * SECOND;
    const { effects } = account.tell({ kind: 'time-passed', queue: 'orders' });
    expect(events(effects)).toEqual(['message-visible-again', 'message-received']);
    expect(replyIn(effects)).toMatchObject({ output: { Messages: [{ Body: 'a' }] } });
  });

  it('SQ-26 does not get a dead letter; one at the dead-letter queue does', () => {
    account.set('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) });
    account.send('orders', 'poison');
    const handle = account.handle('orders');
    longPoll();
    account.call('ReceiveMessage', { QueueUrl: url('dead'), WaitTimeSeconds: 20 });
    const { answer, effects } = account.call('ChangeMessageVisibility', {
      QueueUrl: url('orders'),
      ReceiptHandle: handle,
      VisibilityTimeout: 0,
    });
    expect(events(effects)).toEqual(['message-visible-again', 'message-dead-lettered', 'message-received']);
    expect(answer).toMatchObject({ ok: true, output: {} });
    expect(effectsOf(effects, 'reply')).toMatchObject([{ answer: { output: { Messages: [{ Body: 'poison' }] } } }]);
  });
});

describe('the limit in flight', () => {
  it('SQ-05 a short poll beyond 120,000 is refused, a long poll finds nothing', () => {
    for (let n = 0; n < 12_001; n += 1) {
      const Entries = Array.from({ length: 10 }, (_, id) => ({ Id: `${id}`, MessageBody: 'x' }));
      account.call('SendMessageBatch', { QueueUrl: url('orders'), Entries });
    }
    const { items } = handedOutIn(account.poll('orders', 130_000));
    expect(items).toHaveLength(120_000);
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders') })).toMatchObject({
      code: 'OverLimit',
      status: 403,
    });
    expect(longPoll().answer).toBeNull();
    account.delete('orders', items[0]?.handle ?? '');
    expect(account.counts('orders')).toEqual([9, 120_000, 0]);
  });
});
