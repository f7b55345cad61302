/**
 * A simulated AWS account with a stack in it: what every run of a scenario begins with.
 *
 * Deploying happens once; each run works on a cheap copy. Holds state, runs nothing.
 */

import { unreachable } from '../kernel/bug.ts';
import { type Deployment, deploy, type TemplateFinding } from '../services/cloudformation/cloudformation.ts';
import { applyDynamoDB, cloneDynamoDB, type DynamoDBState, newDynamoDB } from '../services/dynamodb/dynamodb.ts';
import {
  cloneMappings,
  type MappingsState,
  newMappings,
} from '../services/event-source-mapping/event-source-mapping.ts';
import { handleLambda } from '../services/lambda/lambda.ts';
import { cloneLambda, type LambdaState, newLambda } from '../services/lambda/state.ts';
import { type AwsAnswer, type AwsCall, fail } from '../services/service.ts';
import { cloneSqs, handleSqs, newSqs, queueByArn, type SqsState, watchQueue } from '../services/sqs/sqs.ts';
import { serveMappingCall } from './mapping-calls.ts';

export interface Account {
  readonly dynamodb: DynamoDBState;
  readonly lambda: LambdaState;
  readonly sqs: SqsState;
  readonly mappings: MappingsState;
}

export interface DeployRequest {
  readonly template: string;
  readonly fileName: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly accountConcurrency: number;
  /** Rate and scaling limits measure elapsed time; only timed runs have it. */
  readonly timed: boolean;
  /** The wall-clock instant that virtual time 0 stands for. */
  readonly epochMs: number;
}

export type DeployedAccount =
  | { readonly ok: true; readonly account: Account; readonly deployment: Deployment }
  | { readonly ok: false; readonly findings: readonly TemplateFinding[] };

/** The account and Region that every simulated stack lives in: the documentation's example account. */
export const REGION = 'us-east-1';
export const ACCOUNT_ID = '123456789012';

/** Deploys a template into an empty account. */
export function deployAccount(request: DeployRequest): DeployedAccount {
  const account: Account = {
    dynamodb: newDynamoDB(),
    lambda: newLambda({
      accountConcurrency: request.accountConcurrency,
      rates: request.timed ? 'enforced' : 'not-enforced',
      region: REGION,
      accountId: ACCOUNT_ID,
      epochMs: request.epochMs,
    }),
    sqs: newSqs({ region: REGION, accountId: ACCOUNT_ID }),
    mappings: newMappings({
      scaling: request.timed ? 'enforced' : 'not-enforced',
      region: REGION,
      accountId: ACCOUNT_ID,
    }),
  };
  const deployed = deploy({
    template: request.template,
    fileName: request.fileName,
    stackName: request.stackName,
    parameters: { ...request.parameters },
    region: REGION,
    accountId: ACCOUNT_ID,
    apply: (call) => applySettingsCall(account, call, request.epochMs),
  });
  if (!deployed.ok) return deployed;
  for (const { logicalId, functionName } of deployed.deployment.functions) {
    const generated = functionName.startsWith(`${request.stackName}-${logicalId}-`);
    account.lambda.displayNames.set(functionName, generated ? logicalId : functionName);
  }
  for (const { logicalId, type, attributes } of deployed.deployment.resources) {
    const name = attributes.QueueName;
    if (type !== 'AWS::SQS::Queue' || name === undefined) continue;
    const generated = name.startsWith(`${request.stackName}-${logicalId}-`);
    account.sqs.displayNames.set(name, generated ? logicalId : name);
  }
  return { ok: true, account, deployment: deployed.deployment };
}

/** A copy for one run. */
export function cloneAccount(account: Account): Account {
  return {
    dynamodb: cloneDynamoDB(account.dynamodb),
    lambda: cloneLambda(account.lambda),
    sqs: cloneSqs(account.sqs),
    mappings: cloneMappings(account.mappings),
  };
}

/** Calls that a deployment makes: they answer at once and start nothing. */
function applySettingsCall(account: Account, call: AwsCall, epochMs: number): AwsAnswer {
  switch (call.service) {
    case 'DynamoDB':
      return applyDynamoDB(account.dynamodb, call.operation, call.input, { nowMs: 0, epochMs }).answer;
    case 'Lambda': {
      const deploying = { id: 'deploy', operation: call.operation, input: call.input };
      const mapping = deployMapping(account, deploying, epochMs);
      if (mapping !== null) return mapping;
      const { effects } = handleLambda(account.lambda, { ...deploying, kind: 'call', call: 'deploy' }, 0);
      const reply = effects.find((effect) => effect.kind === 'reply');
      return reply?.answer ?? fail('InternalFailure', `${call.operation} did not answer`, 500);
    }
    case 'SQS': {
      const message = {
        kind: 'call',
        call: 'deploy',
        by: 'deploy',
        operation: call.operation,
        input: call.input,
      } as const;
      const { effects } = handleSqs(account.sqs, message, { nowMs: 0, epochMs });
      const reply = effects.find((effect) => effect.kind === 'reply');
      return reply?.answer ?? fail('InternalFailure', `${call.operation} did not answer`, 500);
    }
    case 'CloudFormation':
      return fail('ValidationError', 'A template cannot deploy another stack here.', 400);
    default:
      return unreachable(call.service, 'service of a deployment call');
  }
}

/** A mapping watches its queue from the first moment on; nothing is in the queue yet. */
function deployMapping(
  account: Account,
  call: { readonly id: string; readonly operation: string; readonly input: Readonly<Record<string, unknown>> },
  epochMs: number,
): AwsAnswer | null {
  const served = serveMappingCall(account, call, 0);
  if (served === null) return null;
  for (const effect of served.effects) {
    if (effect.kind !== 'watch') continue;
    const queue = queueByArn(account.sqs, effect.queueArn);
    if (queue !== undefined) watchQueue(account.sqs, queue.name, effect.watched, { nowMs: 0, epochMs });
  }
  const reply = served.effects.find((effect) => effect.kind === 'reply');
  return reply?.answer ?? fail('InternalFailure', `${call.operation} did not answer`, 500);
}
