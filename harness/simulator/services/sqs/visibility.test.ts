/**
 * Which receivers see a message, and until when: visibility timeouts, receipt handles, deletes.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { QueuesForTests, url } from './sqs-for-tests.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders');
});

describe('visibility timeouts', () => {
  it('SQ-01 a message is invisible for 30 seconds by default', () => {
    account.send('orders', 'a');
    expect(account.bodies('orders')).toEqual(['a']);
    account.nowMs = 30 * SECOND - 1;
    expect(account.bodies('orders')).toEqual([]);
    account.nowMs = 30 * SECOND;
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-01 a queue and a receive may set another timeout; that of the receive takes precedence', () => {
    account.set('orders', { VisibilityTimeout: '5' });
    account.send('orders', 'a');
    account.receive('orders');
    account.nowMs = 5 * SECOND;
    expect(account.bodies('orders', { VisibilityTimeout: 2 })).toEqual(['a']);
    account.nowMs = 7 * SECOND;
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-01 a timeout is at most 12 hours', () => {
    account.send('orders', 'a');
    expect(account.refusalOf('ReceiveMessage', { QueueUrl: url('orders'), VisibilityTimeout: 43_201 })).toMatchObject({
      code: 'InvalidParameterValue',
      status: 400,
      message:
        'Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.',
    });
    expect(account.bodies('orders', { VisibilityTimeout: 43_200 })).toEqual(['a']);
    expect(account.set('orders', { VisibilityTimeout: '43201' })?.code).toBe('InvalidAttributeValue');
  });

  it('SQ-01 extensions count towards the 12 hours', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders', { VisibilityTimeout: 43_200 });
    account.nowMs = HOUR;
    expect(account.change('orders', handle, 11 * 3_600)).toBeNull();
    expect(account.change('orders', handle, 11 * 3_600 + 1)).toMatchObject({
      code: 'InvalidParameterValue',
      message:
        'Value 39601 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    });
  });

  it('SQ-02 a change counts from the call', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.nowMs = 20 * SECOND;
    account.change('orders', handle, 15);
    account.nowMs = 34 * SECOND;
    expect(account.bodies('orders')).toEqual([]);
    account.nowMs = 35 * SECOND;
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-02 a message that stays hidden for longer does not keep others hidden', () => {
    account.send('orders', 'a');
    account.send('orders', 'b');
    const [a] = account.receive('orders');
    account.change('orders', a?.ReceiptHandle ?? '', 100);
    account.nowMs = 30 * SECOND;
    expect(account.bodies('orders')).toEqual(['b']);
    account.nowMs = 100 * SECOND;
    expect(account.bodies('orders')).toEqual(['a', 'b']);
  });

  it('SQ-02 a change to 0 makes the message visible at once', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.change('orders', handle, 0);
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-02 a change does not apply to the next receive', () => {
    account.send('orders', 'a');
    account.change('orders', account.handle('orders'), 100);
    account.nowMs = 100 * SECOND;
    account.receive('orders');
    account.nowMs = 130 * SECOND;
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-02 a batch changes each message by itself', () => {
    account.send('orders', 'a');
    account.send('orders', 'b');
    const [a, b] = account.receive('orders');
    account.ask('ChangeMessageVisibilityBatch', {
      QueueUrl: url('orders'),
      Entries: [
        { Id: 'a', ReceiptHandle: a?.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: 'b', ReceiptHandle: b?.ReceiptHandle, VisibilityTimeout: 60 },
      ],
    });
    expect(account.bodies('orders')).toEqual(['a']);
  });
});

describe('receipt handles', () => {
  it('SQ-03 each receive returns a new handle and counts one more', () => {
    account.send('orders', 'a');
    const [first] = account.receive('orders', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    account.nowMs = 30 * SECOND;
    const [second] = account.receive('orders', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    expect([first?.Attributes, second?.Attributes]).toEqual([
      { ApproximateReceiveCount: '1' },
      { ApproximateReceiveCount: '2' },
    ]);
  });

  it('SQ-03 deleting twice succeeds', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    expect(account.delete('orders', handle)).toBeNull();
    expect(account.delete('orders', handle)).toBeNull();
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-03 UV-20 an older handle is answered with success, and deletes and changes nothing', () => {
    account.send('orders', 'a');
    const older = account.handle('orders');
    account.nowMs = 30 * SECOND;
    const newer = account.handle('orders');
    expect(account.delete('orders', older)).toBeNull();
    expect(account.counts('orders')).toEqual([0, 1, 0]);
    expect(account.change('orders', older, 0)).toBeNull();
    expect(account.counts('orders')).toEqual([0, 1, 0]);
    expect(account.delete('orders', newer)).toBeNull();
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-04 a delete after the timeout works until the message is received again', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.nowMs = 31 * SECOND;
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    expect(account.delete('orders', handle)).toBeNull();
    expect(account.bodies('orders')).toEqual([]);
  });

  it('SQ-06 the visibility of a deleted message cannot be changed', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.delete('orders', handle);
    expect(account.change('orders', handle, 10)).toMatchObject({
      code: 'InvalidParameterValue',
      status: 400,
      message: `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    });
  });

  it('SQ-06 UV-21 a timeout that has run out can be set again, and hides the message again', () => {
    account.send('orders', 'a');
    const handle = account.handle('orders');
    account.nowMs = 31 * SECOND;
    expect(account.change('orders', handle, 10)).toBeNull();
    expect(account.bodies('orders')).toEqual([]);
    account.nowMs = 41 * SECOND;
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-11 a text that no receive has issued is not a handle: 404', () => {
    account.send('orders', 'a');
    account.create('others');
    account.send('others', 'a');
    const foreign = account.handle('others');
    for (const handle of ['nonsense', 'AQEBq1m9r1', foreign]) {
      expect(account.delete('orders', handle)).toEqual({
        code: 'ReceiptHandleIsInvalid',
        status: 404,
        message: `The input receipt handle "${handle}" is not a valid receipt handle.`,
      });
    }
  });
});
