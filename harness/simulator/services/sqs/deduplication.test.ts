/**
 * Deduplication of sends to a FIFO queue: under which ids, for how long, and what a duplicate is answered.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf } from '../../contract/service-for-tests.ts';
import { QueuesForTests, url } from './sqs-for-tests.ts';

const MINUTE = 60_000;
const QUEUE = 'orders.fifo';
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests();
  account.create(QUEUE, { FifoQueue: 'true' });
});

/** Sends a message of the group `g1`, with a deduplication id if one is given; returns the answer. */
function send(body: string, id?: string, more: Input = {}): Input {
  const given = id === undefined ? {} : { MessageDeduplicationId: id };
  return account.ask('SendMessage', {
    ...{ QueueUrl: url(QUEUE), MessageBody: body, MessageGroupId: 'g1' },
    ...given,
    ...more,
  });
}

const sent = () => account.counts(QUEUE)[0];

describe('a send under an id that was accepted before', () => {
  it('SQ-16 succeeds with the id and the sequence number of the first, and stores nothing', () => {
    const first = send('a', 'one');
    const again = send('b', 'one');
    expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    expect(again.MD5OfMessageBody).not.toBe(first.MD5OfMessageBody);
    expect(account.bodies(QUEUE)).toEqual(['a']);
  });

  it('SQ-16 is a duplicate for five minutes from the first send, however many come in between', () => {
    send('a', 'one');
    account.nowMs = 3 * MINUTE;
    send('a', 'one');
    account.nowMs = 5 * MINUTE - 1;
    send('a', 'one');
    expect(sent()).toBe(1);
    account.nowMs = 5 * MINUTE;
    send('a', 'one');
    expect(sent()).toBe(2);
  });

  it('SQ-16 is a duplicate even after the first message was received and deleted', () => {
    send('a', 'one');
    account.delete(QUEUE, account.handle(QUEUE));
    send('a', 'one');
    expect(account.counts(QUEUE)).toEqual([0, 0, 0]);
  });

  it('SQ-16 is a duplicate within one batch', () => {
    const entry = (Id: string) => ({ Id, MessageBody: Id, MessageGroupId: 'g1', MessageDeduplicationId: 'one' });
    const { Successful } = account.ask('SendMessageBatch', { QueueUrl: url(QUEUE), Entries: [entry('a'), entry('b')] });
    const ids = (Successful as readonly Input[]).map(({ MessageId }) => MessageId);
    expect(new Set(ids).size).toBe(1);
    expect(account.bodies(QUEUE)).toEqual(['a']);
  });

  it('SQ-16 is told in the trace, with the message that it repeats', () => {
    const { MessageId: messageId } = send('a', 'one');
    account.nowMs = MINUTE;
    const input = { QueueUrl: url(QUEUE), MessageBody: 'a', MessageGroupId: 'g2', MessageDeduplicationId: 'one' };
    expect(effectsOf(account.call('SendMessage', input).effects, 'note')).toMatchObject([
      {
        by: 'tester',
        event: { kind: 'message-deduplicated', messageId, groupId: 'g2', deduplicationId: 'one', firstSentAtMs: 0 },
      },
    ]);
  });

  it('SQ-21 does not stop a second delivery, nor a second send after five minutes', () => {
    send('a', 'one');
    expect(account.bodies(QUEUE)).toEqual(['a']);
    account.nowMs = 30_000;
    expect(account.bodies(QUEUE)).toEqual(['a']);
    account.nowMs = 5 * MINUTE;
    send('a', 'one');
    expect(account.counts(QUEUE)).toEqual([2, 0, 0]);
  });

  it('UV-63 stays a duplicate after the queue was purged', () => {
    send('a', 'one');
    account.ask('PurgeQueue', { QueueUrl: url(QUEUE) });
    send('a', 'one');
    expect(sent()).toBe(0);
  });
});

describe('the scope of deduplication', () => {
  it('SQ-17 is the queue unless set: the same id in another group is a duplicate', () => {
    const first = send('a', 'one');
    expect(send('a', 'one', { MessageGroupId: 'g2' }).MessageId).toBe(first.MessageId);
    expect(sent()).toBe(1);
  });

  it('SQ-17 may be the group', () => {
    account.set(QUEUE, { DeduplicationScope: 'messageGroup' });
    send('a', 'one');
    send('a', 'one', { MessageGroupId: 'g2' });
    send('a', 'one', { MessageGroupId: 'g2' });
    expect(sent()).toBe(2);
  });

  it('UV-67 that is set later counts for later sends', () => {
    send('a', 'one');
    account.set(QUEUE, { DeduplicationScope: 'messageGroup' });
    send('a', 'one');
    send('a', 'one');
    expect(sent()).toBe(2);
  });

  it('SQ-17 must be the group where the throughput limit is', () => {
    const high = { FifoThroughputLimit: 'perMessageGroupId' };
    expect(account.set(QUEUE, high)).toMatchObject({ code: 'InvalidAttributeValue', status: 400 });
    expect(account.set(QUEUE, { ...high, DeduplicationScope: 'messageGroup' })).toBeNull();
    expect(account.attributes(QUEUE, 'FifoThroughputLimit', 'DeduplicationScope')).toEqual({
      ...{ FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' },
    });
    expect(account.set(QUEUE, { DeduplicationScope: 'queue' })?.code).toBe('InvalidAttributeValue');
  });

  it.each(['DeduplicationScope', 'FifoThroughputLimit', 'ContentBasedDeduplication'])(
    'SQ-17 %s has two values',
    (name) => {
      expect(account.set(QUEUE, { [name]: 'group' })?.code).toBe('InvalidAttributeValue');
    },
  );
});

describe('deduplication by content', () => {
  beforeEach(() => {
    account.set(QUEUE, { ContentBasedDeduplication: 'true' });
  });

  it('SQ-18 compares bodies, and not attributes', () => {
    const colour = (StringValue: string) => ({ MessageAttributes: { colour: { DataType: 'String', StringValue } } });
    const first = send('a', undefined, colour('red'));
    expect(send('a', undefined, colour('blue')).MessageId).toBe(first.MessageId);
    send('b');
    expect(sent()).toBe(2);
  });

  it('SQ-18 makes the SHA-256 of the body the deduplication id', () => {
    send('a');
    const [message] = account.receive(QUEUE, { MessageSystemAttributeNames: ['MessageDeduplicationId'] });
    const sha256 = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    expect(message?.Attributes).toEqual({ MessageDeduplicationId: sha256 });
  });

  it('SQ-18 gives way to an id that the send gives', () => {
    send('a', 'one');
    send('a', 'two');
    expect(sent()).toBe(2);
    send('b', 'two');
    expect(sent()).toBe(2);
  });
});

describe('what a send to a FIFO queue must say', () => {
  const refusal = (input: Input) =>
    account.refusalOf('SendMessage', { QueueUrl: url(QUEUE), MessageBody: 'a', ...input });
  const right = { MessageGroupId: 'g1', MessageDeduplicationId: 'one' };

  it('SQ-19 a group', () => {
    expect(refusal({ MessageDeduplicationId: 'one' })).toEqual({
      ...{ code: 'MissingParameter', status: 400 },
      message: 'The request must contain the parameter MessageGroupId.',
    });
  });

  it('SQ-19 a deduplication id, unless the queue compares contents', () => {
    expect(refusal({ MessageGroupId: 'g1' })).toEqual({
      ...{ code: 'InvalidParameterValue', status: 400 },
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    });
  });

  it('SQ-19 no delay of its own', () => {
    expect(refusal({ ...right, DelaySeconds: 2 })).toEqual({
      ...{ code: 'InvalidParameterValue', status: 400 },
      message:
        'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
    expect(refusal({ ...right, DelaySeconds: 0 })).toBeNull();
  });

  it.each(['', 'a'.repeat(129), 'a b', 'ä'])('SQ-19 ids of 1 to 128 characters without blanks: «%s»', (id) => {
    expect(refusal({ ...right, MessageDeduplicationId: id })?.code).toBe('InvalidParameterValue');
    expect(refusal({ ...right, MessageGroupId: id })?.code).toBe('InvalidParameterValue');
  });

  it('SQ-19 in a batch, each entry by itself', () => {
    const entry = (Id: string, more: Input) => ({ Id, MessageBody: Id, ...more });
    const Entries = [entry('a', right), entry('b', { MessageDeduplicationId: 'two' })];
    expect(account.ask('SendMessageBatch', { QueueUrl: url(QUEUE), Entries })).toMatchObject({
      ...{ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', SenderFault: true, Code: 'MissingParameter' }] },
    });
  });
});
