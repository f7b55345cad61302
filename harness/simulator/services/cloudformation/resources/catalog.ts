/**
 * The resource types that the simulator knows.
 */

import { DYNAMODB_TABLE } from './dynamodb-table.ts';
import { IAM_MANAGED_POLICY } from './iam-managed-policy.ts';
import { IAM_POLICY } from './iam-policy.ts';
import { IAM_ROLE } from './iam-role.ts';
import { LAMBDA_EVENT_INVOKE_CONFIG } from './lambda-event-invoke-config.ts';
import { LAMBDA_EVENT_SOURCE_MAPPING } from './lambda-event-source-mapping.ts';
import { LAMBDA_FUNCTION } from './lambda-function.ts';
import { LOGS_LOG_GROUP } from './logs-log-group.ts';
import type { ResourceType } from './resource-type.ts';
import { SQS_QUEUE } from './sqs-queue.ts';
import { SQS_QUEUE_POLICY } from './sqs-queue-policy.ts';

export const RESOURCE_TYPES: readonly ResourceType[] = [
  LAMBDA_FUNCTION,
  LAMBDA_EVENT_SOURCE_MAPPING,
  LAMBDA_EVENT_INVOKE_CONFIG,
  DYNAMODB_TABLE,
  SQS_QUEUE,
  SQS_QUEUE_POLICY,
  IAM_ROLE,
  IAM_POLICY,
  IAM_MANAGED_POLICY,
  LOGS_LOG_GROUP,
];

/** The type of this name, or null. */
export function resourceType(name: string): ResourceType | null {
  return RESOURCE_TYPES.find((type) => type.name === name) ?? null;
}
