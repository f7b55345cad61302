/**
 * What holds for any calls of EventBridge, valid or not: each is answered, in AWS's words or by name, and the state stays one that can be asked.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { anyCallOf, anyInput } from '../../contract/any-input-for-tests.ts';
import { BusForTests } from './eventbridge-for-tests.ts';
import eventBridgeInputs from './inputs-for-tests.ts';

const MEMBERS = [
  ...['Name', 'NamePrefix', 'Rule', 'EventBusName', 'EventPattern', 'Event', 'State', 'Description', 'Tags'],
  ...['Targets', 'Ids', 'TargetArn', 'Entries', 'Force', 'Limit', 'EndpointId', 'ScheduleExpression'],
  ...['Id', 'Arn', 'Input', 'InputPath', 'InputTransformer', 'InputPathsMap', 'InputTemplate', 'RetryPolicy'],
  ...['DeadLetterConfig', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'RoleArn', 'SqsParameters'],
  ...['Source', 'DetailType', 'Detail', 'Time', 'Resources', 'a', 'prefix', 'numeric', '$or'],
];
/** Texts that mean something somewhere, and some that mean nothing. */
const TEXTS = fc.oneof(
  fc.constantFrom(
    'orders',
    'till',
    'default',
    '',
    'a b',
    '$.detail',
    '$.detail[0]',
    '$..a',
    '"<a>"',
    '{"a": <a>}',
    '<',
  ),
  fc.constantFrom('{"source":["shop"]}', '{"a":[{"numeric":[">"]}]}', '{}', '[]', '{', 'null', '{"n":1}', 'ENABLED'),
  fc.constantFrom(
    'arn:aws:events:us-east-1:123456789012:event-bus/till',
    'arn:aws:events:eu-west-1:123456789012:event-bus/till',
    'arn:aws:events:us-east-1:123456789012:rule/till',
    'arn:aws:sqs:us-east-1:123456789012:orders',
    'arn:aws:lambda:us-east-1:123456789012:function:bump',
    'arn:aws:sns:us-east-1:123456789012:topic',
  ),
  fc.string({ maxLength: 5 }),
);
const calls = anyCallOf(eventBridgeInputs.inputs, anyInput(MEMBERS, TEXTS));

describe('any calls of EventBridge', () => {
  it('are answered, and leave a state that can be asked', () => {
    fc.assert(
      fc.property(fc.array(calls, { minLength: 1, maxLength: 12 }), (all) => {
        const bus = new BusForTests();
        for (const { operation, input: given } of [...(eventBridgeInputs.before ?? []), ...all]) {
          const error = bus.refusalOf(operation, given);
          if (error === null) continue;
          expect(error.code).toMatch(/Exception$|^RaceproofNotSimulated$/);
          expect([400, 501]).toContain(error.status);
          expect(error.message).not.toContain('undefined');
        }
        for (const { operation, input: look } of eventBridgeInputs.looks) bus.answerTo(operation, look);
        const { EventBuses } = bus.ask('ListEventBuses', {}) as { readonly EventBuses: readonly Input[] };
        for (const { Name } of EventBuses) expect(bus.refusalOf('ListRules', { EventBusName: Name })).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
