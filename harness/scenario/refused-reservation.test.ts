/** A template that reserves too much: what Lambda says (LS-04), and the sum that it does not say. */

import { describe, expect, it } from 'vitest';
import { deployStack } from './deploy.ts';

const reserving = (...units: readonly number[]): string => `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
${units
  .map(
    (reserved, at) => `  F${at + 1}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: f.handler
      Code: src/
      Role: !GetAtt Role.Arn
      ReservedConcurrentExecutions: ${reserved}
`,
  )
  .join('')}`;

const deployed = (template: string, scenario: object = {}) =>
  deployStack({ slug: 'small', template, downstreams: [], scenario });

const saidOf = (result: ReturnType<typeof deployed>): string => (result.ok ? '' : (result.findings[0]?.message ?? ''));

describe('a template that reserves more than the account can give', () => {
  it('is refused with what the account has, and what each function is to get', () => {
    const said = saidOf(deployed(reserving(600, 300, 1)));
    expect(said).toContain('below its minimum value of [100].');
    expect(said).toMatch(
      /The account has 1,000 units, and the template reserves 901: 600 for F1, 300 for F2 and 1 for F3\.$/,
    );
  });

  it('is measured by the account of the scenario, which may be small', () => {
    const small = { accountConcurrency: 8, unreservedFloor: 2 };
    expect(deployed(reserving(3, 3), small).ok).toBe(true);
    expect(saidOf(deployed(reserving(3, 4), small))).toContain('minimum value of [2]. The account has 8 units');
  });

  it('is no reason to add up anything where something else is refused', () => {
    expect(saidOf(deployed(reserving(1).replace('f.handler', 'f')))).not.toContain('units');
  });
});
