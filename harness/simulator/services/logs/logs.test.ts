/**
 * Log groups in templates: accepted, and empty.
 */

import { describe, expect, it } from 'vitest';
import { ServiceForTests } from '../../contract/service-for-tests.ts';
import { findingsOf, standing } from '../cloudformation/stack-for-tests.ts';
import { LOGS } from './logs.ts';

describe('AWS::Logs::LogGroup', () => {
  it('has a name and a retention, and stays empty', () => {
    const group = (properties: string) =>
      `Resources:\n  Log: { Type: AWS::Logs::LogGroup, Properties: { ${properties} } }\nOutputs: { Arn: { Value: !GetAtt Log.Arn } }\n`;
    const { deployment } = standing(group('LogGroupName: /bump, RetentionInDays: 14'));
    expect(deployment.outputs.Arn).toBe('arn:aws:logs:eu-central-1:123456789012:log-group:/bump:*');
    expect(deployment.notices).toEqual([
      'Log groups are accepted and stay empty: what handlers print is in the trace.',
    ]);
    expect(findingsOf(group('RetentionInDays: 2'))[0]).toContain(
      'RetentionInDays must be one of the whole numbers 1, 3, 5',
    );
  });
});

describe('calls', () => {
  it('are refused by name', () => {
    expect(new ServiceForTests(LOGS).errorOf('CreateLogGroup', {}).message).toBe(
      'CloudWatch Logs CreateLogGroup is not simulated.',
    );
  });
});
