/**
 * The calls about targets, and AWS's words for what they don't take.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { BUMP, BusForTests, GONE_ARN, ORDERS } from './eventbridge-for-tests.ts';

const Rule = 'all';
const FIFO: Input = { Id: 'fifo', Arn: `${GONE_ARN}.fifo` };
const STREAM: Input = { Id: 'stream', Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/s' };

function withTargets(...targets: readonly Input[]): BusForTests {
  const bus = new BusForTests();
  bus.rule(targets);
  return bus;
}

const listed = (bus: BusForTests) => bus.ask('ListTargetsByRule', { Rule }).Targets;
const errorOf = (target: Input) => withTargets().errorOf('PutTargets', { Rule, Targets: [target] });

describe('a target', () => {
  it('EB-16 is added, replaced by one of the same id, and removed', () => {
    const bus = withTargets(BUMP, ORDERS);
    const other = { Id: 'bump', Arn: GONE_ARN };
    expect(bus.ask('PutTargets', { Rule, Targets: [other] })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    expect(listed(bus)).toEqual([other, ORDERS]);
    expect(bus.ask('RemoveTargets', { Rule, Ids: ['bump', 'nobody'] })).toEqual({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    expect(listed(bus)).toEqual([ORDERS]);
  });

  it('EB-05 EB-16 may be one of five', () => {
    const five = [1, 2, 3, 4, 5].map((n) => ({ ...ORDERS, Id: `orders-${n}` }));
    const bus = withTargets(...five);
    const error = bus.errorOf('PutTargets', { Rule, Targets: [BUMP] });
    const message = 'The requested resource exceeds the maximum number allowed.';
    expect(error).toEqual({ code: 'LimitExceededException', message, status: 400 });
    expect(listed(bus)).toEqual(five);
    expect(bus.refusalOf('PutTargets', { Rule, Targets: five })).toBeNull();
  });

  it.each([
    [
      '!@#$@!#$',
      "Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      'x'.repeat(65),
      `Value '${'x'.repeat(65)}' at 'targets.1.member.id' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
  ])('EB-16 cannot have the id %s', (Id, message) =>
    expect(errorOf({ ...ORDERS, Id })).toMatchObject({
      code: 'ValidationException',
      message: `1 validation error detected: ${message}`,
    }),
  );

  it('EB-16 comes in requests with one to ten', () => {
    const request = (count: number) => ({ Rule, Targets: Array.from({ length: count }, () => ORDERS) });
    const told = (count: number) => withTargets().refusalOf('PutTargets', request(count))?.message ?? null;
    expect([told(1), told(10)]).toEqual([null, null]);
    expect(told(0)).toContain(
      "at 'targets' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    expect(told(11)).toContain(
      "at 'targets' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
  });

  it('EB-16 tells the rules that have it, by their names, on one bus', () => {
    const bus = withTargets(ORDERS);
    bus.rule([ORDERS, BUMP], { name: 'a-rule' });
    bus.rule([BUMP], { name: 'other' });
    bus.ask('CreateEventBus', { Name: 'till' });
    bus.rule([ORDERS], { name: 'there', bus: 'till' });
    const names = (input: Input) => bus.ask('ListRuleNamesByTarget', input).RuleNames;
    expect(names({ TargetArn: ORDERS.Arn })).toEqual(['a-rule', 'all']);
    expect(names({ TargetArn: ORDERS.Arn, EventBusName: 'till' })).toEqual(['there']);
    expect(names({ TargetArn: GONE_ARN })).toEqual([]);
  });

  it('EB-18 is given a constant of up to 8,192 characters', () => {
    const withInput = (length: number) => ({ Rule, Targets: [{ ...ORDERS, Input: `"${'x'.repeat(length - 2)}"` }] });
    expect(withTargets().refusalOf('PutTargets', withInput(8_192))).toBeNull();
    expect(withTargets().refusalOf('PutTargets', withInput(8_193))?.message).toContain(
      "at 'targets.1.member.input' failed to satisfy constraint: Member must have length less than or equal to 8192",
    );
  });

  it('EB-18 is given one thing, which must be JSON', () => {
    const both = errorOf({ ...ORDERS, Input: '{}', InputPath: '$.detail' });
    expect(both.message).toBe('Only one of Input, InputPath, or InputTransformer must be provided for target orders.');
    expect(errorOf({ ...ORDERS, Input: 'text' }).message).toBe('JSON syntax error in input for target orders.');
    const InputTransformer = { InputTemplate: '"a"' };
    for (const other of [{ Input: '{}' }, { InputPath: '$.detail' }])
      expect(errorOf({ ...ORDERS, ...other, InputTransformer }).message).toBe(both.message);
  });

  it.each([
    ['MaximumRetryAttempts', -1],
    ['MaximumRetryAttempts', 186],
    ['MaximumEventAgeInSeconds', 59],
    ['MaximumEventAgeInSeconds', 86_401],
  ])('EB-02 cannot have a %s of %d', (member, value) =>
    expect(errorOf({ ...ORDERS, RetryPolicy: { [member]: value } })).toMatchObject({ code: 'ValidationException' }),
  );

  it.each([
    ['MaximumRetryAttempts', 0],
    ['MaximumRetryAttempts', 185],
    ['MaximumEventAgeInSeconds', 60],
    ['MaximumEventAgeInSeconds', 86_400],
  ])('EB-02 may have a %s of %d', (member, value) => {
    const target = { ...ORDERS, RetryPolicy: { [member]: value } };
    expect(listed(withTargets(target))).toEqual([target]);
  });

  it('EB-27 that is a FIFO queue needs a message group of up to 100 characters', () => {
    expect(errorOf(FIFO)).toMatchObject({
      code: 'ValidationException',
      message: 'Parameter(s) SqsParameters must be specified for target: fifo.',
    });
    const inGroup = (length: number) => ({ ...FIFO, SqsParameters: { MessageGroupId: 'g'.repeat(length) } });
    expect(listed(withTargets(inGroup(100)))).toEqual([inGroup(100)]);
    expect(errorOf(inGroup(101)).message).toContain(
      "at 'targets.1.member.sqsParameters.messageGroupId' failed to satisfy constraint: Member must have length less than or equal to 100",
    );
  });

  it('EB-28 that is a stream may be told a path of up to 256 characters', () => {
    expect(listed(withTargets(STREAM))).toEqual([STREAM]);
    const withPath = (length: number) => ({
      ...STREAM,
      KinesisParameters: { PartitionKeyPath: `$.${'n'.repeat(length - 2)}` },
    });
    expect(listed(withTargets(withPath(256)))).toEqual([withPath(256)]);
    expect(errorOf(withPath(257)).message).toContain('Member must have length less than or equal to 256');
  });

  it.each([
    [
      'a topic',
      { Id: 'a', Arn: 'arn:aws:sns:us-east-1:123456789012:topic.fifo' },
      'A FIFO topic as a target of a rule (arn:aws:sns',
    ],
    [
      'a path as a message group',
      { ...FIFO, SqsParameters: { MessageGroupId: '$.detail.order' } },
      'The path $.detail.order as a MessageGroupId',
    ],
    [
      'a message group of a stream',
      { ...STREAM, SqsParameters: { MessageGroupId: 'g' } },
      'SqsParameters of a target that is no queue',
    ],
    [
      'a partition key of a queue',
      { ...ORDERS, KinesisParameters: { PartitionKeyPath: '$.id' } },
      'KinesisParameters of a target that is no stream',
    ],
    [
      'a partition key with a wildcard',
      { ...STREAM, KinesisParameters: { PartitionKeyPath: '$.detail.items[*]' } },
      'The PartitionKeyPath $.detail.items[*]',
    ],
    [
      'an API destination',
      { Id: 'a', Arn: 'arn:aws:events:us-east-1:123456789012:api-destination/a/1' },
      'An API destination as a target of a rule',
    ],
    [
      'a state machine',
      { Id: 'a', Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
      'A state machine as a target of a rule',
    ],
    ['anything else', { Id: 'a', Arn: 'arn:aws:s3:::bucket' }, 'The target arn:aws:s3:::bucket of a rule'],
    [
      'a bus of another account',
      { Id: 'a', Arn: 'arn:aws:events:us-east-1:210987654321:event-bus/other' },
      'The target arn:aws:events',
    ],
    [
      'a bus of another Region',
      { Id: 'a', Arn: 'arn:aws:events:eu-west-1:123456789012:event-bus/other' },
      'The target arn:aws:events',
    ],
    [
      'a part of the event for a bus',
      { Id: 'a', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/other', InputPath: '$.detail' },
      'An input of a target that is an event bus',
    ],
    ['a path with a wildcard', { ...ORDERS, InputPath: '$.detail.items[*]' }, 'The InputPath $.detail.items[*]'],
    [
      'a path with a wildcard in an input transformer',
      { ...ORDERS, InputTransformer: { InputPathsMap: { a: '$..n' }, InputTemplate: '"<a>"' } },
      'The path $..n of an input transformer',
    ],
    [
      'a FIFO queue for dead letters',
      { ...ORDERS, DeadLetterConfig: { Arn: `${GONE_ARN}.fifo` } },
      'The dead-letter queue',
    ],
  ])('that is not simulated is refused by name: %s', (_what, target, message) =>
    expect(errorOf(target)).toMatchObject({ status: 501, message: expect.stringContaining(message) }),
  );
});
