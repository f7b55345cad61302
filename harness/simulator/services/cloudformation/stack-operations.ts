/**
 * The calls that change a stack: CreateStack, UpdateStack, DeleteStack (CF-01 to CF-03, CF-10, CF-11).
 *
 * Each is answered as soon as it is known what there is to do; the stack does it in steps of its own (going-on.ts).
 */

import type { Input } from '../../contract/answer.ts';
import type { Moment } from '../../contract/moment.ts';
import { memberBreaks, Refusal, unmodelled } from '../../contract/refusal.ts';
import { checkMembers } from '../../contract/request.ts';
import { planDeletion, planFor } from './difference.ts';
import { readsStack } from './footprints.ts';
import type { StackServed } from './messages.ts';
import { beginWork, newStack, workFor } from './new-stack.ts';
import { noUpdates, stackExists, stackInvalid } from './refusal.ts';
import {
  capabilitiesIn,
  MEMBERS_OF_STACKS,
  parametersIn,
  refuseFlags,
  stackMeant,
  stackNameIn,
  templateIn,
} from './request.ts';
import { checkCapabilities, resolvedAs } from './resolved-template.ts';
import { stackArn } from './scope.ts';
import { type CloudFormationState, stackNamed } from './state.ts';

const GIVEN = ['StackName', 'TemplateBody', 'TemplateURL', 'Parameters', 'Capabilities', 'RoleARN', 'DisableRollback'];
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const STACK_NAME_RULE = 'satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*';
const NO_ROLLBACK = { DisableRollback: 'a failed operation is rolled back here' };

/** CF-10. The roles of stacks are not enforced. */
export function createStack(state: CloudFormationState, input: Input, moment: Moment): StackServed {
  checkMembers('CreateStack', input, [...GIVEN, 'OnFailure', 'EnableTerminationProtection']);
  refuseFlags('CreateStack', input, { ...NO_ROLLBACK, EnableTerminationProtection: 'any stack can be deleted here' });
  const onFailure = MEMBERS_OF_STACKS.oneOf(input, 'OnFailure', ['ROLLBACK', 'DELETE', 'DO_NOTHING']) ?? 'ROLLBACK';
  if (onFailure !== 'ROLLBACK') throw unmodelled(`OnFailure ${onFailure} in CreateStack`);
  const name = MEMBERS_OF_STACKS.text(input, 'StackName');
  if (!STACK_NAME.test(name)) throw stackInvalid(memberBreaks(`'${name}'`, 'stackName', STACK_NAME_RULE));
  if (stackNamed(state, name) !== undefined) throw stackExists(name);
  const text = templateIn(input, null);
  const parameters = parametersIn(input, text, null);
  const before = [...state.stacks.values()].filter((stack) => stack.name === name).length;
  const id = stackArn(state, name, before);
  const template = resolvedAs(state, { text, name, id, parameters, stack: null }, moment);
  const capabilities = checkCapabilities(template, capabilitiesIn(input));
  const planned = planFor({ state, stack: null, types: moment.resourceTypes, resources: template.resources });
  if (!planned.ok) throw new Refusal(planned.answer);
  const { nowMs } = moment;
  const to = { text, parameters, outputs: template.outputs, capabilities };
  const stack = newStack({ name, id, createdAtMs: nowMs, template: { ...to, outputs: {} } });
  stack.work = { ...workFor('create', to, template.resources), ...planned.plan };
  state.stacks.set(id, stack);
  return beginWork(stack, 'CREATE_IN_PROGRESS', nowMs);
}

/** CF-01 to CF-04. */
export function updateStack(state: CloudFormationState, input: Input, moment: Moment): StackServed {
  checkMembers('UpdateStack', input, [...GIVEN, 'UsePreviousTemplate']);
  refuseFlags('UpdateStack', input, NO_ROLLBACK);
  const { asked, stack } = stackMeant(state, input);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') throw stackInvalid(`Stack [${asked}] does not exist`);
  if (!UPDATABLE.includes(stack.status))
    throw stackInvalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  const text = templateIn(input, stack.template.text);
  const parameters = parametersIn(input, text, stack.template.parameters);
  const template = resolvedAs(state, { text, name: stack.name, id: stack.id, parameters, stack }, moment);
  const capabilities = checkCapabilities(template, capabilitiesIn(input));
  const planned = planFor({ state, stack, types: moment.resourceTypes, resources: template.resources });
  if (!planned.ok) throw new Refusal(planned.answer);
  const { todo, cleanUp } = planned.plan;
  if (todo.length === 0 && cleanUp.length === 0) throw noUpdates();
  const to = { text, parameters, outputs: template.outputs, capabilities };
  stack.work = { ...workFor('update', to, template.resources), ...planned.plan };
  stack.updatedAtMs = moment.nowMs;
  return beginWork(stack, 'UPDATE_IN_PROGRESS', moment.nowMs);
}

/** CF-01: in these statuses a stack takes an update. */
const UPDATABLE: readonly string[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];

/** CF-11. A stack that is not there is no error. */
export function deleteStack(state: CloudFormationState, input: Input, moment: Moment): StackServed {
  checkMembers('DeleteStack', input, ['StackName', 'RoleARN']);
  const { stack } = stackMeant(state, input);
  const isGone = stack === undefined || ['DELETE_COMPLETE', 'DELETE_IN_PROGRESS'].includes(stack.status);
  if (isGone) return { answer: { ok: true, output: {} }, effects: [], footprint: readsStack(stackNameIn(input)) };
  if (stack.work !== null) throw stackInvalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  if (stack.status === 'UPDATE_ROLLBACK_FAILED') throw unmodelled('DeleteStack of a stack in UPDATE_ROLLBACK_FAILED');
  const todo = planDeletion(state, stack, moment.resourceTypes);
  stack.work = { ...workFor('delete', stack.template, []), todo };
  return { ...beginWork(stack, 'DELETE_IN_PROGRESS', moment.nowMs), answer: { ok: true, output: {} } };
}
