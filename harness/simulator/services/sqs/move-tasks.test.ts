/**
 * Dead letters that are moved back: by whom, where to, and what may happen between two of them (SQ-30).
 */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Effect } from '../../contract/effect.ts';
import { effectsOf } from '../../contract/service-for-tests.ts';
import type { SqsMessage } from './messages.ts';
import { arn, QueuesForTests } from './sqs-for-tests.ts';
import type { SqsEvent } from './trace-events.ts';

let account: QueuesForTests;
let deadLetters: readonly string[];

/** Three dead letters of `orders` in `dead`. */
beforeEach(() => {
  account = new QueuesForTests('dead', 'orders', 'other');
  account.set('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) });
  deadLetters = ['a', 'b', 'c'].map((body) => account.send('orders', body));
  account.receive('orders', { VisibilityTimeout: 0 });
  account.receive('orders');
  account.nowMs = 5_000;
});

const begin = (more = {}) => account.call('StartMessageMoveTask', { SourceArn: arn('dead'), ...more });
const tasks = () => account.ask('ListMessageMoveTasks', { SourceArn: arn('dead'), MaxResults: 10 }).Results;
const nextIn = (effects: readonly Effect<SqsMessage, SqsEvent>[]) => effectsOf(effects, 'timer')[0]?.message;

/** Lets a task take at most this many steps. */
function go(effects: readonly Effect<SqsMessage, SqsEvent>[], most = 10): void {
  let next = nextIn(effects);
  for (let steps = 0; next !== undefined && steps < most; steps += 1) next = nextIn(account.tell(next).effects);
}

describe('a task', () => {
  it('SQ-30 moves all dead letters to the queue that they came from, as new messages', () => {
    const { answer, effects } = begin();
    expect(answer).toMatchObject({ ok: true, output: { TaskHandle: expect.any(String) as string } });
    expect(account.counts('dead')).toEqual([3, 0, 0]);
    go(effects);
    expect(account.counts('dead')).toEqual([0, 0, 0]);
    const moved = account.receive('orders', { MessageSystemAttributeNames: ['All'] });
    expect(moved.map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
    expect(moved.filter(({ MessageId }) => deadLetters.includes(MessageId))).toEqual([]);
    expect(moved[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: '1767225605000' });
    expect(moved[0]?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  });

  it('SQ-30 moves them to another queue, if the call names one', () => {
    go(begin({ DestinationArn: arn('other') }).effects);
    expect(account.bodies('other')).toEqual(['a', 'b', 'c']);
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-30 moves one message in each step, and says how far it is', () => {
    const { effects } = begin({ MaxNumberOfMessagesPerSecond: 2 });
    go(effects, 2);
    expect(tasks()).toEqual([
      {
        ...{ TaskHandle: expect.any(String) as string, Status: 'RUNNING', SourceArn: arn('dead') },
        ...{ MaxNumberOfMessagesPerSecond: 2, StartedTimestamp: 1_767_225_605_000 },
        ...{ ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 3 },
      },
    ]);
    expect(account.counts('dead')).toEqual([1, 0, 0]);
    const second = account.refusalOf('StartMessageMoveTask', { SourceArn: arn('dead') });
    expect(second?.message ?? 'accepted').toMatch(/^There is already a task running\./);
  });

  it('SQ-30 is completed when no message is left, and another may begin', () => {
    go(begin().effects);
    expect(tasks()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect(tasks()).not.toHaveProperty('0.TaskHandle');
    go(begin().effects);
    expect(tasks()).toMatchObject([{ ApproximateNumberOfMessagesMoved: 0 }, { ApproximateNumberOfMessagesMoved: 3 }]);
  });

  it('SQ-30 can be cancelled; what it has moved stays moved', () => {
    const { answer, effects } = begin();
    go(effects, 1);
    const TaskHandle = answer?.ok ? answer.output.TaskHandle : null;
    const cancelled = account.call('CancelMessageMoveTask', { TaskHandle });
    expect(cancelled.answer).toEqual({ ok: true, output: { ApproximateNumberOfMessagesMoved: 1 } });
    expect(effectsOf(cancelled.effects, 'cancel').map(({ of }) => of)).toEqual(
      effectsOf(effects, 'timer').map(({ of }) => of),
    );
    expect(tasks()).toMatchObject([{ Status: 'CANCELLED' }]);
    expect(account.counts('dead')).toEqual([2, 0, 0]);
    expect(account.refusalOf('CancelMessageMoveTask', { TaskHandle })?.code).toBe('InvalidParameterValue');
    expect(account.refusalOf('CancelMessageMoveTask', { TaskHandle: 'x' })).toMatchObject({
      ...{ code: 'ResourceNotFoundException', status: 404 },
    });
  });

  it('UV-29 leaves messages that are in flight where they are', () => {
    account.receive('dead', { MaxNumberOfMessages: 1 });
    go(begin().effects);
    expect(tasks()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 }]);
    expect(account.counts('dead')).toEqual([0, 1, 0]);
  });

  it('SQ-30 fails if it finds no queue for a message', () => {
    account.send('dead', 'no dead letter');
    const { effects } = begin();
    go(effects);
    expect(tasks()).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);
    expect(account.bodies('dead')).toEqual(['no dead letter']);
  });

  it.each([
    [{ SourceArn: arn('gone') }, 'ResourceNotFoundException', 404],
    [{ SourceArn: arn('dead'), DestinationArn: arn('gone') }, 'ResourceNotFoundException', 404],
    [{ SourceArn: arn('orders') }, 'InvalidParameterValue', 400],
    [{ SourceArn: arn('dead'), DestinationArn: arn('dead') }, 'InvalidParameterValue', 400],
    [{ SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 501 }, 'InvalidParameterValue', 400],
  ])('SQ-30 %j is refused', (input, code, status) => {
    expect(account.refusalOf('StartMessageMoveTask', input)).toMatchObject({ code, status });
  });
});
