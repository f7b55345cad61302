/**
 * The state of CloudFormation: the stacks of the account, what each has made, and the operation that is under way.
 *
 * Plain data. What never changes once it is made (versions, tasks, events) is shared between copies.
 */

import type { AccountSettings } from '../../contract/account-settings.ts';
import type { AccountPlace } from '../../contract/arn.ts';
import type { PlannedCall, Properties } from '../../contract/resource-type.ts';
import type { ResourcePolicies } from './resource-section.ts';

/** CF-01, CF-05, CF-06, CF-10, CF-11: the statuses that a stack can have here. */
export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

type Passage = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';

/** What one resource goes through. */
export type ResourceStatus = `${'CREATE' | 'UPDATE' | 'DELETE'}_${Passage}` | 'DELETE_SKIPPED';

/** A resource as one template has it. */
export interface ResourceVersion {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** Whether the template gives the name. */
  readonly isNamed: boolean;
  readonly policies: ResourcePolicies;
  readonly properties: Properties;
  /** All that the template says of it, as text. */
  readonly written: string;
}

/** A resource of a stack, and what became of it last. */
export interface StackResource {
  readonly version: ResourceVersion;
  /** Empty as long as it is not made. */
  readonly physicalId: string;
  readonly status: ResourceStatus;
  readonly reason: string | null;
  readonly updatedAtMs: number;
}

/** A template as a stack was last given it. */
export interface StackTemplate {
  readonly text: string;
  /** The value of each parameter that the template declares. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** The capabilities with which it was accepted (CF-03). */
  readonly capabilities: readonly string[];
}

/** One line of what a stack tells of itself. */
export interface StackEventEntry {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: StackStatus | ResourceStatus;
  readonly reason: string | null;
  readonly properties: string | null;
  readonly atMs: number;
}

/** What is to be done to one resource. */
export interface StackTask {
  readonly does: 'create' | 'update' | 'replace' | 'delete';
  readonly logicalId: string;
  /** Null: it is made. */
  readonly before: ResourceVersion | null;
  /** Null: it is deleted. */
  readonly after: ResourceVersion | null;
  readonly calls: readonly PlannedCall[];
  /** The calls that undo it: they change the resource back, or delete what was made. */
  readonly undo: readonly PlannedCall[];
  /** Why CloudFormation refuses it by itself; null if it does not (CF-07). */
  readonly refusal: string | null;
  /** The resource leaves the stack and stays in the account (CF-08). */
  readonly isKept: boolean;
}

/** A task that was begun. */
export interface TriedTask {
  readonly task: StackTask;
  /** Of its calls, how many succeeded. */
  readonly made: number;
  readonly isDone: boolean;
}

export type StackPhase = 'forward' | 'clean-up' | 'rollback' | 'rollback-clean-up';

/** The operation that is under way. It is replaced at every step, never changed. */
export interface StackWork {
  readonly kind: 'create' | 'update' | 'delete';
  readonly phase: StackPhase;
  /** What this phase has left to do. The first task may have begun. */
  readonly todo: readonly StackTask[];
  /** Of the first task: whether it has begun, and how many of its calls were made. */
  readonly hasBegun: boolean;
  readonly made: number;
  /** What the way forward has tried, in order. */
  readonly tried: readonly TriedTask[];
  /** What is removed once the way forward is done. */
  readonly cleanUp: readonly StackTask[];
  /** The logical ids of resources at which this phase failed. */
  readonly failed: readonly string[];
  /** The stack as the way forward leaves it. */
  readonly to: StackTemplate;
  /** The resources of the new template that stay as they are; their policies may differ. */
  readonly unchanged: readonly ResourceVersion[];
  readonly order: readonly string[];
}

export interface StackState {
  readonly name: string;
  /** The stack's ARN. */
  readonly id: string;
  status: StackStatus;
  reason: string | null;
  readonly createdAtMs: number;
  updatedAtMs: number | null;
  deletedAtMs: number | null;
  template: StackTemplate;
  /** The logical ids of the template's resources in the order of their creation. */
  order: readonly string[];
  readonly resources: Map<string, StackResource>;
  /** The first one first. */
  readonly events: StackEventEntry[];
  work: StackWork | null;
  /** How many calls the stack has made: it names the next one. */
  calls: number;
}

export interface CloudFormationState extends AccountPlace {
  readonly epochMs: number;
  /** By their ids: a stack that was deleted is still told of. */
  readonly stacks: Map<string, StackState>;
  /** How often a resource was made, by stack and logical id: names depend on it. */
  readonly made: Map<string, number>;
  /** The physical ids of all resources that a stack has made, whether or not they still are. */
  readonly everMade: Set<string>;
  /** The code that was bundled before the run: folder and file of handlers. A run adds none. */
  readonly bundled: Set<string>;
}

export function newCloudFormation({ region, accountId, epochMs }: AccountSettings): CloudFormationState {
  const own = { stacks: new Map(), made: new Map(), everMade: new Set<string>(), bundled: new Set<string>() };
  return { region, accountId, epochMs, ...own };
}

export function cloneCloudFormation(state: CloudFormationState): CloudFormationState {
  return {
    ...state,
    stacks: new Map([...state.stacks].map(([id, stack]) => [id, cloneStack(stack)])),
    made: new Map(state.made),
    everMade: new Set(state.everMade),
    bundled: new Set(state.bundled),
  };
}

function cloneStack(stack: StackState): StackState {
  return { ...stack, resources: new Map(stack.resources), events: [...stack.events] };
}

/** The stack of this name that has not been deleted. */
export function stackNamed({ stacks }: CloudFormationState, name: string): StackState | undefined {
  return [...stacks.values()].find((stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE');
}

/** The actor that makes a stack's calls, for the trace. */
export function stackActor({ name }: Pick<StackState, 'name'>): string {
  return `stack ${name}`;
}
