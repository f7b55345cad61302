/**
 * What a standard queue may do beyond the ordinary course: deliver a message a second time, and hand out a later one first.
 */

import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../contract/answer.ts';
import { effectsOf, kindsOf, notesIn, sentIn } from '../../contract/service-for-tests.ts';
import { SCENARIO } from '../../contract/trace-entry.ts';
import type { SqsEffect, SqsStep, Taker } from './messages.ts';
import {
  arn,
  bodiesIn,
  handedOutIn,
  MAPPING_ARN,
  POLLER,
  QueuesForTests,
  READER,
  READER_ALONE,
  url,
} from './sqs-for-tests.ts';

const SECOND = 1_000;
let account: QueuesForTests;

beforeEach(() => {
  account = new QueuesForTests('orders', 'dead');
});

const events = (effects: readonly SqsEffect[]) => notesIn(effects).map(({ kind }) => kind);
const TAKER: Taker = { mapping: MAPPING_ARN, number: 7 };
/** The second delivery of a message that was received once. */
const comesAgain = (messageId: string, to: Taker | null = null): SqsStep =>
  account.tell({ kind: 'comes-again', queue: 'orders', messageId, receives: 1, by: POLLER, to });
const STRIKE = { kind: 'strike', fault: 'duplicate', by: 'orders' };

describe('a message that is handed out', () => {
  const receiveAs = (by: string) => account.call('ReceiveMessage', { QueueUrl: url('orders') }, { by });

  it('SQ-09 may have a second delivery, if the budget allows it', () => {
    account.faults = ['duplicate'];
    const messageId = account.send('orders', 'a');
    const handed = { queue: 'orders', messageId, receives: 1, by: 'f#1' };
    expect(effectsOf(receiveAs('f#1').effects, 'offer')).toEqual([
      { kind: 'offer', fault: 'duplicate', options: [null, { kind: 'will-come-again', ...handed }] },
    ]);
  });

  it('SQ-09 may have a second delivery to a mapping, too, and so may each message of a batch', () => {
    account.faults = ['duplicate'];
    account.send('orders', 'a');
    account.send('orders', 'b');
    const { effects } = account.poll('orders', 10);
    expect(kindsOf(effects)).toEqual(['note', 'offer', 'note', 'offer', 'send']);
  });

  it('SQ-09 is not offered a second delivery without a budget for it', () => {
    account.faults = ['reorder', 'deadline'];
    account.send('orders', 'a');
    expect(effectsOf(receiveAs('f#1').effects, 'offer')).toEqual([]);
  });

  it('SQ-09 is delivered once to the scenario', () => {
    account.faults = ['duplicate'];
    account.send('orders', 'a');
    expect(effectsOf(receiveAs(SCENARIO).effects, 'offer')).toEqual([]);
  });
});

describe('a message with a second delivery', () => {
  const willComeAgain = (messageId: string): readonly SqsEffect[] => {
    const handed = { queue: 'orders', messageId, receives: 1, by: POLLER };
    return account.tell({ kind: 'will-come-again', ...handed }).effects;
  };
  const timer = (messageId: string, to: Taker | null) => ({
    kind: 'timer',
    of: `${messageId}/again-1`,
    as: 'step',
    atMs: 3 * SECOND,
    message: { kind: 'comes-again', queue: 'orders', messageId, receives: 1, by: POLLER, to },
    label: 'orders delivers a message once more',
  });
  let messageId = '';

  beforeEach(() => {
    messageId = account.send('orders', 'a');
    account.poll('orders', 1);
    account.nowMs = 3 * SECOND;
  });

  it('SQ-09 comes at any moment from now on, to the next receiver', () => {
    expect(willComeAgain(messageId)).toEqual([timer(messageId, null)]);
    account.watch('orders', READER);
    expect(willComeAgain(messageId)).toEqual([timer(messageId, null)]);
  });

  it('has a number reserved for its invocation, if a single mapping takes every message immediately', () => {
    account.watch('orders', READER_ALONE);
    const [reserve, ...more] = willComeAgain(messageId);
    expect(more).toEqual([]);
    expect(reserve).toMatchObject({
      kind: 'send',
      to: READER_ALONE.alone?.functionArn,
      by: 'orders',
      request: { kind: 'reserve' },
    });
    const [call = ''] = reserve?.kind === 'send' ? [reserve.call] : [];
    expect(account.answer(call, ok({ number: 7 })).effects).toEqual([timer(messageId, TAKER)]);
    expect(account.state.reserving.size).toBe(0);
  });

  it('comes to the next receiver, if there is no such function to reserve a number of', () => {
    account.watch('orders', READER_ALONE);
    const [reserve] = effectsOf(willComeAgain(messageId), 'send');
    expect(account.answer(reserve?.call ?? '', ok({})).effects).toEqual([timer(messageId, null)]);
  });
});

describe('a second delivery', () => {
  it('SQ-09 of a message in flight: it may be handed out again', () => {
    const messageId = account.send('orders', 'a');
    const older = account.handle('orders');
    const { effects } = comesAgain(messageId);
    expect(effects[0]).toEqual(STRIKE);
    expect(events(effects)).toEqual(['message-visible-again']);
    const [again] = handedOutIn(account.poll('orders', 1)).items;
    expect(again).toMatchObject({ id: messageId, record: { attributes: { ApproximateReceiveCount: '2' } } });
    account.delete('orders', older);
    expect(account.counts('orders')).toEqual([0, 1, 0]);
  });

  it('SQ-09 of a deleted message: it may come back, and can be deleted again', () => {
    const messageId = account.send('orders', 'a');
    account.delete('orders', account.handle('orders'));
    expect(comesAgain(messageId).effects[0]).toEqual(STRIKE);
    const [again] = handedOutIn(account.poll('orders', 1)).items;
    expect(again?.id).toBe(messageId);
    account.delete('orders', again?.handle ?? '');
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-09 does not happen if the message is back by itself', () => {
    const messageId = account.send('orders', 'a');
    account.receive('orders');
    account.nowMs = 30 * SECOND;
    comesAgain(messageId);
    expect(account.counts('orders')).toEqual([1, 0, 0]);
    expect(comesAgain(messageId).effects).toEqual([]);
    expect(account.bodies('orders')).toEqual(['a']);
  });

  it('SQ-09 does not happen for a message that was never received', () => {
    const messageId = account.send('orders', 'a');
    expect(comesAgain(messageId).effects).toEqual([]);
    expect(account.counts('orders')).toEqual([1, 0, 0]);
  });

  it('SQ-09 does not happen if the message has expired or its queue was purged', () => {
    const messageId = account.send('orders', 'a');
    account.receive('orders');
    account.ask('PurgeQueue', { QueueUrl: url('orders') });
    expect(comesAgain(messageId).effects).toEqual([]);
    expect(account.counts('orders')).toEqual([0, 0, 0]);
  });

  it('SQ-09 goes straight to the mapping that takes every message immediately, and no other receiver could have had it', () => {
    account.watch('orders', READER_ALONE);
    const messageId = account.send('orders', 'a');
    account.poll('orders', 1);
    account.nowMs = SECOND;
    const { effects } = comesAgain(messageId, TAKER);
    expect(kindsOf(effects)).toEqual(['strike', 'note', 'note', 'timer', 'send']);
    expect(effects[0]).toEqual(STRIKE);
    expect(notesIn(effects)).toMatchObject([
      { kind: 'message-visible-again', why: 'duplicate' },
      { kind: 'message-received', receiveCount: 2, by: POLLER, visibleAgainAtMs: 31 * SECOND },
    ]);
    expect(effects.at(-1)).toMatchObject({
      to: MAPPING_ARN,
      by: 'orders',
      request: {
        kind: 'handed-out-again',
        item: { id: messageId, handOuts: 2, record: { body: 'a' } },
        visibleAgainAtMs: 31 * SECOND,
        number: 7,
      },
    });
    expect(account.counts('orders')).toEqual([0, 1, 0]);
  });

  it.each([
    ['is not alone any longer', READER],
    ['is another one by now', { ...READER, alone: { mapping: `${MAPPING_ARN}-2`, functionArn: 'f' } }],
  ])('SQ-09 is visible again if the mapping %s, and a mapping that reads takes it in the same step', (_why, reader) => {
    const messageId = account.send('orders', 'a');
    account.poll('orders', 1);
    account.watch('orders', reader);
    const { effects } = comesAgain(messageId, TAKER);
    expect(effects[0]).toEqual(STRIKE);
    expect(notesIn(effects)).toMatchObject([{ kind: 'message-visible-again', why: 'duplicate' }]);
    expect(effectsOf(effects, 'send')).toEqual([
      {
        kind: 'send',
        to: READER.arn,
        by: 'orders',
        request: { kind: 'available', source: arn('orders'), lane: null, isAtOnce: true },
      },
    ]);
    expect(account.counts('orders')).toEqual([1, 0, 0]);
  });

  it('SQ-09 SQ-26 is visible again if it would have to go to the dead-letter queue', () => {
    account.set('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }) });
    account.watch('orders', READER_ALONE);
    const messageId = account.send('orders', 'a');
    account.poll('orders', 1);
    expect(sentIn(comesAgain(messageId, TAKER).effects, 'available')).toMatchObject([{ request: { isAtOnce: true } }]);
    expect(events(account.poll('orders', 1).effects)).toEqual(['message-dead-lettered']);
  });

  describe('after its last receive', () => {
    const atItsLimit = (): string => {
      account.set('orders', {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 }),
      });
      account.watch('orders', READER_ALONE);
      return account.send('orders', 'a');
    };
    const unheard = (messageId: string) =>
      ({ queue: 'orders', messageId, receives: 1, by: POLLER, isUnheard: true }) as const;

    it('SQ-09 SQ-26 may also come from a server that has not heard of it', () => {
      const messageId = atItsLimit();
      account.faults = ['duplicate'];
      const again = { kind: 'will-come-again', queue: 'orders', messageId, receives: 1, by: POLLER };
      const [offer] = effectsOf(account.poll('orders', 1).effects, 'offer');
      expect(offer?.options).toEqual([null, again, { ...again, isUnheard: true }]);
    });

    it('SQ-09 SQ-26 goes to the mapping then with the count it had, and another handle', () => {
      const messageId = atItsLimit();
      const [first] = sentIn(account.poll('orders', 1).effects, 'handed-out');
      const { effects } = account.tell({ kind: 'comes-again', ...unheard(messageId), to: TAKER });
      const [again] = sentIn(effects, 'handed-out-again');
      expect(again?.request).toMatchObject({ item: { id: messageId, handOuts: 2 } });
      expect(again?.request.item.record).toMatchObject({ attributes: { ApproximateReceiveCount: '1' } });
      expect(again?.request.item.handle).not.toBe(first?.request.items[0]?.handle);
    });

    it('SQ-09 SQ-26 can be received by any other reader, too, and is a dead letter after that', () => {
      const messageId = atItsLimit();
      account.poll('orders', 1);
      account.tell({ kind: 'comes-again', ...unheard(messageId), to: null });
      expect(events(account.poll('orders', 1).effects)).toEqual(['message-received']);
      account.nowMs += 31 * SECOND;
      expect(events(account.poll('orders', 1).effects)).toEqual(['message-visible-again', 'message-dead-lettered']);
    });
  });

  it('may be followed by a third one, if the budget allows it', () => {
    account.watch('orders', READER_ALONE);
    const messageId = account.send('orders', 'a');
    account.poll('orders', 1);
    account.faults = ['duplicate'];
    const [offer] = effectsOf(comesAgain(messageId, TAKER).effects, 'offer');
    const again = { kind: 'will-come-again', queue: 'orders', messageId, receives: 2, by: POLLER };
    expect(offer?.options).toEqual([null, again]);
  });
});

describe('a later message', () => {
  const offered = () => {
    const { effects } = account.poll('orders', 2);
    const [offer] = effectsOf(effects, 'offer');
    expect(kindsOf(effects)).toEqual(['offer']);
    expect(offer?.fault).toBe('reorder');
    return (offer?.options ?? []).map((option) => option ?? expect.fail('an option that says nothing'));
  };

  it('SQ-09 may be handed out first', () => {
    account.faults = ['reorder'];
    const [, second = ''] = ['a', 'b', 'c'].map((body) => account.send('orders', body));
    const options = offered();
    expect(options).toHaveLength(3);
    const [, later] = options;
    expect(later).toMatchObject({ kind: 'hand-out', queue: 'orders', first: second, most: 2, mapping: MAPPING_ARN });
    const step = account.tell(later ?? expect.fail('only one is offered'));
    expect(step.effects[0]).toEqual({ kind: 'strike', fault: 'reorder', by: POLLER, isUncaused: true });
    expect(bodiesIn(step)).toEqual(['b', 'a']);
  });

  it('SQ-09 is not first in the ordinary course: the oldest is the first option, and no fault strikes', () => {
    account.faults = ['reorder'];
    for (const body of ['a', 'b', 'c']) account.send('orders', body);
    const [ordinary] = offered();
    const step = account.tell(ordinary ?? expect.fail('nothing is offered'));
    expect(effectsOf(step.effects, 'strike')).toEqual([]);
    expect(bodiesIn(step)).toEqual(['a', 'b']);
  });

  it('is one of the four oldest of a long queue', () => {
    account.faults = ['reorder'];
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((body) => account.send('orders', body));
    const first = offered().map((option) => (option.kind === 'hand-out' ? option.first : undefined));
    expect(first).toEqual([null, ...ids.slice(1, 4)]);
  });

  it('is not offered if there is only one message, or no budget', () => {
    account.faults = ['reorder'];
    account.send('orders', 'a');
    expect(bodiesIn(account.poll('orders', 2))).toEqual(['a']);
    account.faults = ['duplicate'];
    for (const body of ['b', 'c']) account.send('orders', body);
    expect(bodiesIn(account.poll('orders', 2))).toEqual(['b', 'c']);
  });
});
