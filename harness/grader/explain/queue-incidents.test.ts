/**
 * How messages, events and downstreams are explained to a reader, in traces written by hand.
 */

import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../simulator/trace.ts';
import { TraceWriter } from '../fixtures/trace-writer.ts';
import { explain } from './explain.ts';

const told = (writer: TraceWriter) => explain(writer.trace, { headline: 'It went wrong.', hintId: 'any' }).because;

const SENT = (messageId: string): TraceEvent => ({
  kind: 'message-sent',
  queue: 'orders',
  messageId,
  body: 'o-17',
  visibleAtMs: 0,
});

const RECEIVED = (messageId: string): TraceEvent => ({
  kind: 'message-received',
  queue: 'orders',
  messageId,
  receiveCount: 1,
  by: 'mapping of charge',
  visibleAgainAtMs: 60_000,
});

const BACK = (messageId: string, why: 'timeout' | 'returned' | 'duplicate'): TraceEvent => ({
  kind: 'message-visible-again',
  queue: 'orders',
  messageId,
  why,
});

/** Two messages in a queue, both taken. */
function taken(): TraceWriter {
  const writer = new TraceWriter();
  for (const id of ['first', 'second']) writer.note('scenario', SENT(id));
  for (const id of ['first', 'second']) writer.note('mapping of charge', RECEIVED(id));
  return writer;
}

describe('messages', () => {
  it('that are delivered once more are told with the number of their sending', () => {
    const writer = taken().sleep('charge#1', 1);
    writer.note('orders', { kind: 'fault', fault: 'duplicate' });
    writer.note('orders', BACK('second', 'duplicate'));
    expect(told(writer)).toEqual(['orders delivered message 2 once more at step 1, as a standard queue may.']);
  });

  it('that come back by themselves are told with the time that it took', () => {
    const writer = taken().sleep('charge#1', 60_000);
    writer.note('orders', BACK('first', 'timeout'));
    expect(told(writer)).toEqual([
      'Message 1 came back to orders at step 1, 1 min after it had been taken: it had not been deleted.',
    ]);
  });

  it('that were kept for too long are told together, with how long the queue keeps them', () => {
    const writer = taken().sleep('charge#1', 12 * 3_600_000);
    for (const messageId of ['first', 'second'])
      writer.note('orders', {
        kind: 'message-expired',
        queue: 'orders',
        messageId,
        keptForMs: 12 * 3_600_000,
        retentionMs: 300_000,
      });
    expect(told(writer)).toEqual([
      'orders threw message 1 and 1 other away at step 1, 12 h after it was sent: it keeps messages for 5 min, and no dead-letter queue hears of it.',
    ]);
  });

  it('that come back again and again are told once each', () => {
    const writer = taken();
    for (let round = 0; round < 3; round += 1) {
      writer.sleep('charge#1', 60_000);
      for (const id of ['first', 'second']) writer.note('orders', BACK(id, 'timeout'));
    }
    expect(told(writer)).toEqual([
      'Message 1 came back to orders at step 1, 1 min after it had been taken, and 2 times more: it had not been deleted.',
      'Message 2 came back to orders at step 1, 1 min after it had been taken, and 2 times more: it had not been deleted.',
    ]);
  });

  it('whose visibility timeout ran out too early are told as such, and once', () => {
    const writer = taken().sleep('charge#1', 60_000);
    writer.note('orders', { kind: 'fault', fault: 'deadline' });
    writer.note('orders', BACK('first', 'timeout'));
    expect(told(writer)).toEqual([
      'Message 1 was not deleted within the visibility timeout: orders had it again at step 1.',
    ]);
  });

  it('that a receiver gave back are not mentioned', () => {
    const writer = taken();
    writer.note('orders', BACK('first', 'returned'));
    expect(told(writer)).toEqual([]);
  });

  it('that are handed out too early are told', () => {
    const writer = taken().sleep('charge#1', 1);
    writer.note('mapping of charge', { kind: 'fault', fault: 'reorder' });
    writer.note('mapping of charge', RECEIVED('second'));
    expect(told(writer)).toEqual(['The queue handed out message 2 first at step 1, as a standard queue may.']);
  });

  it('that became dead letters are told with the number of receives', () => {
    const writer = taken().sleep('charge#1', 1);
    writer.note('orders', {
      kind: 'message-dead-lettered',
      queue: 'orders',
      messageId: 'first',
      deadLetterQueue: 'dead',
      receiveCount: 2,
    });
    expect(told(writer)).toEqual(['orders moved message 1 to dead at step 1, after 2 receives without a delete.']);
  });
});

describe('the answer to a mapping', () => {
  const DELETED: TraceEvent = { kind: 'message-deleted', queue: 'orders', messageId: 'first', by: 'mapping of charge' };
  const answered = (batchItemFailures: unknown): TraceWriter =>
    taken().start('charge#1').end('charge#1', { kind: 'returned', payload: { batchItemFailures } });

  it('that reports a failure although the mapping reads none is told, since the message is gone', () => {
    const writer = answered([{ itemIdentifier: 'first' }]);
    writer.note('mapping of charge', DELETED);
    expect(told(writer).join(' ')).toMatch(
      /^charge#1 reported message 1 as failed, and it was deleted from orders.* all the same: .* ReportBatchItemFailures\.$/,
    );
  });

  it('that reports another message is not mentioned', () => {
    const writer = answered([{ itemIdentifier: 'second' }]);
    writer.note('mapping of charge', DELETED);
    expect(told(writer)).toEqual([]);
  });

  it.each([[[{ itemIdentifier: 'o-17' }]], [[{ itemIdentifier: '' }, 5, null]], ['all']])(
    'that names no message is told, once: %j',
    (failures) => {
      const writer = answered(failures).sleep('charge#2', 60_000);
      writer.note('orders', BACK('first', 'timeout'));
      expect(told(writer)[0]).toBe(
        'charge#1 answered with batchItemFailures that name no message of the batch, so Lambda took the whole batch for failed. An itemIdentifier is the messageId of a record.',
      );
    },
  );
});

describe('events', () => {
  const discarded = (sentTo: readonly string[]): TraceEvent => ({
    kind: 'event-discarded',
    functionName: 'charge',
    requestId: 'r',
    condition: 'RetriesExhausted',
    sentTo,
  });

  it.each([
    [[], 'it was sent nowhere'],
    [['failed'], 'it went to failed'],
    [['dead', 'failed'], 'it went to dead and failed'],
  ])('that were given up are told with their destination: %j', (sentTo, words) => {
    const writer = new TraceWriter().sleep('charge#1', 1);
    writer.note('charge', discarded(sentTo));
    expect(told(writer)).toEqual([`Lambda gave up an event for charge at step 1 (RetriesExhausted); ${words}.`]);
  });

  it('that run once more are told', () => {
    const writer = new TraceWriter().sleep('charge#1', 1);
    writer.note('Lambda', { kind: 'fault', fault: 'duplicate' });
    expect(told(writer)).toEqual(['Lambda ran an event once more at step 1 that it had run before, as it may.']);
  });

  it('that got lost on their way are told', () => {
    const writer = new TraceWriter().sleep('charge#1', 1);
    writer.note('Lambda', { kind: 'delivery-failed', functionName: 'charge', requestId: 'r', target: 'gone' });
    expect(told(writer)).toEqual(['Lambda could not send an event of charge on to gone at step 1: it is lost.']);
  });
});

describe('throttles', () => {
  it('of one kind are told once', () => {
    const throttled: TraceEvent = { kind: 'invocation-throttled', functionName: 'charge', reason: 'RateExceeded' };
    const writer = new TraceWriter();
    for (let times = 0; times < 3; times += 1) {
      writer.sleep('charge#1', 1_000);
      writer.note('charge', throttled);
    }
    expect(told(writer)).toEqual(['Lambda refused an invocation of charge at step 1, and 2 times more: RateExceeded.']);
  });
});

describe('a downstream', () => {
  const left = (abandoned: boolean): TraceEvent => ({
    kind: 'downstream-left',
    downstream: 'card',
    call: 'call-1',
    answer: {},
    abandoned,
  });

  it('whose caller has crashed is told, and one that answered is not', () => {
    const writer = new TraceWriter().sleep('charge#1', 1);
    writer.note('charge#1', left(false));
    expect(told(writer)).toEqual([]);
    writer.note('charge#1', left(true));
    expect(told(writer)).toEqual([
      'card did what charge#1 had asked for at step 1, but its caller was gone by then, and the answer is lost.',
    ]);
  });
});
