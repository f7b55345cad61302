/**
 * What an update has to do: the resources of a new template beside those that stand (CF-02, CF-04, CF-07, CF-08).
 *
 * It compares and plans; nothing is called here. What an update would need and a run does not have is refused by name, with its place.
 */

import { type AwsAnswer, fail, NOT_SIMULATED } from '../../contract/answer.ts';
import { changedProperties, type ResourceType, type ResourceTypes } from '../../contract/resource-type.ts';
import { invariant } from '../../kernel/bug.ts';
import { needsReplacement } from './naming.ts';
import type { ResolvedResource } from './read-template.ts';
import type { CloudFormationState, ResourceVersion, StackResource, StackState, StackTask } from './state.ts';

/** The tasks that lead from what stands to a template. */
export interface StackPlan {
  readonly todo: readonly StackTask[];
  readonly cleanUp: readonly StackTask[];
  readonly unchanged: readonly ResourceVersion[];
}

export type Planning =
  | { readonly ok: true; readonly plan: StackPlan }
  | { readonly ok: false; readonly answer: AwsAnswer & { readonly ok: false } };

/** What planning looks at. `stack`: null if it is new. */
export interface PlanRequest {
  readonly state: CloudFormationState;
  readonly stack: StackState | null;
  readonly types: ResourceTypes;
  readonly resources: readonly ResolvedResource[];
}

/** Plans the way to these resources. */
export function planFor(request: PlanRequest): Planning {
  const { stack, resources } = request;
  const todo: StackTask[] = [];
  const unchanged: ResourceVersion[] = [];
  const otherTypes: string[] = [];
  for (const resource of resources) {
    const before = stack?.resources.get(resource.logicalId)?.version ?? null;
    if (before !== null && before.type !== resource.type) otherTypes.push(resource.logicalId);
    else if (before?.written === resource.written) unchanged.push(resourceVersionOf(resource));
    else {
      const refused = refusalOf(request, before, resource);
      if (refused !== null) return { ok: false, answer: refused };
      todo.push(before === null ? createTask(request, resource) : changeTask(request, before, resource));
    }
  }
  if (otherTypes.length > 0) return { ok: false, answer: typesChange(otherTypes) };
  return { ok: true, plan: { todo, unchanged, cleanUp: cleanUpAfter(request, todo) } };
}

/** The tasks that delete all of a stack, the last made first. */
export function planDeletion(
  state: CloudFormationState,
  stack: StackState,
  types: ResourceTypes,
): readonly StackTask[] {
  return inOrder(stack)
    .reverse()
    .map((version) => deleteTask(state, version, types, version.policies.onDelete !== 'Delete'));
}

/** The resource as the stack remembers it. */
export function resourceVersionOf(resource: ResolvedResource): ResourceVersion {
  const { logicalId, type, name, physicalId, isNamed, policies, properties, written } = resource;
  return { logicalId, type, name, physicalId, isNamed, policies, properties, written };
}

/** What stands, in the order in which it was made. */
function inOrder({ order, resources }: StackState): ResourceVersion[] {
  const known = order.filter((logicalId) => resources.has(logicalId));
  const others = [...resources.keys()].filter((logicalId) => !known.includes(logicalId));
  return [...known, ...others].flatMap((logicalId) => {
    const resource = resources.get(logicalId);
    return resource !== undefined && stands(resource) ? [resource.version] : [];
  });
}

function stands({ status, physicalId }: StackResource): boolean {
  return status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED' && physicalId !== '';
}

function typeOf(types: ResourceTypes, name: string): ResourceType {
  const type = types.get(name);
  invariant(type !== undefined, `a stack has a resource of the unknown type «${name}»`);
  return type;
}

function createTask({ state, types, ...request }: PlanRequest, resource: ResolvedResource): StackTask {
  const { life } = typeOf(types, resource.type);
  const { logicalId, name, properties, calls } = resource;
  const undo = life.deletes(name, properties, state);
  const refusal = nameIsTaken({ state, types, ...request }, resource);
  return {
    does: 'create',
    logicalId,
    before: null,
    after: resourceVersionOf(resource),
    calls,
    undo,
    refusal,
    isKept: false,
  };
}

function changeTask(request: PlanRequest, before: ResourceVersion, resource: ResolvedResource): StackTask {
  const { state, types } = request;
  const type = typeOf(types, resource.type);
  const { logicalId, name, properties: after } = resource;
  if (needsReplacement(type, before.properties, after)) {
    const isSameName = resource.isNamed && name === before.name;
    const refusal = isSameName ? customNamed(name) : nameIsTaken(request, resource);
    return { ...createTask(request, resource), does: 'replace', before, refusal };
  }
  const change = { name, before: before.properties, after };
  const back = { name, before: after, after: before.properties };
  const calls = type.life.updates(change, state);
  const undo = type.life.updates(back, state);
  const version = resourceVersionOf(resource);
  return { does: 'update', logicalId, before, after: version, calls, undo, refusal: null, isKept: false };
}

function deleteTask(
  state: CloudFormationState,
  version: ResourceVersion,
  types: ResourceTypes,
  isKept: boolean,
): StackTask {
  const { logicalId, type, name, properties } = version;
  const calls = isKept ? [] : typeOf(types, type).life.deletes(name, properties, state);
  return { does: 'delete', logicalId, before: version, after: null, calls, undo: [], refusal: null, isKept };
}

/** What leaves the stack, and the old halves of replacements: the last made first. */
function cleanUpAfter({ state, stack, types, resources }: PlanRequest, todo: readonly StackTask[]): StackTask[] {
  if (stack === null) return [];
  const replaced = new Map(todo.flatMap((task) => (task.does === 'replace' ? [[task.logicalId, task.after]] : [])));
  const staying = new Set(resources.map(({ logicalId }) => logicalId));
  return inOrder(stack)
    .reverse()
    .flatMap((version) => {
      const next = replaced.get(version.logicalId);
      if (next !== undefined) return [deleteTask(state, version, types, next?.policies.onReplace === 'Retain')];
      if (staying.has(version.logicalId)) return [];
      return [deleteTask(state, version, types, version.policies.onDelete !== 'Delete')];
    });
}

/** CF-07. */
function customNamed(name: string): string {
  return `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;
}

/** CF-07: a name that a stack has already. */
function nameIsTaken({ state }: PlanRequest, { type, name, isNamed, physicalId }: ResolvedResource): string | null {
  if (!isNamed) return null;
  const holder = [...state.stacks.values()].find(({ resources }) =>
    [...resources.values()].some(
      (one) => stands(one) && one.version.type === type && one.version.physicalId === physicalId,
    ),
  );
  return holder === undefined ? null : `${name} already exists in stack ${holder.id}`;
}

/** CF-04. */
function typesChange(logicalIds: readonly string[]): AwsAnswer & { readonly ok: false } {
  const which = logicalIds.join(', ');
  const message = `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${which}]`;
  return fail('ValidationError', message);
}

/** Why a run can't do this to the resource; null if it can. */
function refusalOf(request: PlanRequest, before: ResourceVersion | null, resource: ResolvedResource) {
  const { state, types } = request;
  const { logicalId, properties, physicalId } = resource;
  const type = typeOf(types, resource.type);
  const isMade = before === null || needsReplacement(type, before.properties, properties);
  if (isMade) {
    const { madeOnce } = type.life;
    if (madeOnce !== undefined && state.everMade.has(physicalId))
      return notInRun(resource, null, `${logicalId} was made in this run before, and can't be made again`, madeOnce);
    const code = codeOf(resource);
    if (code !== null && !state.bundled.has(code))
      return notInRun(resource, 'Code', `The code of ${logicalId} is not bundled`, NOT_BUNDLED);
    return null;
  }
  const refused = changedProperties(before.properties, properties).find(
    (property) => type.life.refusedChanges[property] !== undefined,
  );
  if (refused === undefined) return null;
  const advice = type.life.refusedChanges[refused] ?? '';
  return notInRun(resource, refused, `A change of ${refused} of ${logicalId} is not simulated in a run`, advice);
}

const NOT_BUNDLED =
  'Handlers are bundled before a run begins: use a handler of a function that the stack has then, or add one to the template that the run begins with.';

function notInRun(
  { at, placeOf }: ResolvedResource,
  property: string | null,
  what: string,
  advice: string,
): AwsAnswer & { readonly ok: false } {
  const { line } = property === null ? at : placeOf(property);
  return fail(NOT_SIMULATED, `${what} (line ${line} of the template). ${advice}`, 501);
}

/** The folder and the file of a function's handler; null for what is no function. */
export function codeOf({ type, properties }: Pick<ResolvedResource, 'type' | 'properties'>): string | null {
  if (type !== 'AWS::Lambda::Function') return null;
  const handler = String(properties.Handler);
  return `${String(properties.Code)} ${handler.slice(0, handler.lastIndexOf('.'))}`;
}
