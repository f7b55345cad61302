/**
 * Roles and policies in templates: their grammar, with line and column. Nothing enforces them.
 */

import { describe, expect, it } from 'vitest';
import { ServiceForTests } from '../../contract/service-for-tests.ts';
import { findingsOf, ROLE, standing } from '../cloudformation/stack-for-tests.ts';
import { IAM } from './iam.ts';

describe('IAM', () => {
  const statement = (text: string) => findingsOf(`Resources:\n${ROLE.replace(/- \{.*\}/, `- ${text}`)}`);

  it.each([
    ['{ Effect: allow, Principal: x, Action: y }', '8:23 Effect must be Allow or Deny, not «allow».'],
    ['{ Principal: x, Action: y }', '8:13 A policy statement needs Effect: Allow or Deny.'],
    ['{ Effect: Allow, Principal: x }', '8:13 A policy statement needs Action or NotAction.'],
    ['{ Effect: Allow, Action: y }', '8:13 A policy statement needs Principal or NotPrincipal.'],
    [
      '{ Effect: Allow, Principal: x, Actions: y }',
      '8:44 A policy statement has no member «Actions». Did you mean Action?',
    ],
    [
      '{ Effect: Allow, Principal: x, Action: y, Resource: z }',
      '8:55 A trust policy names no Resource: the role itself is the resource.',
    ],
    ['text', '8:13 A policy statement must be a map, not «text».'],
  ])('a trust policy with %s', (text, finding) => {
    expect(statement(text)).toContain(finding);
  });

  it.each([
    ['ManagedPolicyArns: [AWSLambdaExecute]', "9:27 ManagedPolicyArns must be a managed policy's ARN"],
    ['Policies: [{ PolicyName: p }]', '9:18 Policies needs PolicyDocument.'],
    [
      'Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: a } } }]',
      '9:64 A policy statement needs Resource or NotResource.',
    ],
    [
      'Policies: [{ PolicyName: p, PolicyDocument: { Version: 2012-10-18, Statement: [] } }]',
      '9:62 Version of PolicyDocument must be 2012-10-17 or 2008-10-17',
    ],
    ['MaxSessionDuration: 60', '9:27 MaxSessionDuration must be a whole number from 3600 to 43200, not «60».'],
    ['PermissionsBoundary: x', '9:7 PermissionsBoundary is not simulated. IAM is not enforced: remove it.'],
  ])('a role with %s', (properties, finding) => {
    expect(findingsOf(`Resources:\n${ROLE}      ${properties}\n`).join('\n')).toContain(finding);
  });

  it('policies stand beside roles, and are attached to a role, user or group', () => {
    const policy = (attached: string) => `Resources:
${ROLE}  Policy:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: p, ${attached}PolicyDocument: { Statement: [{ Effect: Allow, Action: '*', Resource: '*' }] } }
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: '*', Resource: '*' }] } }
Outputs:
  Arn: { Value: !Ref Managed }
`;
    expect(standing(policy('Roles: [!Ref Role], ')).deployment.outputs.Arn).toMatch(
      /^arn:aws:iam::123456789012:policy\/shop-Managed-/,
    );
    expect(findingsOf(policy(''))).toEqual(['11:19 AWS::IAM::Policy needs at least one of Roles, Users or Groups.']);
  });
});

describe('calls', () => {
  it('are refused by name', () => {
    expect(new ServiceForTests(IAM).errorOf('CreateRole', {}).message).toBe('IAM CreateRole is not simulated.');
  });
});
