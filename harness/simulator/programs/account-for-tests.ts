/**
 * The account that a program for tests runs in: a table, its functions, its queues, a mapping, a downstream.
 *
 * It is deployed from a template like every other account.
 */

import type { AccountSettings } from '../contract/account-settings.ts';
import type { Downstream } from '../contract/downstream.ts';
import type { Account } from '../world/account.ts';
import { deployAccount } from '../world/deploy.ts';
import { DOWNSTREAM_NAME, FIFO_SUFFIX, functionName, QUEUES, TABLE } from './names-for-tests.ts';
import type { MappingOfProgram, Program } from './program-for-tests.ts';

export const EPOCH_MS = 1_767_600_000_000;
const FUNCTION_TIMEOUT_S = 3;
const VISIBILITY_TIMEOUT_S = 30;

/** The settings of an account that a test may choose. */
export type AccountChoice = Partial<Pick<AccountSettings, 'accountConcurrency' | 'unreservedFloor' | 'isTimed'>>;

/** Deploys the resources that a program needs. */
export function accountFor(program: Program, choice: AccountChoice = {}): Account {
  const deployed = deployAccount({
    template: JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resourcesFor(program) }),
    fileName: 'template.json',
    stackName: 'program',
    parameters: {},
    accountConcurrency: 1_000,
    isTimed: false,
    epochMs: EPOCH_MS,
    downstreams: [downstreamFor(program)],
    ...choice,
  });
  if (!deployed.ok) throw new Error(deployed.findings.map(({ message }) => message).join('; '));
  return deployed.account;
}

type Resources = Record<string, unknown>;

function resourcesFor(program: Program): Resources {
  return { ...tableAndQueues(program), ...functionsOf(program), ...mappingOf(program) };
}

function tableAndQueues({ mapping }: Program): Resources {
  const resources: Resources = {
    Items: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
  };
  for (const name of QUEUES) {
    const dead = { 'Fn::GetAtt': ['dead', 'Arn'] };
    const redrive =
      name === 'input' && mapping !== null
        ? { RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: mapping.maxReceiveCount } }
        : {};
    const Properties = { QueueName: name, VisibilityTimeout: VISIBILITY_TIMEOUT_S, ...redrive };
    resources[name] = { Type: 'AWS::SQS::Queue', Properties };
  }
  return mapping?.isFifo ? { ...resources, ...fifoQueues(mapping) } : resources;
}

function fifoQueues({ maxReceiveCount }: MappingOfProgram): Resources {
  const fifo = (name: string, more: Resources): Resources => {
    const fixed = { QueueName: `${name}${FIFO_SUFFIX}`, FifoQueue: true, VisibilityTimeout: VISIBILITY_TIMEOUT_S };
    return { Type: 'AWS::SQS::Queue', Properties: { ...fixed, ContentBasedDeduplication: true, ...more } };
  };
  const deadLetterTargetArn = { 'Fn::GetAtt': ['deadFifo', 'Arn'] };
  return {
    deadFifo: fifo('dead', {}),
    inputFifo: fifo('input', { RedrivePolicy: { deadLetterTargetArn, maxReceiveCount } }),
  };
}

function functionsOf({ functions }: Program): Resources {
  const resources: Resources = {};
  for (const [place, { reserved, retries, ageS }] of functions.entries()) {
    const name = functionName(place);
    resources[name] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: `${name}.handler`,
        Code: 'src/',
        Role: 'arn:aws:iam::123456789012:role/any',
        Timeout: FUNCTION_TIMEOUT_S,
        ...(reserved === null ? {} : { ReservedConcurrentExecutions: reserved }),
      },
    };
    resources[`${name}Events`] = {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: name },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: retries,
        ...(ageS === null ? {} : { MaximumEventAgeInSeconds: ageS }),
      },
    };
  }
  return resources;
}

function mappingOf({ mapping }: Program): Resources {
  if (mapping === null) return {};
  const { to, batchSize, windowS, maximumConcurrency, isFifo } = mapping;
  const Properties = {
    EventSourceArn: { 'Fn::GetAtt': [isFifo ? 'inputFifo' : 'input', 'Arn'] },
    FunctionName: { Ref: functionName(to) },
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowS,
    ...(maximumConcurrency === null ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
  };
  return { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties } };
}

/** A downstream that answers, after its service time, how many requests came before. */
export function downstreamFor({ serviceTimeMs }: Program): Downstream {
  const count = (ledger: Readonly<Record<string, unknown>>, what: string): number => Number(ledger[what] ?? 0);
  return {
    name: DOWNSTREAM_NAME,
    functionNameParameter: 'LegacyFunctionName',
    serviceTimeMs,
    refusal: { n: -7 },
    ledger: {},
    enter(ledger) {
      const entered = count(ledger, 'entered') + 1;
      const next = { ...ledger, entered };
      return serviceTimeMs === 0
        ? { ledger: next, answer: { n: entered } }
        : { ledger: next, pending: String(entered) };
    },
    leave(ledger, pending) {
      const left = count(ledger, 'left') + 1;
      return { ledger: { ...ledger, left }, answer: { n: Number(pending) * 10 + left } };
    },
  };
}
