/**
 * All services as a list, and what follows from it: the owner of each API operation and each ARN, and the resource types of
 * templates.
 *
 * Derived from the registry; this file names no service.
 */

import type { ResourceTypes } from '../contract/resource-type.ts';
import type { ServiceModule } from '../contract/service-module.ts';
import type { Noted } from '../contract/trace-entry.ts';
import * as registry from './registry.ts';

/**
 * Any service, with its own types erased. A service receives only messages that it asked for itself, so the code that carries
 * a message back to it need not know its type.
 */
export type AnyService = ServiceModule<unknown, unknown, Noted>;

type Registered = (typeof registry)[keyof typeof registry];
type EventOf<Module> = Module extends ServiceModule<infer _State, infer _Message, infer Event> ? Event : never;

/** Every event that a service writes into a trace: one closed union. */
export type ServiceEvent = EventOf<Registered>;

/** Sorted by name. */
export const SERVICES: readonly AnyService[] = Object.values(registry);

/** The resource types that a template may use. */
export const RESOURCE_TYPES: ResourceTypes = new Map(
  SERVICES.flatMap(({ resourceTypes }) => resourceTypes).map((type) => [type.name, type]),
);

/** The modules of each API, those with `claims` first. */
export const SERVICES_BY_API: ReadonlyMap<string, readonly AnyService[]> = new Map(
  Object.entries(Object.groupBy(SERVICES, ({ service }) => service)).map(([service, modules = []]) => [
    service,
    [...modules].sort((a, b) => Number(a.claims === undefined) - Number(b.claims === undefined)),
  ]),
);

/** The owner of each shape of ARN. */
export const SERVICES_BY_ARN: ReadonlyMap<string, AnyService> = new Map(
  SERVICES.flatMap((module) => module.arns.map((shape) => [shape, module] as const)),
);
