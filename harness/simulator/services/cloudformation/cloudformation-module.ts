/**
 * CloudFormation as a service: stacks that are updated, created and deleted while they run. The only entry point of this folder for a run.
 *
 * How a template is deployed before a run stands in cloudformation.ts. Change sets, stack policies, imports, drift and nested stacks are
 * refused by name.
 */

import { type Input, notSimulated } from '../../contract/answer.ts';
import { answeredAtOnce } from '../../contract/effect.ts';
import { NO_FOOTPRINT } from '../../contract/footprint.ts';
import type { Moment } from '../../contract/moment.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { ServiceCall, ServiceModule } from '../../contract/service-module.ts';
import {
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  getTemplate,
  listStackResources,
} from './describe.ts';
import { EVERY_STACK } from './footprints.ts';
import { callAnswered, goOn } from './going-on.ts';
import type { StackMessage, StackServed } from './messages.ts';
import { showStacks } from './shown.ts';
import { createStack, deleteStack, updateStack } from './stack-operations.ts';
import { type CloudFormationState, cloneCloudFormation, newCloudFormation } from './state.ts';
import type { StackEvent } from './trace-events.ts';
import { CLOUDFORMATION_TROUBLE } from './trouble.ts';

export const CLOUDFORMATION: ServiceModule<CloudFormationState, StackMessage, StackEvent> = {
  name: 'cloudformation',
  service: 'CloudFormation',
  client: {
    package: '@aws-sdk/client-cloudformation',
    namespace: 'com.amazonaws.cloudformation',
    endpointPrefix: 'cloudformation',
    protocol: {
      kind: 'awsQuery',
      version: '2010-05-15',
      xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    },
  },
  arns: ['cloudformation:stack'],
  resourceTypes: [],
  faults: [],
  trouble: CLOUDFORMATION_TROUBLE,
  // A policy: no figure is published.
  latency: () => ({ fromMs: 100, toMs: 500 }),
  create: newCloudFormation,
  copy: cloneCloudFormation,
  call: serve,
  on: (state, { stack }, { nowMs }) => goOn(state, stack, nowMs),
  answered: (state, call, answer, { nowMs }) => callAnswered(state, call, answer, nowMs),
  shown: showStacks,
};

type StackOperation = (state: CloudFormationState, input: Input, moment: Moment) => StackServed;

/** An operation that is missing from this table is refused by name. */
const STACK_OPERATIONS: ReadonlyMap<string, StackOperation> = new Map<string, StackOperation>([
  ['CreateStack', createStack],
  ['DeleteStack', deleteStack],
  ['DescribeStackEvents', describeStackEvents],
  ['DescribeStackResource', describeStackResource],
  ['DescribeStackResources', describeStackResources],
  ['DescribeStacks', describeStacks],
  ['GetTemplate', getTemplate],
  ['ListStackResources', listStackResources],
  ['UpdateStack', updateStack],
]);

function serve(state: CloudFormationState, { operation, input }: ServiceCall, moment: Moment): StackServed {
  const apply = STACK_OPERATIONS.get(operation);
  if (apply === undefined) return answeredAtOnce(notSimulated(`CloudFormation ${operation}`), NO_FOOTPRINT);
  try {
    return apply(state, input, moment);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return answeredAtOnce(problem.answer, { reads: [EVERY_STACK], writes: [] });
  }
}
