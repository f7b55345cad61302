/**
 * Events that a bus gets from another bus and from other services.
 */

import { describe, expect, it } from 'vitest';
import { fail, type Input, ok } from '../../contract/answer.ts';
import { effectsOf, notesIn, replyIn, sentIn } from '../../contract/service-for-tests.ts';
import { AN_ORDER, BUMP, BusForTests, handedIn, LETTERS_ARN, ORDERS } from './eventbridge-for-tests.ts';
import type { EventBridgeStep } from './messages.ts';

const arnOf = (bus: string) => `arn:aws:events:us-east-1:123456789012:event-bus/${bus}`;
const toBus = (bus: string): Input => ({ Id: bus, Arn: arnOf(bus), DeadLetterConfig: { Arn: LETTERS_ARN } });

/** The default bus hands every order on to `till`, which has these targets; one order was put. */
function handedOnTo(...targets: readonly Input[]): BusForTests {
  const bus = new BusForTests();
  bus.ask('CreateEventBus', { Name: 'till' });
  bus.ask('CreateEventBus', { Name: 'books' });
  bus.rule([toBus('till')]);
  bus.rule(targets, { bus: 'till' });
  for (const name of ['till', 'books']) bus.described.set(arnOf(name), { is: { kind: 'event-bus', shownName: name } });
  bus.put([AN_ORDER]);
  return bus;
}

/** What was sent to a bus arrives there, and its answer goes back. */
function arrive(bus: BusForTests, step: EventBridgeStep): EventBridgeStep {
  const [sent] = sentIn(step.effects, 'deliver');
  if (sent?.call === undefined) expect.fail('nothing was sent');
  const taken = bus.take(sent.to, sent.request, sent.call, sent.by);
  for (const timer of effectsOf(taken.effects, 'timer')) bus.waiting.push(timer);
  bus.answerSent(step.effects, replyIn(taken.effects));
  return taken;
}

describe('an event that goes from one bus to another', () => {
  it('EB-23 is put there as it is, under the same id, and reaches the targets of the rules there', () => {
    const bus = handedOnTo(ORDERS);
    const first = bus.deliverNext();
    const [before] = handedIn(first.effects);
    expect(before).toMatchObject({ to: arnOf('till'), body: { source: 'shop', detail: { n: 1 } } });
    bus.nowMs = 90_000;
    const taken = arrive(bus, first);
    expect(effectsOf(taken.effects, 'note')).toMatchObject([
      { by: 'event bus', event: { kind: 'bus-event-put', bus: 'till', rules: ['all'] } },
    ]);
    const [after] = handedIn(bus.deliverNext().effects);
    expect(after).toEqual({ to: ORDERS.Arn, body: before?.body });
    expect(bus.waiting).toEqual([]);
  });

  it('EB-23 goes on to no third bus, and not back: that is given up at once', () => {
    for (const third of ['books', 'default']) {
      const bus = handedOnTo(toBus(third));
      arrive(bus, bus.deliverNext());
      const { effects } = bus.deliverNext();
      expect(notesIn(effects)).toMatchObject([
        { kind: 'bus-delivery-attempted', bus: 'till' },
        { kind: 'bus-delivery-failed', error: 'THIRD_ACCOUNT_HOP_DETECTED', condition: null, sentTo: 'letters' },
      ]);
      const [letter, ...more] = sentIn(effects, 'deliver');
      expect([letter?.to, more, bus.waiting]).toEqual([LETTERS_ARN, [], []]);
      const { id } = JSON.parse(letter?.request.body ?? '') as { readonly id: string };
      expect(letter?.request.attributes).toMatchObject({
        ERROR_CODE: { StringValue: 'THIRD_ACCOUNT_HOP_DETECTED' },
        ERROR_MESSAGE: {
          StringValue: `Event ingestion rejected for event ${id} because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.`,
        },
        RETRY_ATTEMPTS: { StringValue: '0' },
      });
    }
  });

  it('EB-23 is not tried again if that bus is gone', () => {
    const bus = handedOnTo();
    bus.described.delete(arnOf('till'));
    bus.ask('DeleteRule', { Name: 'all', EventBusName: 'till' });
    bus.ask('DeleteEventBus', { Name: 'till' });
    const step = bus.deliverNext();
    const [sent] = sentIn(step.effects, 'deliver');
    const taken = bus.take(arnOf('till'), sent?.request ?? expect.fail('nothing was sent'), 'call');
    expect(replyIn(taken.effects)).toEqual(fail('ResourceNotFoundException', 'Event bus till does not exist.'));
    const { effects } = bus.answerSent(step.effects, replyIn(taken.effects));
    expect(notesIn(effects)).toMatchObject([{ kind: 'bus-delivery-failed', condition: null }]);
    expect(bus.waiting).toEqual([]);
  });

  it('may come twice, and then is on its way to each target there twice', () => {
    const bus = handedOnTo(ORDERS, BUMP);
    bus.faults = ['duplicate'];
    const [offer] = effectsOf(bus.deliverNext().effects, 'offer');
    bus.faults = [];
    const first = bus.tell(offer?.options[1] ?? expect.fail('no second option'));
    bus.waiting.push(...effectsOf(first.effects, 'timer'));
    arrive(bus, first);
    const copy = bus.waiting.shift() ?? expect.fail('no copy waits');
    arrive(bus, bus.tell(copy.message));
    const onward = bus.waiting.map(({ of }) => of);
    expect(new Set(onward).size).toBe(4);
    bus.faults = ['duplicate'];
    const [again] = effectsOf(bus.deliverNext().effects, 'offer');
    const [copyOfOnward] = effectsOf(bus.tell(again?.options[1] ?? expect.fail('no second option')).effects, 'timer');
    expect(onward).not.toContain(copyOfOnward?.of);
  });
});

describe('an event bus', () => {
  it('takes an event that another service puts, and gives it the envelope', () => {
    const bus = new BusForTests();
    bus.rule([ORDERS], { pattern: { source: ['lambda'] } });
    bus.nowMs = 1_500;
    const event = { source: 'lambda', detailType: 'Result', resources: ['arn:aws:a'], detailJson: '{"ok":true}' };
    const put = (call: string) => bus.take(arnOf('default'), { kind: 'put-event', event }, call, 'Lambda');
    const { effects } = put('the record of f');
    expect(effectsOf(effects, 'note')).toMatchObject([{ by: 'Lambda', event: { kind: 'bus-event-put' } }]);
    const [timer] = effectsOf(effects, 'timer');
    const [handed] = handedIn(bus.tell(timer?.message ?? expect.fail('no delivery')).effects);
    const { id } = (handed ?? expect.fail('nothing was handed over')).body as { readonly id: string };
    expect(replyIn(effects)).toEqual(ok({ EventId: id }));
    expect(handed?.body).toEqual({
      ...{ version: '0', id, 'detail-type': 'Result', source: 'lambda', account: '123456789012' },
      ...{ time: '2026-01-01T00:00:01Z', region: 'us-east-1', resources: ['arn:aws:a'], detail: { ok: true } },
    });
    expect(replyIn(put('the record of g').effects)).not.toEqual(replyIn(effects));
  });

  it('EB-19 that is not there accepts the event of a service, and drops it', () => {
    const bus = new BusForTests();
    const event = { source: 'lambda', detailType: 'Result', resources: [], detailJson: '{}' };
    for (const to of [arnOf('none'), arnOf('default').replace('us-east-1', 'eu-west-1')]) {
      const { effects } = bus.take(to, { kind: 'put-event', event }, 'call', 'Lambda');
      expect(notesIn(effects)).toMatchObject([{ kind: 'bus-event-astray' }]);
      expect(replyIn(effects)).toMatchObject({ ok: true });
    }
  });

  it('is known to others as long as it is there', () => {
    const bus = new BusForTests();
    const footprint = { reads: ['eventbridge/buses/till'], writes: [] };
    expect(bus.describe(arnOf('till'))).toEqual({ is: null, footprint });
    bus.ask('CreateEventBus', { Name: 'till' });
    expect(bus.describe(arnOf('till'))).toEqual({ is: { kind: 'event-bus', shownName: 'the bus till' }, footprint });
    expect(bus.describe('arn:aws:events:us-east-1:123456789012:rule/till').is).toBeNull();
  });
});
