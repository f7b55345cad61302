/**
 * Which simulated service an operation belongs to, read from its Smithy namespace.
 *
 * The namespace travels with every command (`command.schema`), so no client has to be asked and none materialised.
 */

import type { ServiceName } from '../../simulator/services/service.ts';

const SERVICES: ReadonlyMap<string, ServiceName> = new Map([
  ['com.amazonaws.cloudformation', 'CloudFormation'],
  ['com.amazonaws.dynamodb', 'DynamoDB'],
  ['com.amazonaws.lambda', 'Lambda'],
  ['com.amazonaws.sqs', 'SQS'],
]);

/** The service behind a Smithy namespace; undefined for a service that is not simulated. */
export function serviceOfNamespace(namespace: string): ServiceName | undefined {
  return SERVICES.get(namespace);
}
