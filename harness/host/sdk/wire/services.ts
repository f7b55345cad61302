/**
 * How each simulated service speaks HTTP, and which operations it has.
 *
 * The operations are the schemas that an SDK package exports (`GetItem$`); the protocol is the one thing a schema does
 * not say. No operation is named here.
 */

import type { ServiceName } from '../../../simulator/services/service.ts';
import { serviceOfNamespace } from '../service-names.ts';

/** `[9, namespace, name, traits, input, output]`, as the SDK exports it. */
export type OperationSchema = readonly [number, string, string, unknown, unknown, unknown];

export type WireProtocol =
  | {
      readonly kind: 'awsJson1_0' | 'awsJson1_1';
      readonly target: string;
      readonly errorPrefix: string;
      /** The service once spoke AWS's query protocol, and still says in a header what its errors were called there. */
      readonly queryCompatible?: true;
    }
  | { readonly kind: 'restJson1' };

export interface WireService {
  readonly service: ServiceName;
  readonly namespace: string;
  readonly protocol: WireProtocol;
  /** By name: `GetItem`. */
  readonly operations: ReadonlyMap<string, OperationSchema>;
}

/** https://smithy.io/2.0/aws/protocols/index.html; the target is the service shape's name in AWS's own models. */
const PROTOCOLS: ReadonlyMap<ServiceName, WireProtocol> = new Map<ServiceName, WireProtocol>([
  ['DynamoDB', { kind: 'awsJson1_0', target: 'DynamoDB_20120810', errorPrefix: 'com.amazonaws.dynamodb.v20120810#' }],
  ['Lambda', { kind: 'restJson1' }],
  ['SQS', { kind: 'awsJson1_0', target: 'AmazonSQS', errorPrefix: 'com.amazonaws.sqs#', queryCompatible: true }],
]);

/** The protocol of a service that can be reached by HTTP. */
export function protocolOf(service: ServiceName): WireProtocol | undefined {
  return PROTOCOLS.get(service);
}

/** What one SDK package says about its service; null for a package without operations (`lib-dynamodb`). */
export function wireServiceOf(exports: Readonly<Record<string, unknown>>): WireService | null {
  const operations = new Map<string, OperationSchema>();
  let namespace = '';
  for (const [name, value] of Object.entries(exports)) {
    if (!name.endsWith('$') || !isOperation(value)) continue;
    operations.set(value[2], value);
    namespace = value[1];
  }
  const service = serviceOfNamespace(namespace);
  const protocol = service === undefined ? undefined : protocolOf(service);
  return service === undefined || protocol === undefined ? null : { service, namespace, protocol, operations };
}

function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}
