/**
 * How an operation on a stack goes on: one call after another, each a step of its own, until nothing of its last phase is left
 * (CF-05, CF-06, UV-76).
 *
 * What a phase leads to is in phases.ts. This file makes the calls of tasks and tells what becomes of each resource.
 */

import type { AwsAnswer } from '../../contract/answer.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import { invariant } from '../../kernel/bug.ts';
import { writesStack } from './footprints.ts';
import type { StackEffect, StackStep } from './messages.ts';
import { endPhase, failPhase } from './phases.ts';
import { type CloudFormationState, type StackState, type StackTask, type StackWork, stackActor } from './state.ts';
import { changeResource } from './told.ts';

/** How long the step from one call to the next takes in a timed run. A policy: no figure is published. */
const BETWEEN_CALLS = { fromMs: 1_000, toMs: 5_000 };

/** The timer with which a stack goes on. */
export function goesOn({ name, id }: StackState, nowMs: number): StackEffect {
  return {
    ...{ kind: 'timer', of: `cloudformation/${name}`, as: 'step', atMs: nowMs, wait: BETWEEN_CALLS },
    ...{ message: { kind: 'go-on', stack: id }, label: `the stack ${name} goes on` },
  };
}

/** One step: the next call, or the end of a phase. */
export function goOn(state: CloudFormationState, id: string, nowMs: number): StackStep {
  const stack = stackOf(state, id);
  const effects: StackEffect[] = [];
  for (;;) {
    const work = workOf(stack);
    const [task] = work.todo;
    if (task === undefined) {
      effects.push(...endPhase(stack, nowMs));
      break;
    }
    if (!work.hasBegun) effects.push(...begin(state, stack, task, nowMs));
    const call = task.calls[work.made];
    if (task.refusal === null && call !== undefined) {
      stack.calls += 1;
      const as = `${stack.id}#${stack.calls}`;
      effects.push({ kind: 'call', by: stackActor(stack), call: call.call, as });
      // The answer says how the stack goes on.
      return { effects, footprint: writesStack(stack.name) };
    }
    if (task.refusal !== null) {
      effects.push(...fails(stack, task, task.refusal, nowMs));
      break;
    }
    effects.push(...succeeds(state, stack, task, nowMs));
  }
  if (stack.work !== null) effects.push(goesOn(stack, nowMs));
  return { effects, footprint: writesStack(stack.name) };
}

/** The answer to a call of a stack. */
export function callAnswered(state: CloudFormationState, name: string, answer: AwsAnswer, nowMs: number): StackStep {
  const stack = stackOf(state, name.slice(0, name.indexOf('#')));
  const work = workOf(stack);
  const [task] = work.todo;
  invariant(task !== undefined, `the stack «${stack.name}» has made a call of no task`);
  const planned = task.calls[work.made];
  invariant(planned !== undefined, `the stack «${stack.name}» has made a call that it had not planned`);
  const isDone = answer.ok || (planned.forgives ?? []).includes(answer.error.code);
  const effects: StackEffect[] = [];
  if (isDone) {
    const made = work.made + 1;
    stack.work = { ...work, made };
    if (made === 1) effects.push(...initiated(state, stack, task, nowMs));
    if (made === task.calls.length) effects.push(...succeeds(state, stack, task, nowMs));
  } else {
    const words = reasonOf(answer.error, planned.call.service, `${stack.id} ${stack.calls}`);
    effects.push(...fails(stack, task, words, nowMs));
  }
  if (stack.work !== null) effects.push(goesOn(stack, nowMs));
  return { effects, footprint: writesStack(stack.name) };
}

function stackOf({ stacks }: CloudFormationState, id: string): StackState {
  const stack = stacks.get(id);
  invariant(stack !== undefined, `no stack «${id}»`);
  return stack;
}

function workOf({ name, work }: StackState): StackWork {
  invariant(work !== null, `the stack «${name}» has nothing to do`);
  return work;
}

/** CF-09. */
const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.';
const INITIATED = 'Resource creation Initiated';

function begin(state: CloudFormationState, stack: StackState, task: StackTask, nowMs: number): readonly StackEffect[] {
  stack.work = { ...workOf(stack), hasBegun: true };
  const { does, before, after } = task;
  if (after !== null && does !== 'update') countMade(state, stack, task);
  if (after === null) {
    invariant(before !== null, 'a task neither makes nor deletes');
    return task.isKept ? [] : [changeResource(stack, before, 'DELETE_IN_PROGRESS', nowMs)];
  }
  if (does === 'create') return [changeResource(stack, after, 'CREATE_IN_PROGRESS', nowMs, { physicalId: '' })];
  const physicalId = before?.physicalId ?? after.physicalId;
  if (does === 'replace')
    return [changeResource(stack, after, 'UPDATE_IN_PROGRESS', nowMs, { reason: REPLACES, physicalId })];
  return [changeResource(stack, after, 'UPDATE_IN_PROGRESS', nowMs)];
}

/** The next resource of this logical id gets another name. */
function countMade(state: CloudFormationState, stack: StackState, { logicalId, after }: StackTask): void {
  const key = `${stack.name}/${logicalId}`;
  if (after?.isNamed !== true) state.made.set(key, (state.made.get(key) ?? 0) + 1);
}

/** The first call of a task that makes a resource: from now on it has its physical id. */
function initiated(
  state: CloudFormationState,
  stack: StackState,
  { does, after }: StackTask,
  nowMs: number,
): readonly StackEffect[] {
  if (after === null || does === 'update') return [];
  state.everMade.add(after.physicalId);
  const status = does === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  return [changeResource(stack, after, status, nowMs, { reason: INITIATED })];
}

function succeeds(
  state: CloudFormationState,
  stack: StackState,
  task: StackTask,
  nowMs: number,
): readonly StackEffect[] {
  const { does, before, after, calls } = task;
  const work = workOf(stack);
  const tried = work.phase === 'forward' ? [...work.tried, { task, made: calls.length, isDone: true }] : work.tried;
  stack.work = { ...work, todo: work.todo.slice(1), hasBegun: false, made: 0, tried };
  if (after !== null) {
    const first = calls.length === 0 ? initiated(state, stack, task, nowMs) : [];
    return [...first, changeResource(stack, after, does === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE', nowMs)];
  }
  invariant(before !== null, 'a task neither makes nor deletes');
  const status = task.isKept ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
  const told = changeResource(stack, before, status, nowMs);
  if (stack.resources.get(task.logicalId)?.version === before && work.kind !== 'delete')
    stack.resources.delete(task.logicalId);
  return [told];
}

function fails(stack: StackState, task: StackTask, reason: string, nowMs: number): readonly StackEffect[] {
  const { does, logicalId, before, after } = task;
  const work = workOf(stack);
  const tried = work.phase === 'forward' ? [...work.tried, { task, made: work.made, isDone: false }] : work.tried;
  const failed = [...work.failed, logicalId];
  stack.work = { ...work, todo: work.todo.slice(1), hasBegun: false, made: 0, tried, failed };
  const version = after ?? before;
  invariant(version !== null, 'a task neither makes nor deletes');
  const status = after === null ? 'DELETE_FAILED' : does === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
  const hasPhysicalId = does !== 'create' || work.made > 0;
  const physicalId = hasPhysicalId ? (work.made > 0 ? version : (before ?? version)).physicalId : '';
  return [changeResource(stack, version, status, nowMs, { reason, physicalId }), ...failPhase(stack, task, nowMs)];
}

/** CF-09: what a service has refused, as CloudFormation passes it on. */
function reasonOf(
  { code, message, status }: { readonly code: string; readonly message: string; readonly status: number },
  service: string,
  words: string,
): string {
  const [request, token] = ['request', 'token'].map((what) => uuidFrom(`${words} ${what}`));
  const passedOn = `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${request})`;
  return `Resource handler returned message: "${passedOn}" (RequestToken: ${token}, HandlerErrorCode: ${handlerCode(code, status)})`;
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
function handlerCode(code: string, status: number): string {
  if (/NotFound|DoesNotExist|NonExistent/.test(code)) return 'NotFound';
  if (/AlreadyExists|Conflict|InUse/.test(code)) return 'AlreadyExists';
  if (/LimitExceeded/.test(code)) return 'ServiceLimitExceeded';
  return status >= 500 ? 'ServiceInternalError' : 'InvalidRequest';
}
