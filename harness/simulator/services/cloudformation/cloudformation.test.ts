/**
 * Deploying a template: calls, names, order, outputs, and the findings that a service's refusal becomes.
 */

import { describe, expect, it } from 'vitest';
import { fail, notSimulated, ok } from '../../contract/answer.ts';
import { deployed, lambda, ROLE, standing, table } from './stack-for-tests.ts';

const COUNTER = `Resources:
${lambda('Bump', 'Timeout: 10\nReservedConcurrentExecutions: 5\nEnvironment: { Variables: { TABLE_NAME: !Ref Counters } }')}${table('Counters', 'TimeToLiveSpecification: { AttributeName: expires, Enabled: true }')}${ROLE}Outputs:
  FunctionName:
    Value: !Ref Bump
`;

describe('a deployment', () => {
  it('makes the calls that the SDK would make, in dependency order', () => {
    const { calls, deployment } = standing(COUNTER);
    const tableName = deployment.resources.find(({ logicalId }) => logicalId === 'Counters')?.physicalId;
    const functionName = deployment.outputs.FunctionName;
    expect(calls).toEqual([
      {
        service: 'DynamoDB',
        operation: 'CreateTable',
        input: {
          TableName: tableName,
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      {
        service: 'DynamoDB',
        operation: 'UpdateTimeToLive',
        input: { TableName: tableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } },
      },
      {
        service: 'Lambda',
        operation: 'CreateFunction',
        input: {
          FunctionName: functionName,
          Runtime: 'nodejs24.x',
          Handler: 'bump.handler',
          Role: deployment.resources.find(({ logicalId }) => logicalId === 'Role')?.attributes.Arn,
          Timeout: 10,
          Environment: { Variables: { TABLE_NAME: tableName } },
          Code: { LocalFolder: 'src/' },
        },
      },
      {
        service: 'Lambda',
        operation: 'PutFunctionConcurrency',
        input: { FunctionName: functionName, ReservedConcurrentExecutions: 5 },
      },
    ]);
  });

  it('lists resources with their lines, and functions with handler and folder', () => {
    const { deployment } = standing(COUNTER);
    expect(deployment.resources.map(({ logicalId, type, line }) => [logicalId, type, line])).toEqual([
      ['Counters', 'AWS::DynamoDB::Table', 12],
      ['Role', 'AWS::IAM::Role', 19],
      ['Bump', 'AWS::Lambda::Function', 2],
    ]);
    const [bump] = deployment.functions;
    expect(bump).toEqual({
      logicalId: 'Bump',
      functionName: deployment.outputs.FunctionName,
      handler: 'bump.handler',
      codeFolder: 'src/',
      line: 2,
    });
  });

  it('generates missing names from stack and logical id, always the same', () => {
    const names = () => standing(COUNTER).deployment.resources.map(({ physicalId }) => physicalId);
    expect(names()).toEqual(names());
    expect(names()[0]).toMatch(/^shop-Counters-[0-9A-Z]{12}$/);
    const other = standing(COUNTER, { stackName: 'other' }).deployment.resources.map(({ physicalId }) => physicalId);
    expect(other[0]).toMatch(/^other-Counters-/);
  });

  it('keeps generated names within the limits of the service', () => {
    const template = `Resources:\n${ROLE}${lambda('L'.repeat(90))}`;
    const { deployment } = standing(template, { stackName: 's'.repeat(128) });
    expect(deployment.functions[0]?.functionName).toHaveLength(64);
  });

  it('uses the names that the template gives', () => {
    const { deployment } = standing(`Resources:\n${table('Counters', 'TableName: counters')}`);
    expect(deployment.resources[0]?.physicalId).toBe('counters');
    expect(deployment.resources[0]?.attributes).toEqual({
      Arn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/counters',
    });
  });

  it('says that IAM is not enforced when there is a role, and only then', () => {
    expect(standing(COUNTER).deployment.notices).toEqual(['IAM not enforced: roles are parsed and validated only.']);
    expect(standing(`Resources:\n${table('Counters')}`).deployment.notices).toEqual([]);
  });

  it('says that no other stack can import an export', () => {
    const template = `Resources:\n${table('T')}Outputs:\n  Name: { Value: !Ref T, Export: { Name: shared } }\n`;
    expect(standing(template).deployment.notices).toEqual([
      'The output Name is exported, but no other stack can import it: each stack is deployed alone here.',
    ]);
  });

  it('creates independent resources in the order of the template', () => {
    const { deployment } = standing(`Resources:\n${table('C')}${table('A')}${table('B')}`);
    expect(deployment.resources.map(({ logicalId }) => logicalId)).toEqual(['C', 'A', 'B']);
  });

  it('creates a resource after those that DependsOn names', () => {
    const template = `Resources:
  First:
    Type: AWS::Logs::LogGroup
    DependsOn: [Third, Second]
  Second: { Type: AWS::Logs::LogGroup, DependsOn: Third }
  Third: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Delete, Metadata: { Any: thing } }
`;
    const { deployment } = standing(template);
    expect(deployment.resources.map(({ logicalId }) => logicalId)).toEqual(['Third', 'Second', 'First']);
  });
});

describe("a service's refusal", () => {
  const overbooked =
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";

  it("LS-04 a reservation over the account's limit fails at its own line, in AWS's words", () => {
    const { result, calls } = deployed(COUNTER, {
      answer: ({ operation }) =>
        operation === 'PutFunctionConcurrency' ? fail('InvalidParameterValueException', overbooked) : ok({}),
    });
    expect(result).toEqual({
      ok: false,
      findings: [
        {
          message: `The resource Bump cannot be made. Lambda says: ${overbooked}`,
          file: 'template.yaml',
          line: 10,
          column: 7,
          path: 'Resources.Bump.Properties.ReservedConcurrentExecutions',
        },
      ],
    });
    expect(calls.at(-1)?.operation).toBe('PutFunctionConcurrency');
  });

  it('that concerns the resource as a whole is reported at its logical id and ends the deployment', () => {
    const { result, calls } = deployed(COUNTER, {
      answer: () => fail('ResourceInUseException', 'Table already exists: counters'),
    });
    expect(result).toMatchObject({
      ok: false,
      findings: [
        { line: 12, message: 'The resource Counters cannot be made. DynamoDB says: Table already exists: counters' },
      ],
    });
    expect(calls).toHaveLength(1);
  });

  it('that comes from the simulator is reported unchanged', () => {
    const { result } = deployed(COUNTER, { answer: () => notSimulated('CreateTable') });
    expect(result).toMatchObject({
      findings: [{ message: 'The resource Counters cannot be made: CreateTable is not simulated.' }],
    });
  });

  it('cannot occur when the template has a finding, since no call is made', () => {
    const { calls, result } = deployed(COUNTER.replace('Timeout: 10', 'Timeout: 0'));
    expect(result.ok).toBe(false);
    expect(calls).toEqual([]);
  });
});
