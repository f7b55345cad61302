/**
 * Permissions in templates: what they may say, and that they make no calls.
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, lambda, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

const template = (properties: string) => `Resources:
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties: { ${properties} }
${lambda('Bump')}${ROLE}`;

const RIGHT = 'Action: lambda:InvokeFunction, FunctionName: !Ref Bump, Principal: events.amazonaws.com';

describe('AWS::Lambda::Permission', () => {
  it('is read and not enforced', () => {
    const { calls, deployment } = standing(template(`${RIGHT}, SourceArn: !GetAtt Bump.Arn`));
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateFunction']);
    expect(deployment.notices).toContain('IAM not enforced: roles are parsed and validated only.');
  });

  it.each([
    ['Action: lambda:InvokeFunction', '2:3 AWS::Lambda::Permission needs FunctionName.'],
    [`${RIGHT}, SourceArn: orders`, '4:119 SourceArn must be an ARN, such as !GetAtt Rule.Arn, not «orders».'],
    [
      'Action: sqs:SendMessage, FunctionName: f, Principal: p',
      '4:27 Action must be an action of Lambda, such as lambda:InvokeFunction, not «sqs:SendMessage».',
    ],
  ])('%s', (properties, finding) => expect(findingsOf(template(properties))).toContain(finding));
});
