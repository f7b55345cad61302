/**
 * For tests: deploys a template into an account that only records the calls.
 */

import { type AwsAnswer, type AwsCall, ok } from '../../contract/answer.ts';
import { RESOURCE_TYPES } from '../all.ts';
import { type Deployment, type DeployResult, deploy, readTemplate, type TemplateFinding } from './cloudformation.ts';

export interface Options {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly stackName?: string;
  /** Answers a call; without it, every call succeeds. */
  readonly answer?: (call: AwsCall) => AwsAnswer;
}

function request(template: string, options: Options) {
  return {
    template,
    fileName: 'template.yaml',
    stackName: options.stackName ?? 'shop',
    parameters: options.parameters ?? {},
    types: RESOURCE_TYPES,
    region: 'eu-central-1',
    accountId: '123456789012',
  };
}

/** Deploys a template, and returns the result and the calls. */
export function deployed(template: string, options: Options = {}): { result: DeployResult; calls: AwsCall[] } {
  const calls: AwsCall[] = [];
  const result = deploy({
    ...request(template, options),
    apply(call) {
      calls.push(call);
      return options.answer?.(call) ?? ok({});
    },
  });
  return { result, calls };
}

/** Deploys a template that must be correct. */
export function standing(template: string, options: Options = {}): { deployment: Deployment; calls: AwsCall[] } {
  const { result, calls } = deployed(template, options);
  if (!result.ok) throw new Error(told(result.findings).join('\n'));
  return { deployment: result.deployment, calls };
}

/** The findings about a template, each as `line:column message`. */
export function findingsOf(template: string, options: Options = {}): string[] {
  const reading = readTemplate(request(template, options));
  return reading.ok ? [] : told(reading.findings);
}

function told(findings: readonly TemplateFinding[]): string[] {
  return findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A role, indented as a resource named Role: 8 lines. */
export const ROLE = `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
`;

/** The queue Orders. */
export const QUEUE = `  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: orders }
`;

/** A table named Table with the given further properties; its Properties begin in line 4 of the resource. */
export function table(name: string, properties = ''): string {
  return `  ${name}:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
${indented(properties)}`;
}

/** A function with the given further properties, which begin in line 8 of the resource. */
export function lambda(name: string, properties = ''): string {
  return `  ${name}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: bump.handler
      Code: src/
      Role: !GetAtt Role.Arn
${indented(properties)}`;
}

function indented(lines: string): string {
  return lines === '' ? '' : `${lines.replace(/^/gm, '      ')}\n`;
}

/** The value of a template's output `It`, which is `value`; `before` are further sections before it. */
export function outputOf(value: string, before = '', options: Options = {}): string | undefined {
  return standing(`${before}Resources:\n${table('Table')}Outputs:\n  It:\n    Value: ${value}\n`, options).deployment
    .outputs.It;
}

/** The findings of the same template, without their columns. */
export function wrongValue(value: string, before = '', options: Options = {}): string[] {
  const template = `${before}Resources:\n${table('Table')}Outputs:\n  It:\n    Value: ${value}\n`;
  return findingsOf(template, options).map((finding) => finding.replace(/^\d+:\d+ /, ''));
}
