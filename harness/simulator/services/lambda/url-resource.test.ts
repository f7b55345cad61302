/**
 * Function URLs in templates, and the permissions that belong to them (LS-50, LS-51, LS-56).
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, lambda, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

/** A URL whose further properties begin in line 5, column 7. */
const template = (properties: string) => `Resources:
  Shop:
    Type: AWS::Lambda::Url
    Properties:
      ${properties}
      TargetFunctionArn: !GetAtt Bump.Arn
${lambda('Bump', 'FunctionName: bump')}${ROLE}
Outputs:
  Address: { Value: !GetAtt Shop.FunctionUrl }
  Of: { Value: !GetAtt Shop.FunctionArn }
  Named: { Value: !Ref Shop }
`;

describe('AWS::Lambda::Url', () => {
  it('LS-50 LS-51 gives a function an address, which the template can hand on', () => {
    const { calls, deployment } = standing(template('AuthType: NONE'));
    expect(calls.at(-1)).toEqual({
      ...{ service: 'Lambda', operation: 'CreateFunctionUrlConfig' },
      input: { FunctionName: 'bump', AuthType: 'NONE' },
    });
    expect(deployment.notices.join(' ')).toMatch(/answers 403 until permissions allow/);
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:bump';
    expect(deployment.outputs).toEqual({
      Address: expect.stringMatching(/^https:\/\/[a-z0-9]{32}\.lambda-url\.eu-central-1\.on\.aws\/$/),
      ...{ Of: arn, Named: arn },
    });
  });

  it('takes what a browser would ask for', () => {
    const cors = 'Cors: { AllowOrigins: ["https://example.com"], AllowMethods: [GET, POST], MaxAge: 60 }';
    const { calls } = standing(template(`AuthType: AWS_IAM\n      ${cors}`));
    expect(calls.at(-1)?.input).toMatchObject({ AuthType: 'AWS_IAM', Cors: { MaxAge: 60 } });
  });

  it.each([
    ['InvokeMode: RESPONSE_STREAM\n      AuthType: NONE', '5:19 InvokeMode «RESPONSE_STREAM» is not simulated'],
    ['Qualifier: live\n      AuthType: NONE', '5:7 Qualifier is not simulated. The URL of an alias is not simulated'],
    ['AuthType: SECRET', '5:17 AuthType must be NONE or AWS_IAM'],
    ['Cors: { MaxAge: 90000 }\n      AuthType: NONE', '5:23 MaxAge must be a whole number from 0 to 86400'],
    ['InvokeMode: BUFFERED', 'AWS::Lambda::Url needs AuthType.'],
  ])('%s is refused', (properties, finding) => {
    expect(findingsOf(template(properties)).join(' ')).toContain(finding);
  });
});

describe('AWS::Lambda::Permission', () => {
  it('LS-56 may be for a function URL, and for what comes through one', () => {
    const may = (properties: string) => `Resources:
  MayInvoke:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Bump, Principal: '*', ${properties} }
${lambda('Bump')}${ROLE}`;
    expect(findingsOf(may('Action: lambda:InvokeFunctionUrl, FunctionUrlAuthType: NONE'))).toEqual([]);
    expect(findingsOf(may('Action: lambda:InvokeFunction, InvokedViaFunctionUrl: true'))).toEqual([]);
    expect(findingsOf(may('Action: lambda:InvokeFunction, InvokedViaFunctionUrl: perhaps'))).toHaveLength(1);
  });
});
