/**
 * All services as a list, and what follows from the list: whose API an operation belongs to, whose an ARN is, what a template may make.
 *
 * Derived from the registry; names no service.
 */

import type { ResourceTypes } from '../contract/resource-type.ts';
import type { ServiceModule } from '../contract/service-module.ts';
import type { Noted } from '../contract/trace-entry.ts';
import * as registry from './registry.ts';

/**
 * Any service, its own types erased. A service is only ever told what it has asked for itself, so whoever carries a message back to it
 * need not know what it is.
 */
export type AnyService = ServiceModule<unknown, unknown, Noted>;

type Registered = (typeof registry)[keyof typeof registry];
type EventOf<Module> = Module extends ServiceModule<infer _State, infer _Message, infer Event> ? Event : never;

/** Whatever a service writes into a trace: one closed union. */
export type ServiceEvent = EventOf<Registered>;

/** In the order of their names. */
export const SERVICES: readonly AnyService[] = Object.values(registry);

/** What a template may make. */
export const RESOURCE_TYPES: ResourceTypes = new Map(
  SERVICES.flatMap(({ resourceTypes }) => resourceTypes).map((type) => [type.name, type]),
);

/** By API, its modules: those first that claim calls of their own. */
export const SERVICES_BY_API: ReadonlyMap<string, readonly AnyService[]> = new Map(
  Object.entries(Object.groupBy(SERVICES, ({ service }) => service)).map(([service, modules = []]) => [
    service,
    [...modules].sort((a, b) => Number(a.claims === undefined) - Number(b.claims === undefined)),
  ]),
);

/** By the shape of an ARN, its owner. */
export const SERVICES_BY_ARN: ReadonlyMap<string, AnyService> = new Map(
  SERVICES.flatMap((module) => module.arns.map((shape) => [shape, module] as const)),
);
