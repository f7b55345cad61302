/**
 * FIFO queues beside their order: how they are created, what names their messages, and how receives, deletes, delays, dead letters and
 * limits differ from those of standard queues.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf } from '../../contract/service-for-tests.ts';
import { SQS } from './sqs.ts';
import { arn, handedOutIn, POLLER, QueuesForTests, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
const QUEUE = 'orders.fifo';
const ALL = { MessageSystemAttributeNames: ['All'] };
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests();
  account.createFifo(QUEUE);
});

const expired = (handle: string) => ({
  ...{ code: 'InvalidParameterValue', status: 400 },
  message: `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
});

describe('a FIFO queue', () => {
  const refusal = (QueueName: string, Attributes: Readonly<Record<string, string>>) =>
    account.refusalOf('CreateQueue', { QueueName, Attributes })?.message ?? null;

  it('SQ-40 is one by its attribute, and has a name that ends in .fifo', () => {
    const words =
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length';
    expect(refusal('paid', { FifoQueue: 'true' })).toBe(words);
    expect(refusal(`${'a'.repeat(76)}.fifo`, { FifoQueue: 'true' })).toBe(words);
    expect(refusal(`${'a'.repeat(75)}.fifo`, { FifoQueue: 'true' })).toBeNull();
    expect(refusal('paid.fifo', {})).toBe(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  });

  it('SQ-40 has attributes that a standard queue does not have', () => {
    expect(refusal('paid', { FifoQueue: 'false' })).toBe('Unknown Attribute FifoQueue.');
    expect(refusal('paid', { ContentBasedDeduplication: 'true' })).toBe('Unknown Attribute ContentBasedDeduplication.');
    expect(refusal('paid', { DeduplicationScope: 'queue' })).toBe(
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    );
    account.create('paid');
    const names = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];
    expect(account.attributes('paid', ...names)).toEqual({});
    expect(account.attributes(QUEUE, ...names)).toEqual({
      ...{ FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      ...{ DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' },
    });
  });

  it('SQ-40 stays one', () => {
    expect(account.set(QUEUE, { FifoQueue: 'false' })?.message).toBe(
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
    expect(account.set(QUEUE, { FifoQueue: 'true' })).toBeNull();
  });

  it('SQ-39 delays the messages that are there by a delay that is set later; a standard queue does not', () => {
    account.create('paid', { DelaySeconds: '10' });
    account.set(QUEUE, { DelaySeconds: '10' });
    account.send('paid', 'a');
    account.sendInGroups(QUEUE, 'g1-m1');
    for (const name of ['paid', QUEUE]) account.set(name, { DelaySeconds: '3' });
    account.nowMs = 4 * SECOND;
    expect(account.bodies(QUEUE)).toEqual(['g1-m1']);
    expect(account.bodies('paid')).toEqual([]);
  });

  it('SQ-24 gives each message of a group a greater sequence number, in the answer and with the message', () => {
    const numbers = ['a', 'b', 'c'].map((body) => {
      const input = { QueueUrl: url(QUEUE), MessageBody: body, MessageGroupId: body === 'b' ? 'g2' : 'g1' };
      return String(account.ask('SendMessage', input).SequenceNumber);
    });
    const [a = '', b = '', c = ''] = numbers;
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
    expect(BigInt(c) - BigInt(a) > 1n).toBe(true);
    const received = account.receive(QUEUE, ALL).map(({ Attributes }) => Attributes.SequenceNumber);
    expect(received).toEqual([a, c, b]);
  });

  it('SE-16 returns group, deduplication id and sequence number with each message', () => {
    account.send(QUEUE, 'a', { MessageGroupId: 'g1', MessageDeduplicationId: 'one' });
    const [item] = handedOutIn(account.poll(QUEUE, 1)).items;
    expect(item?.record.attributes).toMatchObject({
      ...{ MessageGroupId: 'g1', MessageDeduplicationId: 'one', SequenceNumber: expect.stringMatching(/^\d+$/) },
    });
  });
});

describe('a receipt handle of a FIFO queue', () => {
  it('SQ-04 can’t delete after the visibility timeout', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const handle = account.handle(QUEUE);
    account.nowMs += 30 * SECOND;
    expect(account.delete(QUEUE, handle)).toEqual(expired(handle));
    expect(account.counts(QUEUE)).toEqual([1, 0, 0]);
  });

  it('SQ-04 deletes as long as the timeout is extended', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const handle = account.handle(QUEUE);
    account.change(QUEUE, handle, 60);
    account.nowMs += 59 * SECOND;
    expect(account.delete(QUEUE, handle)).toBeNull();
    expect(account.counts(QUEUE)).toEqual([0, 0, 0]);
  });

  it('SQ-04 can’t delete after a later receive; a second delete succeeds', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const first = account.handle(QUEUE, { VisibilityTimeout: 0 });
    const second = account.handle(QUEUE);
    expect(account.delete(QUEUE, first)).toEqual(expired(first));
    expect(account.delete(QUEUE, second)).toBeNull();
    expect(account.delete(QUEUE, second)).toBeNull();
  });

  it('UV-65 can’t change the visibility either when it has expired', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const handle = account.handle(QUEUE, { VisibilityTimeout: 0 });
    expect(account.change(QUEUE, handle, 10)).toEqual(expired(handle));
  });

  it('must be one of the queue', () => {
    expect(account.delete(QUEUE, 'AQEBq1m1r1')).toMatchObject({ code: 'ReceiptHandleIsInvalid', status: 404 });
  });
});

describe('a mapping that deletes', () => {
  const noted = (step: { readonly effects: Parameters<typeof effectsOf>[0] }) =>
    effectsOf(step.effects, 'note').map(({ event }) => event);

  it('SQ-04 too late deletes nothing, and the trace says so', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const [item] = handedOutIn(account.poll(QUEUE, 1)).items;
    account.nowMs += 31 * SECOND;
    const step = account.acknowledge(QUEUE, item?.handle ?? '');
    expect(noted(step).at(-1)).toMatchObject({ kind: 'message-not-deleted', why: 'expired', by: POLLER });
    expect(account.counts(QUEUE)).toEqual([1, 0, 0]);
  });

  it('SE-20 may fail to, while the budget of duplicate lasts: the message comes back', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2');
    account.faults = ['duplicate'];
    const polled = account.poll(QUEUE, 1);
    const [offer] = effectsOf(polled.effects, 'offer');
    expect(offer?.options).toMatchObject([null, { kind: 'will-lose-delete' }]);
    account.tell(offer?.options[1] ?? expect.fail('no option'));
    const handle = handedOutIn(polled).items[0]?.handle ?? '';
    const { effects } = account.acknowledge(QUEUE, handle);
    expect(effectsOf(effects, 'strike')).toMatchObject([{ fault: 'duplicate' }]);
    expect(noted({ effects })).toMatchObject([{ kind: 'message-not-deleted', why: 'lost' }]);
    expect(account.bodies(QUEUE)).toEqual([]);
    account.nowMs += 30 * SECOND;
    expect(account.bodies(QUEUE)).toEqual(['g1-m1', 'g1-m2']);
  });

  it('SQ-21 is the only one that may get a message twice: no other receive is offered a second delivery', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    account.faults = ['duplicate'];
    const input = { QueueUrl: url(QUEUE) };
    expect(effectsOf(account.call('ReceiveMessage', input, { by: 'f#1' }).effects, 'offer')).toEqual([]);
  });
});

describe('a delivery from another service', () => {
  const deliver = (more: object) => {
    const { effects } = account.take(arn(QUEUE), { kind: 'deliver', body: 'a', attributes: {}, ...more }, 'delivery-1');
    const [reply] = effectsOf(effects, 'reply');
    return reply?.answer ?? expect.fail('no answer');
  };

  it('names its group, and its deduplication id unless the queue compares contents', () => {
    expect(deliver({ messageGroupId: 'g1' }).ok).toBe(true);
    expect(deliver({ messageGroupId: 'g1', messageDeduplicationId: 'one' }).ok).toBe(true);
    const ids = account.receive(QUEUE, ALL).map(({ Attributes }) => Attributes.MessageDeduplicationId);
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'one']);
  });

  it('is accepted and not stored if it is a duplicate, and refused without a group', () => {
    const [first, again] = [1, 2].map(() => deliver({ messageGroupId: 'g1', messageDeduplicationId: 'one' }));
    expect(again).toEqual(first);
    expect(account.counts(QUEUE)).toEqual([1, 0, 0]);
    expect(deliver({})).toMatchObject({ ok: false, error: { code: 'MissingParameter' } });
  });
});

describe('a receive that is repeated', () => {
  const attempt = (ReceiveRequestAttemptId: string) => account.receive(QUEUE, { ReceiveRequestAttemptId, ...ALL });

  beforeEach(() => account.sendInGroups(QUEUE, 'g1-m1', 'g2-m1'));

  it('SQ-20 under its id returns the same messages and handles, and hides them anew', () => {
    const first = attempt('try');
    account.nowMs += 20 * SECOND;
    expect(attempt('try')).toEqual(first);
    account.nowMs += 29 * SECOND;
    expect(account.bodies(QUEUE)).toEqual([]);
    account.nowMs += 1 * SECOND;
    expect(account.bodies(QUEUE)).toHaveLength(2);
  });

  it('SQ-20 under another id, or none, returns nothing that is in flight', () => {
    attempt('try');
    expect([attempt('other'), account.bodies(QUEUE)]).toEqual([[], []]);
  });

  it('SQ-20 is a new one after five minutes', () => {
    account.set(QUEUE, { VisibilityTimeout: '600' });
    attempt('try');
    account.nowMs += 300 * SECOND;
    expect(attempt('try')).toEqual([]);
  });

  it.each(['delete', 'change'] as const)('UV-62 is a new one after a %s of one of its messages', (what) => {
    const [first] = attempt('try');
    if (what === 'delete') account.delete(QUEUE, first?.ReceiptHandle ?? '');
    else account.change(QUEUE, first?.ReceiptHandle ?? '', 40);
    expect(attempt('try')).toEqual([]);
  });

  it('SQ-20 has an id of 1 to 128 characters', () => {
    const input = { QueueUrl: url(QUEUE), ReceiveRequestAttemptId: 'a'.repeat(129) };
    expect(account.refusalOf('ReceiveMessage', input)?.code).toBe('InvalidParameterValue');
  });
});

describe('a dead letter of a FIFO queue', () => {
  const policy = (target: string, maxReceiveCount: number) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(target), maxReceiveCount }),
  });

  beforeEach(() => {
    account.createFifo('dead.fifo');
    account.create('dead');
    account.set(QUEUE, policy('dead.fifo', 1));
  });

  /** Fails a receive of this many messages. */
  const fail = (most: number) => account.receive(QUEUE, { MaxNumberOfMessages: most, VisibilityTimeout: 0, ...ALL });

  it('SQ-27 goes to a FIFO queue only, and one of a standard queue to a standard one', () => {
    const words = 'Reason: Dead-letter queue must be same type of queue as the source.';
    expect(account.set(QUEUE, policy('dead', 1))?.message).toContain(words);
    expect(account.set('dead', policy('dead.fifo', 1))?.message).toContain(words);
  });

  it('SQ-27 keeps id, body, attributes and group; its deduplication id is its message id, and its age begins anew', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const [before] = fail(1);
    account.nowMs += 60 * SECOND;
    expect(account.bodies(QUEUE)).toEqual([]);
    const [dead] = account.receive('dead.fifo', ALL);
    expect([dead?.MessageId, dead?.Body]).toEqual([before?.MessageId, 'g1-m1']);
    expect(dead?.Attributes).toMatchObject({
      ...{ MessageGroupId: 'g1', MessageDeduplicationId: before?.MessageId, DeadLetterQueueSourceArn: arn(QUEUE) },
    });
    const sent = (of: typeof dead) => Number(of?.Attributes.SentTimestamp);
    expect(sent(dead) - sent(before)).toBe(60 * SECOND);
  });

  it('UV-61 has a sequence number of its new queue', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2');
    account.ask('SendMessage', { QueueUrl: url('dead.fifo'), MessageBody: 'x', MessageGroupId: 'g1' });
    fail(2);
    account.bodies(QUEUE);
    const numbers = account.receive('dead.fifo', ALL).map(({ Attributes }) => BigInt(Attributes.SequenceNumber ?? 0));
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('SQ-28 frees the next message of its group, in the same receive', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2');
    fail(1);
    expect(account.bodies(QUEUE)).toEqual(['g1-m2']);
    expect(account.bodies('dead.fifo')).toEqual(['g1-m1']);
  });

  it('SQ-26 takes along the messages that were received with it each time, whether or not they were tried', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g1-m3');
    fail(2);
    expect(account.bodies(QUEUE)).toEqual(['g1-m3']);
    expect(account.bodies('dead.fifo')).toEqual(['g1-m1', 'g1-m2']);
  });

  it('SQ-30 moves back to queues of the same type, the oldest first, as a new message of its group', () => {
    account.sendInGroups(QUEUE, 'g2-m1', 'g1-m1');
    fail(10);
    account.bodies(QUEUE);
    const input = { SourceArn: arn('dead.fifo') };
    expect(account.refusalOf('StartMessageMoveTask', { ...input, DestinationArn: arn('dead') })?.code).toBe(
      'InvalidParameterValue',
    );
    const { TaskHandle } = account.ask('StartMessageMoveTask', input);
    for (let step = 0; step < 3; step += 1) {
      account.nowMs += 1;
      account.tell({ kind: 'move-next', handle: String(TaskHandle) });
    }
    expect(account.bodies(QUEUE)).toEqual(['g1-m1', 'g2-m1']);
    expect(account.counts('dead.fifo')).toEqual([0, 0, 0]);
  });
});

it('UV-66 a task that moves messages finds no duplicate', () => {
  account.createFifo('dead.fifo');
  account.set(QUEUE, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead.fifo'), maxReceiveCount: 1 }) });
  account.sendInGroups(QUEUE, 'g1-m1');
  const [first] = account.receive(QUEUE, { VisibilityTimeout: 0 });
  account.bodies(QUEUE);
  account.send(QUEUE, 'b', { MessageGroupId: 'g1', MessageDeduplicationId: first?.MessageId });
  const { TaskHandle } = account.ask('StartMessageMoveTask', { SourceArn: arn('dead.fifo') });
  account.tell({ kind: 'move-next', handle: String(TaskHandle) });
  expect(account.bodies(QUEUE)).toEqual(['b', 'g1-m1']);
});

describe('the rate of calls, in timed runs', () => {
  const timed = (attributes: Readonly<Record<string, string>>) => {
    const other = new QueuesForTests({ isTimed: true });
    other.createFifo(QUEUE, attributes);
    return other;
  };
  /** How many of this many sends are accepted. */
  const accepted = (on: QueuesForTests, sends: number, groupOf: (at: number) => string) => {
    let count = 0;
    for (let at = 0; at < sends; at += 1) {
      const input: Input = { QueueUrl: url(QUEUE), MessageBody: `${on.nowMs} ${at}`, MessageGroupId: groupOf(at) };
      const refusal = on.refusalOf('SendMessage', input);
      if (refusal === null) count += 1;
      else expect(refusal).toEqual({ code: 'RequestThrottled', status: 403, message: 'Request is throttled.' });
    }
    return count;
  };

  it('SQ-25 is 300 in a second for each action', () => {
    const on = timed({});
    expect(accepted(on, 301, () => 'g1')).toBe(300);
    expect(on.bodies(QUEUE)).toHaveLength(10);
    on.nowMs = SECOND;
    expect(accepted(on, 301, () => 'g1')).toBe(300);
  });

  it('UV-64 counts from one whole second to the next', () => {
    const on = timed({});
    on.nowMs = SECOND - 1;
    expect(accepted(on, 300, () => 'g1')).toBe(300);
    on.nowMs = SECOND;
    expect(accepted(on, 300, () => 'g1')).toBe(300);
    on.nowMs = 2 * SECOND - 1;
    expect(accepted(on, 1, () => 'g1')).toBe(0);
  });

  it('SQ-25 is 300 for each group with high throughput', () => {
    const on = timed({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    expect(accepted(on, 604, (at) => `g${at % 2}`)).toBe(600);
  });

  it('SQ-25 is not limited in an exploration, nor on a standard queue', () => {
    expect(accepted(account, 301, () => 'g1')).toBe(301);
    const on = timed({});
    on.create('paid');
    for (let at = 0; at < 301; at += 1) on.send('paid', 'a');
    expect(on.counts('paid')).toEqual([301, 0, 0]);
  });
});

it('a copy of a FIFO queue shares nothing with it', () => {
  account.sendInGroups(QUEUE, 'g1-m1', 'g2-m1');
  const copy = SQS.copy(account.state);
  const before = structuredClone(copy);
  for (const { ReceiptHandle } of account.receive(QUEUE)) account.delete(QUEUE, ReceiptHandle);
  account.sendInGroups(QUEUE, 'g3-m1');
  expect(copy).toEqual(before);
});
