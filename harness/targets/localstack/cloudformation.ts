/**
 * Creates and removes CloudFormation stacks, and finds out why one could not be created.
 *
 * LocalStack 4.14 keeps a failed stack and does not roll it back, so its creator removes it. Knows nothing of labs.
 */

import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { TargetTrouble } from '../target.ts';
import { pollUntilAnswered } from './waiting.ts';

const EVERY_MS = 150;
/** LocalStack's first table starts a database, which took 15 s on a busy machine. */
const AT_MOST_MS = 120_000;

export interface StackRequest {
  readonly name: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Creates a stack and waits for it. Returns its outputs. */
export async function makeStack(
  client: CloudFormationClient,
  { name, template, parameters }: StackRequest,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  await client.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: template,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: Object.entries(parameters).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
    }),
    { abortSignal: signal },
  );
  const settled = await pollUntilAnswered(() => settledStack(client, name), {
    everyMs: EVERY_MS,
    atMostMs: AT_MOST_MS,
    signal,
  });
  if (settled?.StackStatus === 'CREATE_COMPLETE') {
    return Object.fromEntries((settled.Outputs ?? []).map((out) => [out.OutputKey ?? '', out.OutputValue ?? '']));
  }
  throw new TargetTrouble(
    settled === null
      ? `The stack ${name} was not there after ${AT_MOST_MS / 1_000} s. Look at LocalStack’s log, and try again.`
      : `LocalStack could not make the stack: ${await whyNot(client, name)} The simulator accepts this template, so this may be a limit of LocalStack’s.`,
  );
}

/** The names that CloudFormation assigned, by logical id. */
export async function physicalIds(client: CloudFormationClient, name: string): Promise<ReadonlyMap<string, string>> {
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
  return new Map((StackResources ?? []).map((it) => [it.LogicalResourceId ?? '', it.PhysicalResourceId ?? '']));
}

/** Removes a stack and waits until it is gone. A stack that does not exist counts as removed. */
export async function removeStack(client: CloudFormationClient, name: string): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: name }));
  const gone = await pollUntilAnswered(async () => ((await describe(client, name)) === null ? true : null), {
    everyMs: EVERY_MS,
    atMostMs: AT_MOST_MS,
  });
  if (gone === null) {
    throw new TargetTrouble(
      `The stack ${name} could not be removed: ${await whyNot(client, name)} Restart LocalStack, which forgets it.`,
    );
  }
}

async function settledStack(client: CloudFormationClient, name: string): Promise<Stack | null> {
  const stack = await describe(client, name);
  return stack === null || stack.StackStatus?.endsWith('_IN_PROGRESS') ? null : stack;
}

/** Null if there is no such stack. CloudFormation describes a deleted stack as deleted for a while. */
async function describe(client: CloudFormationClient, name: string): Promise<Stack | null> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const stack = Stacks?.[0];
    return stack === undefined || stack.StackStatus === 'DELETE_COMPLETE' ? null : stack;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return null;
    throw error;
  }
}

/** For example «Bump (AWS::Lambda::Function): Function already exist: bump.» */
async function whyNot(client: CloudFormationClient, name: string): Promise<string> {
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  const failed = (StackEvents ?? []).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
  const cause = failed.find(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack') ?? failed[0];
  if (cause === undefined) return 'it gives no reason.';
  return `${cause.LogicalResourceId} (${cause.ResourceType}): ${cause.ResourceStatusReason ?? 'no reason is given'}.`;
}
