/**
 * Footprints of a FIFO queue: groups have nothing in common, so that an exploration need not try the order of steps in different groups.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import type { Footprint } from '../../contract/footprint.ts';
import { conflict } from '../../kernel/footprint.ts';
import { SQS } from './sqs.ts';
import { QueuesForTests, url } from './sqs-for-tests.ts';

const QUEUE = 'orders.fifo';
let account: QueuesForTests;
let handles: Readonly<Record<string, string>>;

beforeEach(() => {
  account = new QueuesForTests();
  account.createFifo(QUEUE);
  account.sendInGroups(QUEUE, 'blue-1', 'green-1', 'blue-2', 'green-2');
  const taken = [1, 1].flatMap(() => account.receive(QUEUE, { MaxNumberOfMessages: 1 }));
  handles = Object.fromEntries(taken.map(({ Body, ReceiptHandle }) => [Body, ReceiptHandle]));
});

/** The footprint of a call in the present state, which stays as it is. */
function footprintOf(operation: string, input: Input): Footprint {
  const call = { id: 'call', by: 'tester', operation, input: { QueueUrl: url(QUEUE), ...input }, number: null };
  return SQS.call(SQS.copy(account.state), call, account.moment).footprint;
}

const send = (group: string, body: string) => footprintOf('SendMessage', { MessageBody: body, MessageGroupId: group });
const remove = (body: string) => footprintOf('DeleteMessage', { ReceiptHandle: handles[body] });
const hide = (body: string) =>
  footprintOf('ChangeMessageVisibility', { ReceiptHandle: handles[body], VisibilityTimeout: 50 });
const receive = () => footprintOf('ReceiveMessage', {});

describe('two groups of one FIFO queue', () => {
  it('have nothing in common: sends, deletes and changes of visibility commute', () => {
    const inBlue = [send('blue', 'x'), remove('blue-1'), hide('blue-1')];
    const inGreen = [send('green', 'y'), remove('green-1'), hide('green-1')];
    for (const blue of inBlue) for (const green of inGreen) expect(conflict(blue, green)).toBe(false);
  });

  it('meet in a receive, which may take messages of any group', () => {
    for (const one of [send('blue', 'x'), remove('blue-1'), hide('blue-1')])
      expect(conflict(one, receive())).toBe(true);
  });

  it('meet in no receive where a delete frees nothing: that the group is empty shows to no receive', () => {
    account.sendInGroups(QUEUE, 'red-1');
    const [red] = account.receive(QUEUE, { MaxNumberOfMessages: 1 });
    const removed = () => footprintOf('DeleteMessage', { ReceiptHandle: red?.ReceiptHandle });
    expect(conflict(removed(), receive())).toBe(false);
    expect(conflict(removed(), send('red', 'x'))).toBe(true);
    account.sendInGroups(QUEUE, 'red-2');
    expect(conflict(removed(), receive())).toBe(true);
  });

  it('meet in a deduplication id, unless its scope is the group', () => {
    expect(conflict(send('blue', 'x'), send('green', 'x'))).toBe(true);
    account.set(QUEUE, { DeduplicationScope: 'messageGroup' });
    expect(conflict(send('blue', 'x'), send('green', 'x'))).toBe(false);
  });

  it('meet in a call that waits for messages', () => {
    for (const [, handle] of Object.entries(handles)) account.delete(QUEUE, handle);
    account.receive(QUEUE);
    account.call('ReceiveMessage', { QueueUrl: url(QUEUE), WaitTimeSeconds: 20 });
    expect(conflict(send('red', 'x'), send('white', 'y'))).toBe(true);
  });
});

it('a batch whose entries are all refused has looked at its queue', () => {
  const Entries = [{ Id: 'a', MessageBody: 'no group' }];
  expect(footprintOf('SendMessageBatch', { Entries }).reads).toEqual([`sqs/${QUEUE}`]);
});

describe('one group', () => {
  it('is one thing: each step in it may change which message of it comes next', () => {
    const steps = [send('blue', 'x'), remove('blue-1'), hide('blue-1')];
    for (const one of steps) for (const other of steps) expect(conflict(one, other)).toBe(true);
  });

  it('names its messages by itself, whatever was sent to others before', () => {
    const other = new QueuesForTests();
    other.createFifo(QUEUE);
    other.sendInGroups(QUEUE, 'green-1', 'green-2', 'blue-1', 'blue-2');
    const messagesOf = (of: QueuesForTests) => {
      const messages = [...(of.state.queues.get(QUEUE)?.messages.values() ?? [])].map(({ content }) => content);
      return messages.map(({ body, messageId, sequenceNumber }) => [body, messageId, sequenceNumber].join(' ')).sort();
    };
    expect(messagesOf(other)).toEqual(messagesOf(account));
  });
});
