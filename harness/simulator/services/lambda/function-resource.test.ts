/**
 * Functions in templates: each rule of their properties, with line and column, the advice, and the calls.
 */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../contract/answer.ts';
import { deployed, findingsOf, lambda, QUEUE, ROLE, standing } from '../cloudformation/stack-for-tests.ts';

/** A function's findings; its further properties begin in line 9, column 7. */
const wrongFunction = (properties: string) => findingsOf(`Resources:\n${lambda('Bump', properties)}${ROLE}`);

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
    ['TracingConfig: { Mode: Always }', '9:30 Mode must be Active or PassThrough, not «Always».'],
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

  it('accepts harmless properties, and passes on those that are members of a call', () => {
    const harmless = `Description: bumps
MemorySize: '512'
Architectures: [arm64]
PackageType: Zip
EphemeralStorage: { Size: 512 }
LoggingConfig: { LogGroup: /bump, LogFormat: Text }
RuntimeManagementConfig: { UpdateRuntimeOn: Auto }
TracingConfig: { Mode: Active }
Tags: [{ Key: team, Value: shop }]`;
    const { calls } = standing(`Resources:\n${lambda('Bump', harmless)}${ROLE}`);
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateFunction']);
    expect(calls[0]?.input).toMatchObject({ Description: 'bumps', MemorySize: 512 });
    expect(Object.keys(calls[0]?.input ?? {})).not.toContain('Tags');
  });

  it("LS-04 a reservation is a call of its own, and Lambda's refusal is reported at its line", () => {
    const overbooked =
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";
    const { result, calls } = deployed(`Resources:\n${lambda('Bump', 'ReservedConcurrentExecutions: 5')}${ROLE}`, {
      answer: ({ operation }) =>
        operation === 'PutFunctionConcurrency' ? fail('InvalidParameterValueException', overbooked) : ok({}),
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['CreateFunction', 'PutFunctionConcurrency']);
    expect(result).toMatchObject({
      ok: false,
      findings: [
        {
          message: `The resource Bump cannot be made. Lambda says: ${overbooked}`,
          line: 9,
          column: 7,
          path: 'Resources.Bump.Properties.ReservedConcurrentExecutions',
        },
      ],
    });
  });

  it('LS-07 a reservation of 0 is created like any other', () => {
    const { calls } = standing(`Resources:\n${lambda('Bump', 'ReservedConcurrentExecutions: 0')}${ROLE}`);
    expect(calls.at(-1)?.input).toMatchObject({ ReservedConcurrentExecutions: 0 });
  });
});

describe('DeadLetterConfig of AWS::Lambda::Function', () => {
  it('LA-12 names a standard queue', () => {
    const properties = 'DeadLetterConfig: { TargetArn: !GetAtt Orders.Arn }';
    const { calls } = standing(`Resources:\n${lambda('Bump', properties)}${QUEUE}${ROLE}`);
    expect(calls.find(({ operation }) => operation === 'CreateFunction')?.input.DeadLetterConfig).toEqual({
      TargetArn: 'arn:aws:sqs:eu-central-1:123456789012:orders',
    });
  });

  it('LA-12 names a standard topic, and no FIFO topic', () => {
    const failing = (name: string) =>
      `Resources:\n${lambda('Bump', `DeadLetterConfig: { TargetArn: arn:aws:sns:eu-central-1:123456789012:${name} }`)}${ROLE}`;
    expect(findingsOf(failing('t'))).toEqual([]);
    expect(findingsOf(failing('t.fifo'))).toEqual([
      '9:38 TargetArn must be the ARN of a standard queue or topic, such as !GetAtt Failed.Arn, not «arn:aws:sns:eu-central-1:123456789012:t.fifo».',
    ]);
  });
});
