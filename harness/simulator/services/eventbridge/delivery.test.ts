/**
 * Deliveries: what targets are given, when they are given it again, and what becomes of what they don't take.
 */

import { describe, expect, it } from 'vitest';
import { fail, type Input, ok } from '../../contract/answer.ts';
import { effectsOf, notesIn, sentIn } from '../../contract/service-for-tests.ts';
import {
  AN_ORDER,
  BUMP,
  BUMP_ARN,
  BusForTests,
  GONE_ARN,
  handedIn,
  LETTERS_ARN,
  NOT_TAKEN,
  ORDERS,
} from './eventbridge-for-tests.ts';
import type { EventBridgeStep } from './messages.ts';

const GONE: Input = { Id: 'gone', Arn: GONE_ARN };
const letters = { DeadLetterConfig: { Arn: LETTERS_ARN } };

/** A bus on which one order is on its way to these targets. */
function onItsWayTo(...targets: readonly Input[]): BusForTests {
  const bus = new BusForTests();
  bus.rule(targets);
  bus.put([AN_ORDER]);
  return bus;
}

/** What the trace is told, by kind. */
const told = ({ effects }: EventBridgeStep) => notesIn(effects).map(({ kind }) => kind);

/** How often and when a target that never takes anything is asked. */
function attemptsOn(bus: BusForTests): readonly number[] {
  const atSeconds: number[] = [];
  while (bus.waiting.length > 0) {
    bus.deliverAnd(NOT_TAKEN);
    atSeconds.push(bus.nowMs / 1_000);
  }
  return atSeconds;
}

describe('a target', () => {
  it('EB-01 that is a function is handed the event, and has it as soon as Lambda has taken it', () => {
    const bus = onItsWayTo(BUMP);
    const step = bus.deliverNext();
    expect(handedIn(step.effects)).toMatchObject([{ to: BUMP_ARN, body: { detail: { n: 1 } } }]);
    const { effects } = bus.answerSent(step.effects, ok({ StatusCode: 202 }));
    expect([effects, bus.waiting]).toEqual([[], []]);
  });

  it.each<readonly [string, Input, unknown]>([
    ['a part of the event', { InputPath: '$.detail' }, expect.objectContaining({ n: 1 })],
    ['a text, in quotes', { InputPath: '$.detail-type' }, 'order'],
    ['all of the event', { InputPath: '$' }, expect.objectContaining({ source: 'shop' })],
    ['an element of a list in it', { InputPath: "$.detail['the items'][1].n" }, 7],
    ['a constant', { Input: '{"always":"this"}' }, { always: 'this' }],
    ['nothing, where there is no such part', { InputPath: '$.detail.a.b' }, null],
  ])('EB-18 is given %s', (_what, more, body) => {
    const bus = new BusForTests();
    bus.rule([{ ...ORDERS, ...more }]);
    bus.put([{ ...AN_ORDER, Detail: '{"n":1,"the items":[{"n":5},{"n":7}]}' }]);
    expect(handedIn(bus.deliverNext().effects)[0]?.body).toEqual(body);
  });

  it('EB-26 that is a standard topic is handed what it is given, and a FIFO topic is no target', () => {
    const Arn = 'arn:aws:sns:us-east-1:123456789012:news';
    const bus = new BusForTests();
    bus.rule([{ Id: 'news', Arn, InputPath: '$.detail' }]);
    bus.put([AN_ORDER]);
    expect(handedIn(bus.deliverNext().effects)).toEqual([{ to: Arn, body: { n: 1 } }]);
    const fifo = { Rule: 'all', Targets: [{ Id: 'news', Arn: `${Arn}.fifo` }] };
    expect(bus.refusalOf('PutTargets', fifo)).toMatchObject({ status: 501 });
  });

  it.each([
    ['a FIFO queue', `${GONE_ARN}.fifo`, 'a group'],
    ['a standard queue, whose messages have a tenant then', GONE_ARN, 'a tenant'],
  ])('EB-27 that is %s is told its message group', (_what, Arn, MessageGroupId) => {
    const bus = onItsWayTo({ Id: 'q', Arn, SqsParameters: { MessageGroupId } });
    const [handed] = sentIn(bus.deliverNext().effects, 'deliver');
    expect(handed).toMatchObject({ to: Arn, request: { messageGroupId: MessageGroupId } });
  });

  it.each([
    ['the id of the event', undefined, expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['the text at a path', '$.detail.order', 'o-7'],
    ['the JSON of another part', '$.detail.items', '[1,2]'],
    ['the id, where there is no such part', '$.detail.customer', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ['the id, where it is empty', '$.detail.nobody', expect.stringMatching(/^[0-9a-f-]{36}$/)],
  ])('EB-28 that is a stream gets a record whose partition key is %s', (_what, PartitionKeyPath, key) => {
    const bus = new BusForTests();
    const Arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
    bus.rule([
      { Id: 's', Arn, ...(PartitionKeyPath === undefined ? {} : { KinesisParameters: { PartitionKeyPath } }) },
    ]);
    bus.put([{ ...AN_ORDER, Detail: '{"order":"o-7","items":[1,2],"nobody":""}' }]);
    const [handed] = sentIn(bus.deliverNext().effects, 'deliver');
    expect(handed).toMatchObject({ to: Arn, request: { partitionKey: key } });
    expect(JSON.parse(handed?.request.body ?? '')).toMatchObject({ source: 'shop' });
  });

  it('EB-04 gets each event by itself: each delivery may come before or after every other one', () => {
    const bus = new BusForTests();
    bus.rule([BUMP, ORDERS]);
    bus.rule([ORDERS], { name: 'again' });
    bus.put([AN_ORDER, AN_ORDER]);
    expect(new Set(bus.waiting.map(({ of }) => of)).size).toBe(6);
    expect(bus.waiting.every(({ as, atMs }) => as === 'step' && atMs === 0)).toBe(true);
  });
});

describe('a delivery', () => {
  it('EB-04 may come twice, within the budget, and the second time whenever it wants', () => {
    const bus = onItsWayTo(BUMP);
    bus.faults = ['duplicate'];
    const [offer] = effectsOf(bus.deliverNext().effects, 'offer');
    expect(offer).toMatchObject({ fault: 'duplicate', options: [{ isDuplicated: false }, { isDuplicated: true }] });
    bus.faults = [];
    const message = offer?.options[1] ?? expect.fail('no second option');
    const first = bus.tell(message);
    expect(told(first)).toEqual(['bus-delivery-duplicated', 'bus-delivery-attempted']);
    expect(sentIn(first.effects, 'reserve')).toHaveLength(1);
    bus.answerSent(first.effects, ok({}));
    const [copy] = effectsOf(first.effects, 'timer');
    const second = bus.tell(copy?.message ?? expect.fail('no copy waits'));
    expect(effectsOf(second.effects, 'strike')).toEqual([{ kind: 'strike', fault: 'duplicate', by: 'event bus' }]);
    expect(handedIn(second.effects)).toEqual(handedIn(first.effects));
  });

  it('comes once where no duplicate may strike', () => {
    const bus = onItsWayTo(ORDERS);
    expect(told(bus.deliverNext())).toEqual(['bus-delivery-attempted']);
  });

  it('EB-02 that is not taken is tried again after 1, 2, 4 … seconds', () => {
    const bus = onItsWayTo({ ...ORDERS, RetryPolicy: { MaximumRetryAttempts: 3 } });
    const { effects } = bus.deliverAnd(NOT_TAKEN);
    expect(notesIn(effects)).toEqual([
      expect.objectContaining({ kind: 'bus-delivery-retried', error: 'InvalidParameterValue', atMs: 1_000 }),
    ]);
    expect(bus.waiting).toMatchObject([{ as: 'sleep', atMs: 1_000 }]);
    expect([0, ...attemptsOn(bus)]).toEqual([0, 1, 3, 7]);
  });

  it('EB-02 is tried 185 times more unless its target says otherwise, five minutes apart in the end', () => {
    const atSeconds = attemptsOn(onItsWayTo(ORDERS));
    expect(atSeconds).toHaveLength(186);
    expect((atSeconds.at(-1) ?? 0) - (atSeconds.at(-2) ?? 0)).toBe(300);
  });

  it('EB-02 is tried as long as its event is young enough', () => {
    const RetryPolicy = { MaximumEventAgeInSeconds: 63 };
    expect(attemptsOn(onItsWayTo({ ...ORDERS, RetryPolicy }))).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(attemptsOn(onItsWayTo({ ...ORDERS, RetryPolicy: { MaximumEventAgeInSeconds: 62 } }))).toHaveLength(6);
  });

  it('EB-02 is over as soon as its target takes it', () => {
    const bus = onItsWayTo(ORDERS);
    bus.deliverAnd(NOT_TAKEN);
    expect(bus.deliverAnd(ok({})).effects).toEqual([]);
    expect(bus.waiting).toEqual([]);
  });

  it('EB-02 to a target that is gone is not tried again', () => {
    const bus = onItsWayTo(GONE);
    const { effects } = bus.deliverAnd(fail('QueueDoesNotExist', 'The specified queue does not exist.'));
    expect(notesIn(effects)).toEqual([
      {
        ...{ kind: 'bus-delivery-failed', eventId: expect.any(String), rule: 'all', target: 'gone' },
        ...{ error: 'QueueDoesNotExist', condition: null, sentTo: null },
      },
    ]);
    expect([bus.waiting, sentIn(effects, 'deliver')]).toEqual([[], []]);
  });
});

describe('an event that could not be delivered', () => {
  /** The dead letter's attributes as plain texts. */
  function letterIn({ effects }: EventBridgeStep) {
    const [{ to, request } = expect.fail('no dead letter')] = sentIn(effects, 'deliver');
    const texts = Object.entries(request.attributes).map(([name, { StringValue }]) => [name, StringValue]);
    return { to, body: JSON.parse(request.body) as unknown, attributes: Object.fromEntries(texts) as unknown };
  }

  it('EB-03 goes to the dead-letter queue as it is, with the reason, where the target is gone', () => {
    const bus = onItsWayTo({ ...GONE, ...letters, InputPath: '$.detail' });
    const step = bus.deliverAnd(fail('QueueDoesNotExist', 'The specified queue does not exist.'));
    expect(notesIn(step.effects)).toMatchObject([{ kind: 'bus-delivery-failed', sentTo: 'letters' }]);
    expect(letterIn(step)).toEqual({
      to: LETTERS_ARN,
      body: expect.objectContaining({ source: 'shop', detail: { n: 1 } }),
      attributes: {
        RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/all',
        TARGET_ARN: GONE_ARN,
        ERROR_CODE: 'NO_RESOURCE',
        ERROR_MESSAGE: 'The specified queue does not exist.',
        RETRY_ATTEMPTS: '0',
      },
    });
  });

  it.each([
    ['attempts are used up', { MaximumRetryAttempts: 1 }, 'MaximumRetryAttempts', '1'],
    ['time is up', { MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', '5'],
  ])('EB-03 goes there when its %s, and says so', (_what, RetryPolicy, condition, retries) => {
    const bus = onItsWayTo({ ...ORDERS, ...letters, RetryPolicy });
    let step = bus.deliverAnd(NOT_TAKEN);
    while (bus.waiting.length > 0) step = bus.deliverAnd(NOT_TAKEN);
    expect(letterIn(step).attributes).toMatchObject({
      ...{ ERROR_CODE: 'ERROR_FROM_TARGET', ERROR_MESSAGE: 'Message must be shorter than 1024 bytes.' },
      ...{ EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: retries },
    });
  });

  it('EB-03 is lost if that queue does not take it either', () => {
    const bus = onItsWayTo({ ...GONE, ...letters });
    const { effects } = bus.deliverAnd(fail('QueueDoesNotExist', 'gone'));
    const lost = {
      kind: 'bus-event-lost',
      eventId: expect.any(String),
      rule: 'all',
      target: 'gone',
      deadLetterQueue: 'letters',
    };
    expect(notesIn(bus.answerSent(effects, fail('QueueDoesNotExist', 'gone')).effects)).toEqual([lost]);
    const taken = onItsWayTo({ ...GONE, ...letters });
    const sent = taken.deliverAnd(fail('QueueDoesNotExist', 'gone')).effects;
    expect(taken.answerSent(sent, ok({})).effects).toEqual([]);
  });
});
