/**
 * Custom event buses: the calls about them, whose rules see which events, and AWS's words for what they don't take.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { effectsOf, notesIn } from '../../contract/service-for-tests.ts';
import { AN_ORDER, BUMP, BusForTests, handedIn, NOT_TAKEN, ORDERS } from './eventbridge-for-tests.ts';

const ARN = 'arn:aws:events:us-east-1:123456789012:event-bus/till';
const PATTERN = '{"source":["shop"]}';

function withBus(...names: readonly string[]): BusForTests {
  const bus = new BusForTests();
  for (const Name of names.length === 0 ? ['till'] : names) bus.ask('CreateEventBus', { Name });
  return bus;
}

const listed = (bus: BusForTests, input: Input = {}) =>
  (bus.ask('ListEventBuses', input).EventBuses as { readonly Name: string }[]).map(({ Name }) => Name);

describe('an event bus', () => {
  it('EB-20 is made, told, listed and deleted', () => {
    const bus = new BusForTests();
    bus.nowMs = 5_000;
    const given = { Name: 'till', Description: 'what the till says', Tags: [{ Key: 'a', Value: 'b' }] };
    expect(bus.ask('CreateEventBus', given)).toEqual({ EventBusArn: ARN, Description: 'what the till says' });
    const made = 1_767_225_605;
    const till = { Name: 'till', Arn: ARN, CreationTime: made, LastModifiedTime: made };
    expect(bus.ask('DescribeEventBus', { Name: 'till' })).toEqual({ ...till, Description: 'what the till says' });
    expect(bus.ask('DescribeEventBus', { Name: ARN })).toMatchObject(till);
    expect(bus.ask('DescribeEventBus', {})).toMatchObject({ Name: 'default', CreationTime: 1_767_225_600 });
    expect(listed(bus)).toEqual(['default', 'till']);
    expect(bus.ask('DeleteEventBus', { Name: 'till' })).toEqual({});
    expect(listed(bus)).toEqual(['default']);
  });

  it('EB-20 is listed by the beginning of its name, in the order of names', () => {
    const bus = withBus('till-b', 'shop', 'till-a');
    expect(listed(bus)).toEqual(['default', 'shop', 'till-a', 'till-b']);
    expect(listed(bus, { NamePrefix: 'till' })).toEqual(['till-a', 'till-b']);
  });

  it('EB-20 is made once', () => {
    const message = (name: string) => `Event bus ${name} already exists.`;
    for (const Name of ['till', 'default'])
      expect(withBus().errorOf('CreateEventBus', { Name })).toEqual({
        ...{ code: 'ResourceAlreadyExistsException', message: message(Name), status: 400 },
      });
  });

  it('EB-20 may be one of 100, of which the default bus is one', () => {
    const bus = withBus(...Array.from({ length: 99 }, (_, n) => `bus-${n}`));
    const message = 'The requested resource exceeds the maximum number allowed.';
    expect(bus.errorOf('CreateEventBus', { Name: 'more' })).toMatchObject({ code: 'LimitExceededException', message });
    bus.ask('DeleteEventBus', { Name: 'bus-0' });
    expect(bus.refusalOf('CreateEventBus', { Name: 'more' })).toBeNull();
  });

  it('EB-20 that has rules is not deleted, and neither is the default one', () => {
    const bus = withBus();
    bus.rule([], { bus: 'till' });
    expect(bus.errorOf('DeleteEventBus', { Name: 'till' })).toEqual({
      ...{ code: 'ValidationException', message: "EventBus can't be deleted since it has rules.", status: 400 },
    });
    bus.ask('DeleteRule', { Name: 'all', EventBusName: 'till' });
    expect(bus.refusalOf('DeleteEventBus', { Name: 'till' })).toBeNull();
    expect(bus.errorOf('DeleteEventBus', { Name: 'default' })).toMatchObject({
      ...{ code: 'ValidationException', message: 'Cannot delete event bus default.' },
    });
  });

  it('EB-20 that is not there can be deleted, and not be described', () => {
    const bus = new BusForTests();
    expect(bus.ask('DeleteEventBus', { Name: 'till' })).toEqual({});
    expect(bus.errorOf('DescribeEventBus', { Name: 'till' })).toEqual({
      ...{ code: 'ResourceNotFoundException', message: 'Event bus till does not exist.', status: 400 },
    });
  });

  it.each([
    [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [{ Name: 'a b' }, 'Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+'],
    [{ Name: 'x'.repeat(257) }, 'Member must have length less than or equal to 256'],
    [{ Name: 'aws.partner/till' }, "Event bus name must not contain '/'."],
    [{ Name: 'till', Description: 'x'.repeat(513) }, 'Member must have length less than or equal to 512'],
  ])('EB-20 is refused in AWS’s words: %o', (input, message) =>
    expect(new BusForTests().errorOf('CreateEventBus', input)).toMatchObject({
      ...{ code: 'ValidationException', message: expect.stringContaining(message) },
    }),
  );

  it.each([
    ['CreateEventBus', { Name: 'a', EventSourceName: 'aws.partner/a' }, 'EventSourceName in CreateEventBus'],
    ['CreateEventBus', { Name: 'a', KmsKeyIdentifier: 'key' }, 'KmsKeyIdentifier in CreateEventBus'],
    ['ListEventBuses', { Limit: 1 }, 'Limit in ListEventBuses'],
    ['DescribeEventBus', { Name: ARN.replace('us-east-1', 'eu-west-1') }, 'of another account or Region'],
  ])('is refused by name in %s: %o', (operation, input, message) =>
    expect(new BusForTests().errorOf(operation, input)).toMatchObject({
      status: 501,
      message: expect.stringContaining(message),
    }),
  );
});

describe('a rule on a bus', () => {
  it('EB-21 has an ARN with the bus in it, and is found there alone', () => {
    const bus = withBus();
    const RuleArn = 'arn:aws:events:us-east-1:123456789012:rule/till/orders';
    expect(bus.ask('PutRule', { Name: 'orders', EventPattern: PATTERN, EventBusName: 'till' })).toEqual({ RuleArn });
    const rule = { Name: 'orders', Arn: RuleArn, EventBusName: 'till' };
    for (const EventBusName of ['till', ARN])
      expect(bus.ask('DescribeRule', { Name: 'orders', EventBusName })).toMatchObject(rule);
    expect(bus.ask('ListRules', { EventBusName: 'till' }).Rules).toMatchObject([rule]);
    expect(bus.ask('ListRules', {}).Rules).toEqual([]);
    expect(bus.errorOf('DescribeRule', { Name: 'orders' }).message).toBe(
      'Rule orders does not exist on EventBus default.',
    );
    expect(bus.errorOf('EnableRule', { Name: 'none', EventBusName: 'till' }).message).toBe(
      'Rule none does not exist on EventBus till.',
    );
  });

  it('EB-21 may have the name of a rule on another bus, and targets of its own', () => {
    const bus = withBus();
    bus.rule([ORDERS]);
    bus.rule([BUMP], { bus: 'till' });
    expect(bus.ask('ListTargetsByRule', { Rule: 'all' }).Targets).toEqual([ORDERS]);
    expect(bus.ask('ListTargetsByRule', { Rule: 'all', EventBusName: 'till' }).Targets).toEqual([BUMP]);
    bus.ask('RemoveTargets', { Rule: 'all', EventBusName: 'till', Ids: ['bump'] });
    bus.ask('DeleteRule', { Name: 'all', EventBusName: 'till' });
    expect(bus.ask('ListTargetsByRule', { Rule: 'all' }).Targets).toEqual([ORDERS]);
  });

  it('EB-05 may be one of 300 on each bus', () => {
    const bus = withBus();
    for (let n = 0; n < 300; n += 1) bus.rule([], { name: `rule-${n}` });
    expect(bus.refusalOf('PutRule', { Name: 'more', EventPattern: PATTERN })).toMatchObject({
      code: 'LimitExceededException',
    });
    expect(bus.refusalOf('PutRule', { Name: 'more', EventPattern: PATTERN, EventBusName: 'till' })).toBeNull();
  });

  it('EB-20 that is not there is refused, also if it is named by an ARN', () => {
    const bus = new BusForTests();
    for (const [operation, input] of [
      ['PutRule', { Name: 'orders', EventPattern: PATTERN }],
      ['DescribeRule', { Name: 'orders' }],
      ['ListRules', {}],
      ['PutTargets', { Rule: 'orders', Targets: [ORDERS] }],
    ] as const) {
      for (const EventBusName of ['till', ARN]) {
        const error = bus.errorOf(operation, { ...input, EventBusName });
        expect([operation, error.message]).toEqual([operation, 'Event bus till does not exist.']);
      }
    }
    expect(bus.errorOf('ListRules', { EventBusName: 'a b' }).message).toContain(
      "Value 'a b' at 'eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern:",
    );
  });
});

describe('an event on a bus', () => {
  const toTill: Input = { ...AN_ORDER, EventBusName: 'till' };

  it('EB-21 is matched by the rules of that bus alone', () => {
    const bus = withBus();
    bus.rule([ORDERS]);
    bus.rule([BUMP], { bus: 'till', name: 'other' });
    const served = bus.put([toTill, AN_ORDER, { ...AN_ORDER, EventBusName: ARN }]);
    expect(notesIn(served.effects)).toMatchObject([
      { kind: 'bus-event-put', rules: ['other'], bus: 'till' },
      { kind: 'bus-event-put', rules: ['all'] },
      { kind: 'bus-event-put', rules: ['other'], bus: 'till' },
    ]);
    expect(bus.waiting).toHaveLength(3);
  });

  it('EB-21 reaches its targets as it is: the envelope does not name the bus', () => {
    const bus = withBus();
    bus.rule([ORDERS], { bus: 'till' });
    bus.put([toTill]);
    const [handed] = handedIn(bus.deliverNext().effects);
    expect(handed?.body).toMatchObject({ source: 'shop', detail: { n: 1 } });
    expect(JSON.stringify(handed?.body)).not.toContain('till');
  });

  it('is on its way under a name of its own where rules of two buses have one name', () => {
    const bus = withBus();
    bus.rule([ORDERS]);
    bus.rule([ORDERS], { bus: 'till' });
    bus.put([AN_ORDER, toTill]);
    expect(new Set(bus.waiting.map(({ of }) => of)).size).toBe(2);
  });

  it('is told by its own bus, and its dead letter names the rule with its bus', () => {
    const bus = withBus();
    bus.rule([{ ...ORDERS, RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn: ORDERS.Arn } }], {
      bus: 'till',
    });
    bus.put([toTill]);
    const { effects } = bus.deliverAnd(NOT_TAKEN);
    expect(effectsOf(effects, 'note').map(({ by }) => by)).toEqual(['event bus till']);
    const [letter] = effectsOf(effects, 'send');
    expect(letter?.request).toMatchObject({
      attributes: { RULE_ARN: { StringValue: 'arn:aws:events:us-east-1:123456789012:rule/till/all' } },
    });
  });
});
