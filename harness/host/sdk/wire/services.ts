/**
 * How each simulated service speaks HTTP, and which operations it has.
 *
 * The operations are the schemas that an SDK package exports (`GetItem$`); only the protocol is not part of a schema. This
 * file names no service and no operation.
 */

import type { WireProtocol } from '../../../simulator/contract/wire-protocol.ts';

/** `[9, namespace, name, traits, input, output]`, as the SDK exports it. */
export type OperationSchema = readonly [number, string, string, unknown, unknown, unknown];

/** A service as its clients see it. Plain data, since it is copied into the realms. */
export interface ServiceWire {
  /** As AWS spells it: `SQS`. */
  readonly service: string;
  /** The Smithy namespace, which travels with every command: `com.amazonaws.sqs`. */
  readonly namespace: string;
  readonly protocol: WireProtocol;
  /** `@aws-sdk/client-sqs` */
  readonly package: string;
}

/** By namespace. */
export type ServiceTable = ReadonlyMap<string, ServiceWire>;

export function serviceTable(wires: readonly ServiceWire[]): ServiceTable {
  return new Map(wires.map((wire) => [wire.namespace, wire]));
}

export interface WireService extends Pick<ServiceWire, 'service' | 'namespace' | 'protocol'> {
  /** By name: `GetItem`. */
  readonly operations: ReadonlyMap<string, OperationSchema>;
}

/** The service of an SDK package; null for a package without operations (`lib-dynamodb`). */
export function wireServiceOf(services: ServiceTable, exports: Readonly<Record<string, unknown>>): WireService | null {
  const operations = new Map<string, OperationSchema>();
  let namespace = '';
  for (const [name, value] of Object.entries(exports)) {
    if (!name.endsWith('$') || !isOperation(value)) continue;
    operations.set(value[2], value);
    namespace = value[1];
  }
  const wire = services.get(namespace);
  return wire === undefined ? null : { ...wire, operations };
}

function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}
