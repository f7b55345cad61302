/**
 * The calls about rules, and AWS's words for what they don't take.
 */

import { describe, expect, it } from 'vitest';
import { BusForTests, ORDERS } from './eventbridge-for-tests.ts';

const PATTERN = '{"source":["shop"]}';
const ARN = 'arn:aws:events:us-east-1:123456789012:rule/orders';
const NOT_THERE = {
  code: 'ResourceNotFoundException',
  message: 'Rule orders does not exist on EventBus default.',
  status: 400,
};

function withRule(): BusForTests {
  const bus = new BusForTests();
  expect(bus.ask('PutRule', { Name: 'orders', EventPattern: PATTERN })).toEqual({ RuleArn: ARN });
  return bus;
}

describe('a rule', () => {
  it('EB-15 is enabled unless it is told otherwise, and told as it was put', () => {
    const bus = withRule();
    const rule = { Name: 'orders', Arn: ARN, EventPattern: PATTERN, State: 'ENABLED', EventBusName: 'default' };
    expect(bus.ask('DescribeRule', { Name: 'orders' })).toEqual({ ...rule, CreatedBy: '123456789012' });
    expect(bus.ask('ListRules', {})).toEqual({ Rules: [rule] });
    bus.ask('PutRule', {
      Name: 'orders',
      EventPattern: PATTERN,
      Description: 'all',
      RoleArn: 'arn:aws:iam::1:role/r',
      State: 'DISABLED',
    });
    const more = { Description: 'all', RoleArn: 'arn:aws:iam::1:role/r', State: 'DISABLED' };
    expect(bus.ask('DescribeRule', { Name: 'orders' })).toMatchObject(more);
  });

  it('EB-15 is replaced by one of the same name, and keeps its targets', () => {
    const bus = withRule();
    bus.ask('PutTargets', { Rule: 'orders', Targets: [ORDERS] });
    bus.ask('PutRule', { Name: 'orders', EventPattern: '{"source":["till"]}' });
    expect(bus.ask('DescribeRule', { Name: 'orders' }).EventPattern).toBe('{"source":["till"]}');
    expect(bus.ask('ListTargetsByRule', { Rule: 'orders' }).Targets).toEqual([ORDERS]);
  });

  it('is listed by the beginning of its name, in the order of names', () => {
    const bus = withRule();
    for (const Name of ['refunds', 'order-b']) bus.ask('PutRule', { Name, EventPattern: PATTERN });
    const names = (input: object) =>
      (bus.ask('ListRules', { ...input }).Rules as { Name: string }[]).map(({ Name }) => Name);
    expect(names({})).toEqual(['order-b', 'orders', 'refunds']);
    expect(names({ NamePrefix: 'order' })).toEqual(['order-b', 'orders']);
  });

  it('EB-15 is switched off and on again', () => {
    const bus = withRule();
    const stateNow = () => bus.ask('DescribeRule', { Name: 'orders' }).State;
    bus.ask('DisableRule', { Name: 'orders' });
    expect(stateNow()).toBe('DISABLED');
    bus.ask('EnableRule', { Name: 'orders' });
    expect(stateNow()).toBe('ENABLED');
  });

  it('EB-15 is deleted, but not with targets', () => {
    const bus = withRule();
    bus.ask('PutTargets', { Rule: 'orders', Targets: [ORDERS] });
    const message = "Rule can't be deleted since it has targets.";
    expect(bus.errorOf('DeleteRule', { Name: 'orders' })).toMatchObject({ code: 'ValidationException', message });
    bus.ask('RemoveTargets', { Rule: 'orders', Ids: ['orders'] });
    bus.ask('DeleteRule', { Name: 'orders' });
    expect(bus.errorOf('DescribeRule', { Name: 'orders' })).toEqual(NOT_THERE);
  });

  it.each([
    ['DescribeRule', { Name: 'orders' }],
    ['DeleteRule', { Name: 'orders' }],
    ['EnableRule', { Name: 'orders' }],
    ['DisableRule', { Name: 'orders' }],
    ['PutTargets', { Rule: 'orders', Targets: [ORDERS] }],
    ['ListTargetsByRule', { Rule: 'orders' }],
    ['RemoveTargets', { Rule: 'orders', Ids: ['a'] }],
  ])('EB-15 that is not there: %s says so', (operation, input) =>
    expect(new BusForTests().errorOf(operation, input)).toEqual(NOT_THERE),
  );

  it('EB-05 may be one of 300, and each of those may be put again', () => {
    const bus = new BusForTests();
    for (let n = 0; n < 300; n += 1) bus.ask('PutRule', { Name: `rule-${n}`, EventPattern: PATTERN });
    expect(bus.errorOf('PutRule', { Name: 'more', EventPattern: PATTERN })).toMatchObject({
      code: 'LimitExceededException',
    });
    expect(bus.refusalOf('PutRule', { Name: 'rule-0', EventPattern: PATTERN })).toBeNull();
  });

  it.each([
    ['{', 'Filter is not an object'],
    ['{"source":"shop"}', '"source" must be an object or an array'],
    ['{"source":[]}', 'Empty arrays are not allowed'],
    ['{"a":[{"EXISTS":true}]}', 'Unrecognized match type EXISTS'],
    ['{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    [
      '{"a":[{"anything-but":["x",1]}]}',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
  ])('EB-17 with the pattern %s is refused', (EventPattern, reason) => {
    const message = `Event pattern is not valid. Reason: ${reason}`;
    const error = new BusForTests().errorOf('PutRule', { Name: 'orders', EventPattern });
    expect(error).toEqual({ code: 'InvalidEventPatternException', message, status: 400 });
  });

  it.each([
    ['EB-06 a schedule', { ScheduleExpression: 'rate(5 minutes)' }, 'ScheduleExpression in PutRule'],
    [
      'the state that takes in reads',
      { EventPattern: PATTERN, State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' },
      'The state',
    ],
  ])('%s that is not simulated is refused by name', (_what, members, message) =>
    expect(new BusForTests().errorOf('PutRule', { Name: 'orders', ...members })).toMatchObject({
      status: 501,
      message: expect.stringContaining(message),
    }),
  );

  it.each([
    [{ EventPattern: PATTERN }, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [{ Name: 'a b', EventPattern: PATTERN }, 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'],
    [{ Name: 'x'.repeat(65), EventPattern: PATTERN }, 'Member must have length less than or equal to 64'],
    [
      { Name: 'orders', EventPattern: `{"source":["${'x'.repeat(4_096)}"]}` },
      "at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to 4096",
    ],
    [{ Name: 'orders' }, 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    [{ Name: 'orders', EventPattern: PATTERN, State: 'ON' }, 'Member must satisfy enum value set: [ENABLED, DISABLED'],
  ])('is refused in AWS’s words: %o', (input, message) =>
    expect(new BusForTests().errorOf('PutRule', input)).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    }),
  );

  it('EB-21 is on the default bus, which may be named by its ARN, unless it is told otherwise', () => {
    const bus = new BusForTests();
    const EventBusName = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    expect(bus.refusalOf('PutRule', { Name: 'orders', EventPattern: PATTERN, EventBusName })).toBeNull();
    for (const name of [undefined, 'default', EventBusName])
      expect(bus.ask('DescribeRule', { Name: 'orders', EventBusName: name }).Arn).toBe(ARN);
  });
});
