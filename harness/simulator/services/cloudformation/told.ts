/**
 * What a stack tells: its status and those of its resources, each change a stack event (CF-09) and a line of the trace.
 */

import { uuidFrom } from '../../contract/uuid.ts';
import type { StackEffect } from './messages.ts';
import { type ResourceStatus, type ResourceVersion, type StackState, type StackStatus, stackActor } from './state.ts';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** The stack passes into a status. */
export function changeStack(
  stack: StackState,
  status: StackStatus,
  nowMs: number,
  reason: string | null = null,
): StackEffect {
  stack.status = status;
  stack.reason = reason;
  stack.events.push({
    id: uuidFrom(`${stack.id} event ${stack.events.length}`),
    ...{ logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE, status, reason, properties: null, atMs: nowMs },
  });
  const told = { kind: 'stack-changed', stack: stack.name, status } as const;
  return { kind: 'note', by: stackActor(stack), event: reason === null ? told : { ...told, reason } };
}

/** What is said of a resource beside its status. */
export interface ResourceNews {
  readonly reason?: string | null;
  /** Empty as long as it is not made. */
  readonly physicalId?: string;
}

/** A resource passes into a status. A version that leaves the stack while another one stays changes nothing of what the stack has. */
export function changeResource(
  stack: StackState,
  version: ResourceVersion,
  status: ResourceStatus,
  nowMs: number,
  { reason = null, physicalId = version.physicalId }: ResourceNews = {},
): StackEffect {
  const { logicalId, type, properties } = version;
  const isOther = status.startsWith('DELETE') && stack.resources.get(logicalId)?.version !== version;
  if (!isOther) stack.resources.set(logicalId, { version, physicalId, status, reason, updatedAtMs: nowMs });
  stack.events.push({
    id: `${logicalId}-${uuidFrom(`${stack.id} event ${stack.events.length}`)}`,
    ...{ logicalId, physicalId, type, status, reason, properties: JSON.stringify(properties), atMs: nowMs },
  });
  const told = { kind: 'stack-resource-changed', stack: stack.name, logicalId, physicalId, status } as const;
  return { kind: 'note', by: stackActor(stack), event: reason === null ? told : { ...told, reason } };
}
