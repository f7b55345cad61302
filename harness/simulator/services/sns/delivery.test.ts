/**
 * Deliveries: in which order they come, when they are tried again, and what becomes of what can't be delivered.
 */

import { describe, expect, it } from 'vitest';
import { fail, type Input, ok } from '../../contract/answer.ts';
import { effectsOf, notesIn } from '../../contract/service-for-tests.ts';
import { waitAfterMs } from './delivery-schedule.ts';
import {
  BUSY,
  eventsToldIn,
  GONE,
  handedOver,
  LETTERBOX_ARN,
  ORDERS_ARN,
  subscribedQueueArn,
  TOLD_ARN,
  TopicsForTests,
} from './sns-for-tests.ts';

const RAW = { RawMessageDelivery: 'true' };
const REDRIVE = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: LETTERBOX_ARN }) };

/** A topic with this subscriber, and messages on their way. */
function onTheirWay(messages: readonly string[], attributes: Input = RAW, endpoint = ORDERS_ARN): TopicsForTests {
  const sns = new TopicsForTests().withTopic();
  sns.subscribed(endpoint, attributes);
  for (const message of messages) sns.publish(message);
  return sns;
}

describe('a delivery', () => {
  it('comes at any moment from its publishing on, apart from those to others', () => {
    const sns = onTheirWay(['a']);
    sns.subscribed(TOLD_ARN);
    sns.publish('b');
    expect(new Set(sns.waiting.map(({ of }) => of)).size).toBe(2);
    expect(sns.waiting.every(({ as, atMs }) => as === 'step' && atMs === 0)).toBe(true);
  });

  it('SN-09 comes in the order in which messages were published, where nothing strikes', () => {
    const sns = onTheirWay(['a', 'b', 'c']);
    expect(new Set(sns.waiting.map(({ of }) => of)).size).toBe(1);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'b', 'c']);
  });

  it('SN-09 may come before those of earlier messages, within the budget', () => {
    const sns = onTheirWay(['a', 'b', 'c', 'd', 'e']);
    sns.faults = ['reorder'];
    const [offer] = effectsOf(sns.next().effects, 'offer');
    expect(offer).toMatchObject({ fault: 'reorder', options: [{}, {}, {}, {}] });
    sns.faults = [];
    const second = sns.follow(offer?.options[1] ?? expect.fail('no second option'));
    expect(effectsOf(second.effects, 'strike')).toEqual([{ kind: 'strike', fault: 'reorder', by: 'topic news' }]);
    expect(handedOver(second).map(({ body }) => body)).toEqual(['b']);
    sns.answerSent(second, ok({}));
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a', 'c', 'd', 'e']);
  });

  it('SN-09 comes by itself where no other is there, and asks nothing', () => {
    const sns = onTheirWay(['a']);
    sns.faults = ['reorder'];
    expect(handedOver(sns.next())).toHaveLength(1);
  });

  it.each([[ORDERS_ARN], [TOLD_ARN]])(
    'SN-09 to %s may come twice, and the second time whenever it wants',
    (endpoint) => {
      const sns = onTheirWay(['a'], {}, endpoint);
      sns.faults = ['duplicate'];
      const [offer] = effectsOf(sns.next().effects, 'offer');
      expect(offer).toMatchObject({ fault: 'duplicate', options: [{ isDuplicated: false }, { isDuplicated: true }] });
      sns.faults = [];
      const first = sns.follow(offer?.options[1] ?? expect.fail('no second option'));
      expect(eventsToldIn(first)).toEqual(['notification-duplicated', 'notification-attempted']);
      sns.answerSent(first, ok({}));
      const second = sns.next();
      expect(effectsOf(second.effects, 'strike')).toEqual([{ kind: 'strike', fault: 'duplicate', by: 'topic news' }]);
      expect(handedOver(second)[0]?.body).toBe(handedOver(first)[0]?.body);
      sns.answerSent(second, ok({}));
      expect(sns.waiting).toEqual([]);
    },
  );

  it('SN-10 to a function is over when Lambda has taken the event', () => {
    const sns = onTheirWay(['a'], {}, TOLD_ARN);
    expect(sns.nextAnd(ok({ StatusCode: 202 })).effects).toEqual([]);
    expect([sns.waiting, sns.state.deliveries.size]).toEqual([[], 0]);
  });

  it('SN-12 may meet a subscriber whose trouble is its own, within the budget', () => {
    const sns = onTheirWay(['a']);
    sns.faults = ['failed-before'];
    const [offer] = effectsOf(sns.next().effects, 'offer');
    expect(offer).toMatchObject({ fault: 'failed-before', options: [{ fails: false }, { fails: true }] });
    sns.faults = [];
    const failed = sns.follow(offer?.options[1] ?? expect.fail('no second option'));
    expect(effectsOf(failed.effects, 'strike')).toMatchObject([{ fault: 'failed-before', by: 'topic news' }]);
    expect(eventsToldIn(failed)).toEqual(['notification-attempted', 'notification-retried']);
    expect(handedOver(failed)).toEqual([]);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['a']);
  });
});

describe('a delivery that failed on the subscriber’s side', () => {
  it('SN-12 is tried again at once twice, twice after a second, then after 1 to 20 seconds', () => {
    const sns = onTheirWay(['a']);
    const atMs: number[] = [];
    for (let attempt = 1; attempt <= 17; attempt += 1) {
      sns.nextAnd(BUSY);
      atMs.push(sns.nowMs);
    }
    const waits = atMs.slice(1).map((at, place) => at - (atMs[place] ?? 0));
    expect(waits.slice(0, 4)).toEqual([0, 0, 1_000, 1_000]);
    expect(waits.slice(4, 14)).toEqual(
      [1_000, 1_395, 1_946, 2_714, 3_786, 5_282, 7_368, 10_277, 14_336, 19_998].map(() => expect.any(Number)),
    );
    expect([waits[4], waits[13]]).toEqual([1_000, 20_000]);
    const growth = waits.slice(5, 14).map((wait, place) => wait / (waits[4 + place] ?? 1));
    for (const factor of growth) expect(factor).toBeCloseTo(20 ** (1 / 9), 2);
    expect(waits.slice(14)).toEqual([20_000, 20_000]);
  });

  it('SN-12 is given up after 100,015 attempts, in 23 days', () => {
    let atMs = 0;
    let attempts = 1;
    for (let waitMs = waitAfterMs(attempts); waitMs !== null; waitMs = waitAfterMs(attempts)) {
      atMs += waitMs;
      attempts += 1;
    }
    expect(attempts).toBe(100_015);
    expect(Math.floor(atMs / 86_400_000)).toBe(23);
  });

  it('SN-12 goes to the dead-letter queue after the last attempt', () => {
    const sns = onTheirWay(['a'], { ...RAW, ...REDRIVE });
    const [delivery] = [...sns.state.deliveries.values()];
    sns.state.deliveries.set(delivery?.id ?? '', { ...(delivery ?? expect.fail('none')), attempts: 100_013 });
    expect(eventsToldIn(sns.nextAnd(BUSY))).toEqual(['notification-retried']);
    const last = sns.nextAnd(BUSY);
    expect(notesIn(last.effects)).toMatchObject([{ kind: 'notification-failed', why: 'attempts', sentTo: 'letters' }]);
    expect(handedOver(last)).toMatchObject([{ to: LETTERBOX_ARN, body: 'a' }]);
  });

  it.each([
    ['ServiceUnavailable', 503],
    ['ThrottlingException', 429],
    ['InternalError', 500],
  ])('SN-12 is tried again: %s', (code, status) =>
    expect(eventsToldIn(onTheirWay(['a']).nextAnd(fail(code, 'no', status)))).toEqual(['notification-retried']),
  );

  it('SN-09 is overtaken by later messages of a standard topic', () => {
    const sns = onTheirWay(['a', 'b']);
    sns.nextAnd(BUSY);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['b', 'a']);
  });

  it('SN-12 is over as soon as it is taken', () => {
    const sns = onTheirWay(['a']);
    sns.nextAnd(BUSY);
    expect(sns.nextAnd(ok({})).effects).toEqual([]);
    expect([sns.waiting, sns.state.deliveries.size, sns.state.lanes.size]).toEqual([[], 0, 0]);
  });
});

describe('a delivery that failed on SNS’s side', () => {
  it('SN-12 is not tried again', () => {
    const sns = onTheirWay(['a'], RAW, subscribedQueueArn('gone'));
    const { effects } = sns.nextAnd(GONE);
    expect(notesIn(effects)).toEqual([
      {
        ...{ kind: 'notification-failed', topic: 'news', subscriber: 'gone', messageId: expect.any(String) },
        ...{ error: 'QueueDoesNotExist', why: 'client-side', sentTo: null },
      },
    ]);
    expect([sns.waiting, handedOver({ effects, footprint: { reads: [], writes: [] } })]).toEqual([[], []]);
  });

  it('SN-18 goes to the dead-letter queue as the subscriber would have got it', () => {
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(subscribedQueueArn('gone'), { ...RAW, ...REDRIVE });
    const MessageAttributes = { a: { DataType: 'Number', StringValue: '1' } };
    sns.publish('hello', { MessageAttributes });
    expect(handedOver(sns.nextAnd(GONE))).toMatchObject([
      { to: LETTERBOX_ARN, body: 'hello', request: { attributes: MessageAttributes } },
    ]);
  });

  it('SN-18 of a function goes there as a queue would have got it', () => {
    const sns = onTheirWay(['hello'], REDRIVE, TOLD_ARN.replace('bump', 'gone'));
    const [letter] = handedOver(sns.nextAnd(fail('ResourceNotFoundException', 'Function not found', 404)));
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello' });
    expect(letter?.request.attributes).toEqual({});
  });

  it('SN-18 is lost if that queue does not take it either', () => {
    const sns = onTheirWay(['a'], { ...RAW, ...REDRIVE }, subscribedQueueArn('gone'));
    const lost = sns.answerSent(sns.nextAnd(GONE), GONE);
    expect(notesIn(lost.effects)).toMatchObject([{ kind: 'notification-lost', deadLetterQueue: 'letters' }]);
    const taken = onTheirWay(['a'], { ...RAW, ...REDRIVE }, subscribedQueueArn('gone'));
    expect(taken.answerSent(taken.nextAnd(GONE), ok({})).effects).toEqual([]);
  });

  it('SN-13 is one with more than ten attributes beside a bare text', () => {
    const attributes = (count: number): Input => ({
      MessageAttributes: Object.fromEntries(
        Array.from({ length: count }, (_, place) => [`a${place}`, { DataType: 'String', StringValue: 'x' }]),
      ),
    });
    const sns = new TopicsForTests().withTopic();
    sns.subscribed(ORDERS_ARN, { ...RAW, ...REDRIVE });
    sns.publish('ten', attributes(10));
    sns.publish('eleven', attributes(11));
    expect(handedOver(sns.next())).toMatchObject([{ to: ORDERS_ARN, body: 'ten' }]);
    const discarded = sns.next();
    expect(eventsToldIn(discarded)).toEqual(['notification-attempted', 'notification-failed']);
    expect(handedOver(discarded)).toMatchObject([{ to: LETTERBOX_ARN, body: 'eleven', request: { attributes: {} } }]);
    const other = new TopicsForTests().withTopic();
    other.subscribed(ORDERS_ARN);
    other.publish('eleven', attributes(11));
    expect(handedOver(other.next())).toMatchObject([{ to: ORDERS_ARN }]);
  });

  it('SN-12 holds back none of the others', () => {
    const sns = onTheirWay(['a', 'b'], RAW, subscribedQueueArn('gone'));
    sns.nextAnd(GONE);
    expect(sns.deliverAll().map(({ body }) => body)).toEqual(['b']);
  });
});
