/**
 * Versions and aliases in templates: what they make, what they stand for, and what is refused.
 */

import { describe, expect, it } from 'vitest';
import { deployAccount } from '../../world/deploy.ts';
import { findingsOf, lambda, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:bump';

const BUMP = `${lambda('Bump', 'FunctionName: bump')}${ROLE}`;

/** A version whose further properties begin in line 6, and an alias for it. */
const template = (version = '', alias = '') => `Resources:
  First:
    Type: AWS::Lambda::Version
    Properties:
      FunctionName: !Ref Bump${version === '' ? '' : `\n      ${version}`}
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: !Ref Bump
      FunctionVersion: !GetAtt First.Version${alias === '' ? '' : `\n      ${alias}`}
${BUMP}Outputs:
  Version: { Value: !Ref First }
  Number: { Value: !GetAtt First.Version }
  Function: { Value: !GetAtt First.FunctionArn }
  Alias: { Value: !Ref Live }
  AliasArn: { Value: !GetAtt Live.AliasArn }
`;

describe('AWS::Lambda::Version and AWS::Lambda::Alias', () => {
  it('LS-42 publish a version and name it, and are known by their ARNs', () => {
    const { calls, deployment } = standing(template());
    expect(calls.slice(1)).toEqual([
      { service: 'Lambda', operation: 'PublishVersion', input: { FunctionName: 'bump', DeployedVersion: '1' } },
      {
        ...{ service: 'Lambda', operation: 'CreateAlias' },
        input: { FunctionName: 'bump', Name: 'live', FunctionVersion: '1' },
      },
    ]);
    expect(deployment.outputs).toEqual({
      ...{ Version: `${ARN}:1`, Number: '1', Function: `${ARN}:1` },
      ...{ Alias: `${ARN}:live`, AliasArn: `${ARN}:live` },
    });
  });

  it('LS-42 provide environments for what they name', () => {
    const config = 'ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 }';
    const put = (of: string) => ({
      ...{ service: 'Lambda', operation: 'PutProvisionedConcurrencyConfig' },
      input: { FunctionName: 'bump', Qualifier: of, ProvisionedConcurrentExecutions: 3 },
    });
    expect(standing(template(config)).calls).toContainEqual(put('1'));
    expect(standing(template('', config)).calls).toContainEqual(put('live'));
  });

  it('LS-42 share requests out as the template says', () => {
    const routing = 'RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: "2", FunctionWeight: 0.25 }] }';
    expect(standing(template('', routing)).calls.at(-1)?.input).toMatchObject({
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.25 } },
    });
  });

  it.each([
    ['', 'Name: 17', '12:13 Name must be a name of 1 to 128 letters, digits, - and _ that is not a number, not «17».'],
    ['CodeSha256: abc', '', '6:7 CodeSha256 is not simulated. The simulator never sees the code: remove it.'],
    ['FunctionScalingConfig: {}', '', '6:7 FunctionScalingConfig is not simulated. Remove it.'],
    [
      'ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 0 }',
      '',
      '6:72 ProvisionedConcurrentExecutions must be a whole number, at least 1, not «0».',
    ],
    [
      '',
      'RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: "2", FunctionWeight: 25 }] }',
      '12:91 FunctionWeight must be a number from 0 to 1, not «25».',
    ],
  ])('are refused: %s%s', (version, alias, finding) => {
    const text = template(version, alias).replace(
      alias.startsWith('Name:') ? '      Name: live\n' : 'no such line',
      '',
    );
    expect(findingsOf(text)).toEqual([alias.startsWith('Name:') ? finding.replace('12:', '11:') : finding]);
  });

  const deploying = (more: string) =>
    deployAccount({
      ...{ template: template().replace('Outputs:', `${more}Outputs:`), fileName: 'template.yaml', stackName: 'shop' },
      ...{ parameters: {}, accountConcurrency: 1_000, isTimed: false, epochMs: 0, downstreams: [] },
    });

  it('LS-42 publish nothing twice: a second version of the same function is refused in CloudFormation’s words', () => {
    const again = `  Second:
    Type: AWS::Lambda::Version
    Properties: { FunctionName: !Ref Bump, Description: the same }
    DependsOn: Live
`;
    const deployed = deploying(again);
    expect(deployed.ok ? [] : deployed.findings.map(({ message }) => message)).toEqual([
      'The resource Second cannot be made. Lambda says: A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
    ]);
  });

  it('LS-45 have settings for events of their own', () => {
    const settings = `  Settings:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: { FunctionName: !Ref Bump, Qualifier: live, MaximumRetryAttempts: 0 }
    DependsOn: Live
`;
    expect(deploying(settings).ok).toBe(true);
    const unknown = deploying(settings.replace('Qualifier: live', 'Qualifier: none'));
    expect(unknown.ok ? [] : unknown.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('Function not found:'),
    ]);
  });
});
