/**
 * Settings of asynchronous events in templates: each rule with line and column, and the call.
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, lambda, QUEUE, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

/** An EventInvokeConfig whose further properties begin in line 5, column 7. */
const settings = (properties: string) => `Resources:
  Settings:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      ${properties}
      FunctionName: !Ref Bump
      Qualifier: $LATEST
${QUEUE}${lambda('Bump', 'FunctionName: bump')}${ROLE}`;

describe('AWS::Lambda::EventInvokeConfig', () => {
  it('LA-06 sets retries, age and destinations', () => {
    const { calls } = standing(
      settings('MaximumRetryAttempts: 0\n      DestinationConfig: { OnFailure: { Destination: !GetAtt Orders.Arn } }'),
    );
    expect(calls.at(-1)).toEqual({
      service: 'Lambda',
      operation: 'PutFunctionEventInvokeConfig',
      input: {
        FunctionName: 'bump',
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:orders' } },
      },
    });
  });

  it.each([
    ['MaximumRetryAttempts: 3', '5:29 MaximumRetryAttempts must be a whole number from 0 to 2, not «3».'],
    [
      'MaximumEventAgeInSeconds: 59',
      '5:33 MaximumEventAgeInSeconds must be a whole number from 60 to 21600, not «59».',
    ],
    [
      'DestinationConfig: { OnSuccess: { Destination: arn:aws:sns:eu-central-1:123456789012:t.fifo } }',
      '5:54 Destination must be the ARN of a standard queue or topic, a function or an event bus, such as !GetAtt Failed.Arn, not «arn:aws:sns:eu-central-1:123456789012:t.fifo».',
    ],
  ])('%s is refused', (properties, finding) => {
    expect(findingsOf(settings(properties))).toEqual([finding]);
  });
});
