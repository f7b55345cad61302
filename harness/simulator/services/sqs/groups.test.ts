/**
 * Groups of a FIFO queue: which messages may come, in which order, and how a group is blocked and free again.
 *
 * The histories of SQ-13 and SQ-14 were recorded on AWS by LocalStack's tests.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { effectsOf } from '../../contract/service-for-tests.ts';
import { arn, bodiesIn, handedOutIn, POLLER, QueuesForTests, READER, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
const QUEUE = 'orders.fifo';
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests();
  account.createFifo(QUEUE);
});

/** The handles of these messages, received in one call of as many, by body. */
function take(count: number, timeoutSeconds = 30): Readonly<Record<string, string>> {
  const received = account.receive(QUEUE, { MaxNumberOfMessages: count, VisibilityTimeout: timeoutSeconds });
  return Object.fromEntries(received.map(({ Body, ReceiptHandle }) => [Body, ReceiptHandle]));
}

describe('a message of a group', () => {
  it.each([
    ['g1-m1', []],
    ['g1-m2', ['g1-m1']],
    ['g1-m3', ['g1-m1', 'g1-m2']],
  ])('SQ-13 comes only when no earlier one is in flight: %s extended', (extended, expected) => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g1-m3');
    const handles = take(10, 1);
    account.change(QUEUE, handles[extended] ?? '', 4);
    account.nowMs += 2.5 * SECOND;
    expect(account.bodies(QUEUE)).toEqual(expected);
  });

  it('SQ-13 waits for the one before, whichever way that was received', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1');
    expect(account.bodies(QUEUE, { MaxNumberOfMessages: 1 })).toEqual(['g1-m1']);
    expect(bodiesIn(account.poll(QUEUE, 10))).toEqual(['g2-m1']);
    expect(account.bodies(QUEUE)).toEqual([]);
  });

  it('SQ-13 waits for one that is delayed', () => {
    account.set(QUEUE, { DelaySeconds: '5' });
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2');
    account.nowMs = 5 * SECOND + 1;
    expect(account.bodies(QUEUE)).toEqual(['g1-m1']);
    account.nowMs += 1;
    expect(account.bodies(QUEUE)).toEqual([]);
  });

  it('SQ-14 that is sent while the group is blocked comes at once when the one in flight is deleted, to a call that waits', () => {
    account.sendInGroups(QUEUE, 'g1-m1');
    const { 'g1-m1': handle = '' } = take(1);
    account.sendInGroups(QUEUE, 'g1-m2');
    const waiting = account.call('ReceiveMessage', { QueueUrl: url(QUEUE), WaitTimeSeconds: 20 });
    expect(waiting.answer).toBeNull();
    const { effects } = account.call('DeleteMessage', { QueueUrl: url(QUEUE), ReceiptHandle: handle });
    expect(effectsOf(effects, 'reply')).toMatchObject([{ answer: { output: { Messages: [{ Body: 'g1-m2' }] } } }]);
  });

  const MANY = ['g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1'];

  it('SQ-14 waits until all are deleted that were received with it', () => {
    account.sendInGroups(QUEUE, ...MANY);
    const handles = take(2);
    expect(Object.keys(handles)).toEqual(['g1-m1', 'g1-m2']);
    account.delete(QUEUE, handles['g1-m1'] ?? '');
    expect(account.bodies(QUEUE)).toEqual(['g2-m1', 'g2-m2', 'g3-m1']);
  });

  it('SQ-14 comes in its place among the groups when all before it are deleted', () => {
    account.sendInGroups(QUEUE, ...MANY);
    for (const handle of Object.values(take(2))) account.delete(QUEUE, handle);
    expect(account.bodies(QUEUE)).toEqual(['g2-m1', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1']);
  });

  it.each([0, 1])('SQ-14 comes although a later one is in flight, after it was returned within %d s', (seconds) => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1');
    const handles = take(2);
    account.nowMs += 1;
    account.change(QUEUE, handles['g1-m1'] ?? '', seconds);
    account.nowMs += 1.1 * SECOND;
    expect(account.bodies(QUEUE, { MaxNumberOfMessages: 3 })).toEqual(['g2-m1', 'g1-m1']);
    expect(account.counts(QUEUE)).toEqual([0, 3, 0]);
  });

  it('SQ-14 comes after those of groups that were visible for longer', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1', 'g1-m3', 'g1-m4');
    take(2, 1);
    account.nowMs += 1;
    take(1, 1);
    account.sendInGroups(QUEUE, 'g3-m1');
    account.nowMs += 2 * SECOND;
    expect(account.bodies(QUEUE)).toEqual(['g3-m1', 'g1-m1', 'g1-m2', 'g1-m3', 'g1-m4', 'g2-m1']);
  });

  it('SQ-10 never goes to the back, however often it was received', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2');
    for (let times = 0; times < 5; times += 1) {
      const input = { VisibilityTimeout: 0, MaxNumberOfMessages: 1 };
      expect(account.bodies(QUEUE, input)).toEqual(['g1-m1']);
    }
  });
});

describe('a receive of several groups', () => {
  it('SQ-15 returns as many messages of one group as it can, then those of the next', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g2-m1', 'g1-m2', 'g1-m3');
    expect(account.bodies(QUEUE)).toEqual(['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1']);
  });

  it('UV-07 begins with the group whose first message has been visible for longest', () => {
    account.sendInGroups(QUEUE, 'b-1', 'a-1');
    expect(account.bodies(QUEUE)).toEqual(['b-1', 'a-1']);
  });

  it('UV-07 takes groups that became visible at the same instant in the order of their ids', () => {
    for (const body of ['b', 'c', 'a']) account.send(QUEUE, body, { MessageGroupId: body });
    expect(account.bodies(QUEUE)).toEqual(['a', 'b', 'c']);
  });

  it('SQ-15 may begin with another group, while a mapping’s budget of reorder lasts', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2');
    account.faults = ['reorder'];
    const [offer] = effectsOf(account.poll(QUEUE, 3).effects, 'offer');
    const firsts = offer?.options.map((option) => option?.kind === 'hand-out' && option.first);
    expect(firsts).toEqual([null, handedIds()[1]]);
    const second = offer?.options[1] ?? expect.fail('no other group');
    account.faults = [];
    expect(bodiesIn(account.tell(second))).toEqual(['g2-m1', 'g2-m2', 'g1-m1']);
  });

  it('SQ-08 may return fewer to a mapping, and never so that a group loses its order', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1');
    account.faults = ['split'];
    const [offer] = effectsOf(account.poll(QUEUE, 10).effects, 'offer');
    const split = offer?.options[2] ?? expect.fail('not split');
    account.faults = [];
    expect(bodiesIn(account.tell(split))).toEqual(['g1-m1', 'g1-m2']);
  });

  it('SQ-22 looks for groups among the first 120,000 messages only', () => {
    account.send(QUEUE, 'first', { MessageGroupId: 'loud' });
    const handle = account.handle(QUEUE);
    for (let at = 0; at < 119_998; at += 1) account.send(QUEUE, `${at}`, { MessageGroupId: 'loud' });
    account.send(QUEUE, 'in reach', { MessageGroupId: 'quiet' });
    account.send(QUEUE, 'out of reach', { MessageGroupId: 'far' });
    expect(account.bodies(QUEUE)).toEqual(['in reach']);
    account.delete(QUEUE, handle);
    expect(account.bodies(QUEUE, { MaxNumberOfMessages: 1 })).toEqual(['out of reach']);
  }, 60_000);

  it('SQ-23 counts as not visible what was received, not what waits for it', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2', 'g3-m1', 'g3-m2');
    take(2);
    expect(account.counts(QUEUE)).toEqual([4, 2, 0]);
  });
});

/** The ids of the first messages of the two groups. */
function handedIds(): readonly string[] {
  const messages = [...(account.state.queues.get(QUEUE)?.messages.values() ?? [])];
  return messages.filter(({ content }) => content.body.endsWith('m1')).map(({ content }) => content.messageId);
}

describe('the reader of a FIFO queue', () => {
  beforeEach(() => {
    account.watch(QUEUE, READER);
  });

  const news = (operation: string, input: object) =>
    effectsOf(account.call(operation, { QueueUrl: url(QUEUE), ...input }).effects, 'send').length;

  it('SQ-13 learns of a message when its group is free, and of none that has to wait', () => {
    const send = (body: string, MessageGroupId: string) => news('SendMessage', { MessageBody: body, MessageGroupId });
    expect(send('a', 'g1')).toBe(1);
    const [item] = handedOutIn(account.poll(QUEUE, 1)).items;
    expect(send('b', 'g1')).toBe(0);
    expect(send('c', 'g2')).toBe(1);
    expect(news('DeleteMessage', { ReceiptHandle: item?.handle })).toBe(1);
  });

  it('SQ-13 learns after a receive that another group has messages', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g2-m1');
    expect(effectsOf(account.poll(QUEUE, 1).effects, 'send').map(({ request }) => request.kind)).toEqual([
      'available',
      'handed-out',
    ]);
    expect(effectsOf(account.poll(QUEUE, 1).effects, 'send').map(({ request }) => request.kind)).toEqual([
      'handed-out',
    ]);
  });

  it('is told in the trace which groups wait, and for what', () => {
    account.sendInGroups(QUEUE, 'g1-m1', 'g1-m2', 'g1-m3');
    const { effects } = account.poll(QUEUE, 1);
    const notes = effectsOf(effects, 'note').map(({ event }) => event);
    const behind = notes[0]?.kind === 'message-received' ? notes[0].messageId : '';
    expect(notes).toMatchObject([
      { kind: 'message-received', groupId: 'g1', by: POLLER },
      { kind: 'group-blocked', groupId: 'g1', behind, waiting: 2 },
    ]);
    const sent = account.call('SendMessage', { QueueUrl: url(QUEUE), MessageBody: 'x', MessageGroupId: 'g1' });
    expect(effectsOf(sent.effects, 'note')).toMatchObject([{ event: { kind: 'message-sent', groupId: 'g1', behind } }]);
  });
});

describe('the limit of messages in flight', () => {
  it('SQ-05 is no error on a FIFO queue: nothing more comes', () => {
    const queue = account.state.queues.get(QUEUE) ?? expect.fail('no queue');
    account.sendInGroups(QUEUE, 'g1-m1');
    queue.counts['in-flight'] = 120_000;
    expect(account.bodies(QUEUE)).toEqual([]);
    queue.counts['in-flight'] = 119_999;
    expect(account.bodies(QUEUE)).toEqual(['g1-m1']);
    expect(account.describe(arn(QUEUE)).is).not.toBeNull();
  });
});
