/**
 * What a phase of an operation on a stack leads to, when it has done all and when it has failed (CF-05, CF-06, CF-08, CF-10,
 * CF-11, UV-78).
 */

import { invariant, unreachable } from '../../kernel/bug.ts';
import type { StackEffect } from './messages.ts';
import type { StackState, StackStatus, StackTask, StackWork, TriedTask } from './state.ts';
import { changeStack } from './told.ts';

/** Nothing of the phase is left: the next one begins, or the operation is over. */
export function endPhase(stack: StackState, nowMs: number): readonly StackEffect[] {
  const { work } = stack;
  invariant(work !== null, `the stack «${stack.name}» has nothing to do`);
  switch (work.phase) {
    case 'forward':
      return endForward(stack, work, nowMs);
    case 'clean-up':
      return over(stack, nowMs, 'UPDATE_COMPLETE', work.failed.length === 0 ? null : LEFT_BEHIND);
    case 'rollback':
      stack.work = { ...work, phase: 'rollback-clean-up', todo: deletesOf(work) };
      return [changeStack(stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', nowMs)];
    case 'rollback-clean-up':
      if (work.kind === 'update') return over(stack, nowMs, 'UPDATE_ROLLBACK_COMPLETE', null);
      return work.failed.length > 0
        ? over(stack, nowMs, 'ROLLBACK_FAILED', failedTo('delete', work.failed))
        : over(stack, nowMs, 'ROLLBACK_COMPLETE', null);
    default:
      return unreachable(work.phase, 'phase of a stack');
  }
}

/** CF-06. */
const LEFT_BEHIND = 'Update successful. One or more resources could not be deleted.';

function endForward(stack: StackState, work: StackWork, nowMs: number): readonly StackEffect[] {
  if (work.kind === 'delete') {
    if (work.failed.length > 0) return over(stack, nowMs, 'DELETE_FAILED', failedTo('delete', work.failed));
    stack.deletedAtMs = nowMs;
    return over(stack, nowMs, 'DELETE_COMPLETE', null);
  }
  settle(stack, work);
  if (work.kind === 'create') return over(stack, nowMs, 'CREATE_COMPLETE', null);
  stack.work = { ...work, phase: 'clean-up', todo: work.cleanUp, failed: [] };
  return [changeStack(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', nowMs)];
}

/** The stack has its new template from now on. */
function settle(stack: StackState, { to, order, unchanged }: StackWork): void {
  stack.template = to;
  stack.order = order;
  for (const version of unchanged) {
    const known = stack.resources.get(version.logicalId);
    if (known !== undefined) stack.resources.set(version.logicalId, { ...known, version });
  }
}

function over(stack: StackState, nowMs: number, status: StackStatus, reason: string | null): readonly StackEffect[] {
  stack.work = null;
  return [changeStack(stack, status, nowMs, reason)];
}

/** A task has failed. Clean-ups go on with the next one; every other phase ends here. */
export function failPhase(stack: StackState, task: StackTask, nowMs: number): readonly StackEffect[] {
  const { work } = stack;
  invariant(work !== null, `the stack «${stack.name}» has nothing to do`);
  switch (work.phase) {
    case 'clean-up':
    case 'rollback-clean-up':
      return [];
    case 'rollback':
      return over(stack, nowMs, 'UPDATE_ROLLBACK_FAILED', failedTo('update', work.failed));
    case 'forward':
      return failForward(stack, work, task, nowMs);
    default:
      return unreachable(work.phase, 'phase of a stack');
  }
}

function failForward(stack: StackState, work: StackWork, { does }: StackTask, nowMs: number): readonly StackEffect[] {
  // UV-76: what a resource needs was made before it, so nothing else is deleted before one that could not be.
  if (work.kind === 'delete') {
    stack.work = { ...work, todo: [] };
    return [];
  }
  const what = failedTo(does === 'create' ? 'create' : 'update', work.failed);
  if (work.kind === 'create') {
    stack.work = { ...work, phase: 'rollback-clean-up', todo: deletesOf(work), failed: [] };
    return [changeStack(stack, 'ROLLBACK_IN_PROGRESS', nowMs, `${what}Rollback requested by user.`)];
  }
  stack.work = { ...work, phase: 'rollback', todo: restoresOf(stack, work), failed: [] };
  return [changeStack(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', nowMs, what)];
}

function failedTo(what: 'create' | 'update' | 'delete', logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${what}: [${logicalIds.join(', ')}]. `;
}

/** UV-78: the stack is updated back to the template before, in that template's order. */
function restoresOf({ order }: StackState, { tried }: StackWork): readonly StackTask[] {
  const byId = new Map(tried.map((one) => [one.task.logicalId, one]));
  return order.flatMap((logicalId) => {
    const one = byId.get(logicalId);
    return one === undefined || one.task.before === null ? [] : [restoreOf(one)];
  });
}

/** A changed resource is changed back. A replaced one still has its old half, so nothing is called for it. */
function restoreOf({ task, made }: TriedTask): StackTask {
  const calls = task.does === 'update' && made > 0 ? task.undo : [];
  return { ...task, does: 'update', before: task.after, after: task.before, calls, undo: [], refusal: null };
}

/** What was made is deleted, the last made first, unless its policy keeps it (CF-08). */
function deletesOf({ tried }: StackWork): readonly StackTask[] {
  return tried
    .filter(({ task, made, isDone }) => task.does === 'create' || (task.does === 'replace' && (isDone || made > 0)))
    .reverse()
    .map(({ task, made, isDone }) => {
      const isKept = (isDone || made > 0) && task.after?.policies.onDelete === 'Retain';
      const calls = made > 0 && !isKept ? task.undo : [];
      return { ...task, does: 'delete', before: task.after, after: null, calls, undo: [], refusal: null, isKept };
    });
}
