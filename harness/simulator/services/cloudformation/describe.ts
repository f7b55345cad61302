/**
 * The calls that look at stacks: DescribeStacks, DescribeStackEvents, DescribeStackResource, DescribeStackResources,
 * ListStackResources, GetTemplate (CF-09, CF-12). Instants are seconds since 1970, as on the wire.
 */

import { type Input, ok } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { EVERY_STACK, readsStack } from './footprints.ts';
import type { StackServed } from './messages.ts';
import { stackInvalid } from './refusal.ts';
import { MEMBERS_OF_STACKS, stackMeant, stackNameIn, stackTextIn } from './request.ts';
import type { CloudFormationState, StackEventEntry, StackResource, StackState } from './state.ts';
import { templateHead } from './template-head.ts';

function looked(input: Input, output: Input): StackServed {
  return answeredAtOnce(ok(output), readsStack(stackNameIn(input)));
}

export function describeStacks(state: CloudFormationState, input: Input): StackServed {
  checkMembers('DescribeStacks', input, ['StackName']);
  if (stackTextIn(input, 'StackName') === undefined) {
    const standing = [...state.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
    const Stacks = standing.sort((a, b) => (a.name < b.name ? -1 : 1)).map((stack) => toldStack(state, stack));
    return answeredAtOnce(ok({ Stacks }), { reads: [EVERY_STACK], writes: [] });
  }
  return looked(input, { Stacks: [toldStack(state, stackWithId(state, input))] });
}

/** The newest event first. */
export function describeStackEvents(state: CloudFormationState, input: Input): StackServed {
  checkMembers('DescribeStackEvents', input, ['StackName']);
  const { asked, stack } = stackMeant(state, input);
  if (stack === undefined) throw stackInvalid(`Stack [${asked}] does not exist`);
  const StackEvents = stack.events.map((event) => toldEvent(state, stack, event)).reverse();
  return looked(input, { StackEvents });
}

/** CF-12: in the order of their logical ids. */
export function describeStackResources(state: CloudFormationState, input: Input): StackServed {
  checkMembers('DescribeStackResources', input, ['StackName', 'LogicalResourceId', 'PhysicalResourceId']);
  if (isGiven(input.PhysicalResourceId)) throw unmodelled('PhysicalResourceId in DescribeStackResources');
  const stack = stackWithId(state, input);
  const wanted = stackTextIn(input, 'LogicalResourceId');
  const StackResources = resourcesOf(stack)
    .filter(([logicalId]) => wanted === undefined || logicalId === wanted)
    .map(([, resource]) => ({
      ...ofStack(stack),
      ...toldResource(resource),
      Timestamp: seconds(state, resource.updatedAtMs),
    }));
  return looked(input, { StackResources });
}

export function describeStackResource(state: CloudFormationState, input: Input): StackServed {
  checkMembers('DescribeStackResource', input, ['StackName', 'LogicalResourceId']);
  const { asked, stack } = stackMeant(state, input);
  if (stack === undefined) throw stackInvalid(`Stack '${asked}' does not exist`);
  const wanted = MEMBERS_OF_STACKS.text(input, 'LogicalResourceId');
  const resource = stack.resources.get(wanted);
  if (resource === undefined) throw stackInvalid(`Resource ${wanted} does not exist for stack ${stack.name}`);
  const StackResourceDetail = {
    ...ofStack(stack),
    ...toldResource(resource),
    LastUpdatedTimestamp: seconds(state, resource.updatedAtMs),
    Metadata: '{}',
  };
  return looked(input, { StackResourceDetail });
}

export function listStackResources(state: CloudFormationState, input: Input): StackServed {
  checkMembers('ListStackResources', input, ['StackName']);
  const stack = stackWithId(state, input);
  const StackResourceSummaries = resourcesOf(stack).map(([, resource]) => ({
    ...toldResource(resource),
    LastUpdatedTimestamp: seconds(state, resource.updatedAtMs),
  }));
  return looked(input, { StackResourceSummaries });
}

/** Without macros the processed template is the original. */
export function getTemplate(state: CloudFormationState, input: Input): StackServed {
  checkMembers('GetTemplate', input, ['StackName', 'TemplateStage']);
  MEMBERS_OF_STACKS.oneOf(input, 'TemplateStage', ['Original', 'Processed']);
  const { template } = stackWithId(state, input);
  return looked(input, { TemplateBody: template.text, StagesAvailable: ['Original', 'Processed'] });
}

function stackWithId(state: CloudFormationState, input: Input): StackState {
  const { asked, stack } = stackMeant(state, input);
  if (stack === undefined) throw stackInvalid(`Stack with id ${asked} does not exist`);
  return stack;
}

function ofStack({ name, id }: StackState) {
  return { StackName: name, StackId: id };
}

function seconds({ epochMs }: CloudFormationState, atMs: number): number {
  return (epochMs + atMs) / 1_000;
}

function resourcesOf({ resources }: StackState): (readonly [string, StackResource])[] {
  return [...resources].sort(([a], [b]) => (a < b ? -1 : 1));
}

function toldResource({ version, physicalId, status, reason }: StackResource): Input {
  return {
    LogicalResourceId: version.logicalId,
    ...(physicalId === '' ? {} : { PhysicalResourceId: physicalId }),
    ...{ ResourceType: version.type, ResourceStatus: status },
    ...(reason === null ? {} : { ResourceStatusReason: reason }),
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function toldEvent(state: CloudFormationState, stack: StackState, event: StackEventEntry): Input {
  const { id, logicalId, physicalId, type, status, reason, properties, atMs } = event;
  return {
    ...ofStack(stack),
    ...{ EventId: id, LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type },
    ...{ Timestamp: seconds(state, atMs), ResourceStatus: status },
    ...(reason === null ? {} : { ResourceStatusReason: reason }),
    ...(properties === null ? {} : { ResourceProperties: properties }),
  };
}

function toldStack(state: CloudFormationState, stack: StackState): Input {
  const { status, reason, createdAtMs, updatedAtMs, deletedAtMs, template } = stack;
  const { description, parameters } = templateHead(template.text);
  const secrets = new Set(parameters.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  return {
    ...ofStack(stack),
    ...(description === null ? {} : { Description: description }),
    Parameters: Object.entries(template.parameters).map(([name, value]) => ({
      ...{ ParameterKey: name, ParameterValue: secrets.has(name) ? '****' : value },
    })),
    CreationTime: seconds(state, createdAtMs),
    ...(updatedAtMs === null ? {} : { LastUpdatedTime: seconds(state, updatedAtMs) }),
    ...(deletedAtMs === null ? {} : { DeletionTime: seconds(state, deletedAtMs) }),
    ...{ RollbackConfiguration: {}, StackStatus: status, DisableRollback: false, NotificationARNs: [] },
    ...(reason === null ? {} : { StackStatusReason: reason }),
    Capabilities: template.capabilities,
    Outputs: Object.entries(template.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    ...{ Tags: [], EnableTerminationProtection: false, DriftInformation: { StackDriftStatus: 'NOT_CHECKED' } },
  };
}
