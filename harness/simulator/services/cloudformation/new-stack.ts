/**
 * How a stack, and an operation on one, begins: what each is at first. And the stacks that were deployed before the run.
 */

import { ok } from '../../contract/answer.ts';
import { joined } from '../../contract/footprint.ts';
import { codeOf, resourceVersionOf } from './difference.ts';
import { EVERY_STACK, writesStack } from './footprints.ts';
import { goesOn } from './going-on.ts';
import type { StackServed } from './messages.ts';
import type { ResolvedResource, ResolvedTemplate } from './read-template.ts';
import { neededCapabilities } from './resolved-template.ts';
import { stackArn } from './scope.ts';
import type { CloudFormationState, StackState, StackStatus, StackTemplate, StackWork } from './state.ts';
import { changeResource, changeStack } from './told.ts';

/** CF-09: the first event of an operation that someone has asked for. */
const USER_INITIATED = 'User Initiated';

export function newStack(given: Pick<StackState, 'name' | 'id' | 'template' | 'createdAtMs'>): StackState {
  return {
    ...given,
    ...{ status: 'CREATE_IN_PROGRESS', reason: null, updatedAtMs: null, deletedAtMs: null, order: [] },
    ...{ resources: new Map(), events: [], work: null, calls: 0 },
  };
}

/** An operation that has nothing to do yet. */
export function workFor(kind: StackWork['kind'], to: StackTemplate, resources: readonly ResolvedResource[]): StackWork {
  return {
    ...{ kind, phase: 'forward', todo: [], hasBegun: false, made: 0, tried: [], cleanUp: [], failed: [], to },
    ...{ unchanged: [], order: resources.map(({ logicalId }) => logicalId) },
  };
}

/** The operation begins: the call is answered, and the stack goes on by itself. */
export function beginWork(stack: StackState, status: StackStatus, nowMs: number): StackServed {
  const told = changeStack(stack, status, nowMs, USER_INITIATED);
  return {
    answer: ok({ StackId: stack.id }),
    effects: [told, goesOn(stack, nowMs)],
    // What the stack is to make is compared with what others have.
    footprint: joined(writesStack(stack.name), { reads: [EVERY_STACK], writes: [] }),
  };
}

/** A stack that was deployed before the run. */
export interface FoundedStack {
  readonly name: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly template: ResolvedTemplate;
}

/** Remembers a stack that was deployed before the run, and that its code is bundled. */
export function foundStack(state: CloudFormationState, { name, text, parameters, template }: FoundedStack): void {
  const { outputs, resources } = template;
  const capabilities = neededCapabilities(template);
  const own = { text, parameters, outputs, capabilities };
  const stack = newStack({ name, id: stackArn(state, name), createdAtMs: 0, template: own });
  stack.order = resources.map(({ logicalId }) => logicalId);
  changeStack(stack, 'CREATE_IN_PROGRESS', 0, USER_INITIATED);
  for (const resource of resources) standsFromTheStart(state, stack, resource);
  changeStack(stack, 'CREATE_COMPLETE', 0);
  state.stacks.set(stack.id, stack);
  for (const resource of resources) {
    const code = codeOf(resource);
    if (code !== null) state.bundled.add(code);
  }
}

function standsFromTheStart(state: CloudFormationState, stack: StackState, resource: ResolvedResource): void {
  const version = resourceVersionOf(resource);
  changeResource(stack, version, 'CREATE_IN_PROGRESS', 0, { physicalId: '' });
  changeResource(stack, version, 'CREATE_IN_PROGRESS', 0, { reason: 'Resource creation Initiated' });
  changeResource(stack, version, 'CREATE_COMPLETE', 0);
  state.everMade.add(version.physicalId);
  if (!version.isNamed) state.made.set(`${stack.name}/${version.logicalId}`, 1);
}
