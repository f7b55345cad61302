/**
 * The resource types: each rule of their properties, with line and column, and the ways out.
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, lambda, ROLE, standing, table } from '../stack-for-tests.ts';

/** A function's findings; its further properties begin in line 9, column 7. */
const wrongFunction = (properties: string) => findingsOf(`Resources:\n${lambda('Bump', properties)}${ROLE}`);
/** A table's findings; its further properties begin in line 8, column 7. */
const wrongTable = (properties: string) => findingsOf(`Resources:\n${table('Table', properties)}`);

describe('AWS::Lambda::Function', () => {
  it.each([
    ['Timeout: 0', '9:16 Timeout must be a whole number from 1 to 900, not «0».'],
    ['Timeout: 901', '9:16 Timeout must be a whole number from 1 to 900, not «901».'],
    ['Timeout: 1.5', '9:16 Timeout must be a whole number from 1 to 900, not «1.5».'],
    ['Timeout: soon', '9:16 Timeout must be a whole number from 1 to 900, not «soon».'],
    ['Timeout:', '9:15 Timeout must be a whole number from 1 to 900, not nothing.'],
    ['Timeout: [3]', '9:16 Timeout must be a whole number from 1 to 900, not a list.'],
  ])('LS-24 %s is refused', (properties, finding) => {
    expect(wrongFunction(properties)).toEqual([finding]);
  });

  it.each([
    [
      'ReservedConcurrency: 5',
      '9:7 AWS::Lambda::Function has no property «ReservedConcurrency». Did you mean ReservedConcurrentExecutions?',
    ],
    ['MemorySize: 64', '9:19 MemorySize must be a whole number from 128 to 10240, not «64».'],
    [
      'ReservedConcurrentExecutions: -1',
      '9:37 ReservedConcurrentExecutions must be a whole number, at least 0, not «-1».',
    ],
    ['FunctionName: a b', '9:21 FunctionName must be a name of 1 to 64 letters, digits, - and _, not «a b».'],
    ['Architectures: [x86]', '9:23 Architectures must be x86_64 or arm64, not «x86».'],
    ['Architectures: [arm64, x86_64]', '9:22 Architectures must have at most 1 in its list, not 2.'],
    ['PackageType: Image', '9:20 PackageType «Image» is not simulated. Use Zip.'],
    ['Environment: { Variable: {} }', '9:22 Environment has no member «Variable». Did you mean Variables?'],
    ['Environment: { Variables: { AWS_REGION: x } }', '9:35 AWS_REGION is set by Lambda itself. Choose another name.'],
    [
      'Environment: { Variables: { 1A: x } }',
      '9:35 «1A» cannot be a name in Variables: it needs at least two characters, a letter first, then letters, digits and _.',
    ],
    ['Environment: { Variables: { AB: [x] } }', '9:39 AB must be text, not a list.'],
    [
      `Environment: { Variables: { AB: ${'x'.repeat(4095)} } }`,
      '9:7 Environment holds 4097 bytes; Lambda takes at most 4,096.',
    ],
    [
      'TracingConfig: { Mode: Active }',
      '9:7 TracingConfig is not simulated. The simulator keeps a trace of its own: remove it.',
    ],
    ['Layers: [a]', '9:7 Layers is not simulated. Put the code into the folder that Code names.'],
    ['LoggingConfig: { LogFormat: JSON }', '9:35 LogFormat «JSON» is not simulated. Use Text.'],
    ['LoggingConfig: { SystemLogLevel: INFO }', '9:24 SystemLogLevel of LoggingConfig is not simulated. Remove it.'],
    ['Tags: [{ Key: team }]', '9:14 Tags needs Value.'],
  ])('%s', (properties, finding) => {
    expect(wrongFunction(properties)).toEqual([finding]);
  });

  it.each([
    [
      'Runtime: nodejs24.x',
      'Runtime: nodejs18.x',
      '5:16 Runtime «nodejs18.x» is not simulated. Use nodejs24.x, nodejs22.x or nodejs20.x.',
    ],
    [
      'Runtime: nodejs24.x',
      'Runtime: python3.13',
      '5:16 Runtime «python3.13» is not simulated. Use nodejs24.x, nodejs22.x or nodejs20.x.',
    ],
    [
      'Runtime: nodejs24.x',
      'Runtime: nodejs24',
      '5:16 Runtime must be nodejs24.x, nodejs22.x or nodejs20.x, not «nodejs24». Did you mean nodejs24.x?',
    ],
    [
      'Handler: bump.handler',
      'Handler: bump',
      '6:16 Handler must be a file and an export such as bump.handler, not «bump».',
    ],
    [
      'Role: !GetAtt Role.Arn',
      'Role: !Ref Role',
      "8:13 Role must be a role's ARN, such as !GetAtt BumpRole.Arn, not «shop-Role-",
    ],
    ['      Role: !GetAtt Role.Arn\n', '', '2:3 AWS::Lambda::Function needs Role.'],
    ['      Code: src/\n', '', '2:3 AWS::Lambda::Function needs Code.'],
  ])('%s written as %s', (right, written, finding) => {
    const [found, ...others] = findingsOf(`Resources:\n${lambda('Bump')}${ROLE}`.replace(right, written));
    expect(found).toContain(finding);
    expect(others).toEqual([]);
  });

  const WAY_OUT = 'Write «Code: src/», the folder of the lab that holds the handler.';
  it.each([
    ['{ ZipFile: "x" }', `7:15 Code with ZipFile is not simulated. ${WAY_OUT}`],
    ['{ S3Bucket: b, S3Key: k }', `7:15 Code with S3Bucket is not simulated. ${WAY_OUT}`],
    ['{ ImageUri: b }', `7:15 Code with ImageUri is not simulated. ${WAY_OUT}`],
    ['s3://bucket/key', `7:13 Code must be a folder inside the lab, not «s3://bucket/key». ${WAY_OUT}`],
    ['/etc', `7:13 Code must be a folder inside the lab, not «/etc». ${WAY_OUT}`],
    ['src/../../solutions', `7:13 Code must be a folder inside the lab, not «src/../../solutions». ${WAY_OUT}`],
    ['C:/src', `7:13 Code must be a folder inside the lab, not «C:/src». ${WAY_OUT}`],
    ['dist.zip', `7:13 Code must be a folder, not the file «dist.zip». ${WAY_OUT}`],
    ['[src]', `7:13 Code must be a folder of the lab, not a list. ${WAY_OUT}`],
  ])('Code: %s', (code, finding) => {
    expect(findingsOf(`Resources:\n${lambda('Bump').replace('src/', code)}${ROLE}`)).toEqual([finding]);
  });

  it('Code is one folder, however it is written', () => {
    const folder = (code: string) =>
      standing(`Resources:\n${lambda('Bump').replace('src/', code)}${ROLE}`).deployment.functions[0]?.codeFolder;
    expect(['src/', 'src', './src', './src/', 'src//'].map(folder)).toEqual(Array(5).fill('src/'));
    expect(folder('src/api')).toBe('src/api/');
    expect(folder('.')).toBe('./');
  });

  it('takes what is harmless, and passes on what a call has a member for', () => {
    const harmless = `Description: bumps
MemorySize: '512'
Architectures: [arm64]
PackageType: Zip
EphemeralStorage: { Size: 512 }
LoggingConfig: { LogGroup: /bump, LogFormat: Text }
RuntimeManagementConfig: { UpdateRuntimeOn: Auto }
Tags: [{ Key: team, Value: shop }]`;
    const { calls } = standing(`Resources:\n${lambda('Bump', harmless)}${ROLE}`);
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateFunction']);
    expect(calls[0]?.input).toMatchObject({ Description: 'bumps', MemorySize: 512 });
    expect(Object.keys(calls[0]?.input ?? {})).not.toContain('Tags');
  });

  it('LS-07 a reservation of 0 is made like any other', () => {
    const { calls } = standing(`Resources:\n${lambda('Bump', 'ReservedConcurrentExecutions: 0')}${ROLE}`);
    expect(calls.at(-1)?.input).toMatchObject({ ReservedConcurrentExecutions: 0 });
  });
});

describe('AWS::DynamoDB::Table', () => {
  it.each([
    ['TableName: a', '8:18 TableName must be a name of 3 to 255 letters, digits, _ . and -, not «a».'],
    ['SortKey: x', '8:7 AWS::DynamoDB::Table has no property «SortKey».'],
    ['StreamSpecification: { StreamViewType: NEW_IMAGE }', '8:7 StreamSpecification is not simulated. Remove it.'],
    ['TableClass: CHEAP', '8:19 TableClass must be STANDARD or STANDARD_INFREQUENT_ACCESS, not «CHEAP».'],
    ['DeletionProtectionEnabled: maybe', '8:34 DeletionProtectionEnabled must be true or false, not «maybe».'],
    ['TimeToLiveSpecification: { AttributeName: ttl }', '8:32 TimeToLiveSpecification needs Enabled.'],
    [
      'TimeToLiveSpecification: { Enabled: true }',
      '8:7 TimeToLiveSpecification needs AttributeName when Enabled is true.',
    ],
    [
      'ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }',
      '8:7 ProvisionedThroughput cannot stand beside BillingMode PAY_PER_REQUEST. Remove one of them.',
    ],
    [
      'GlobalSecondaryIndexes: [{ IndexName: byDay, KeySchema: [{ AttributeName: day, KeyType: HASH }], Projection: { ProjectionType: ALL } }]',
      '7:7 The key day is not in AttributeDefinitions. Define it there with its type.',
    ],
  ])('%s', (properties, finding) => {
    expect(wrongTable(properties)).toEqual([finding]);
  });

  it.each([
    ['KeyType: HASH', 'KeyType: HAHS', '7:49 KeyType must be HASH or RANGE, not «HAHS». Did you mean HASH?'],
    ['KeyType: HASH', 'KeyType: RANGE', '7:7 KeySchema must name the HASH key first and may name a RANGE key second.'],
    ['AttributeType: S', 'AttributeType: String', '6:66 AttributeType must be S, N or B, not «String».'],
    [
      '      BillingMode: PAY_PER_REQUEST\n',
      '',
      '2:3 A table without ProvisionedThroughput needs BillingMode: PAY_PER_REQUEST.',
    ],
    [
      'KeySchema: [{ AttributeName: id,',
      'KeySchema: [{ AttributName: id,',
      '7:21 KeySchema has no member «AttributName». Did you mean AttributeName?',
    ],
  ])('%s written as %s', (right, written, finding) => {
    expect(findingsOf(`Resources:\n${table('Table')}`.replace(right, written))).toContain(finding);
  });

  it('wants each key defined and each definition used', () => {
    const template = `Resources:\n${table('Table')}`.replace(
      'AttributeName: id, AttributeType',
      'AttributeName: day, AttributeType',
    );
    expect(findingsOf(template)).toEqual([
      '6:7 AttributeDefinitions defines day, which is no key. Only key attributes are defined (id); remove it.',
      '7:7 The key id is not in AttributeDefinitions. Define it there with its type.',
    ]);
  });

  it('does not turn time to live on when it is not enabled', () => {
    const { calls } = standing(`Resources:\n${table('Table', 'TimeToLiveSpecification: { Enabled: false }')}`);
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateTable']);
  });
});

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

  it('policies stand beside roles, and are attached to somebody', () => {
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
