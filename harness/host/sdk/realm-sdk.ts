/**
 * The SDK inside one realm: its packages are patched, handed out one by one, and cleaned between environments.
 *
 * It is evaluated inside the realm, when the first package is required. It holds no object from outside except the port.
 */

import { Client } from '@smithy/core/client';
import type { Ids } from './ids.ts';
import type { RealmSdkOptions, WorldPort } from './realm-port.ts';
import { makeRuntime } from './runtime.ts';
import type { ClientClass } from './sdk-shapes.ts';
import { takeOver } from './take-over.ts';
import { Touched } from './touched.ts';
import { WireCodec } from './wire/codec.ts';
import { worldRequestHandler } from './wire/request-handler.ts';
import { type ServiceWire, serviceTable, wireServiceOf } from './wire/services.ts';

export type Namespace = Readonly<Record<string, unknown>>;

export interface LoadedSdk {
  /** The exports that learners get for a package. */
  handOut(name: string, load: () => Namespace): Namespace;
  /** False if the realm must be discarded. */
  reset(): boolean;
}

/** Patches the SDK of this realm. Once per realm. */
export function loadSdk(port: WorldPort, ids: Ids, wires: readonly ServiceWire[], options: RealmSdkOptions): LoadedSdk {
  const touched = new Touched();
  const services = serviceTable(wires);
  const runtime = makeRuntime(port, ids, services, options, (value) => touched.add(value));
  const codec = new WireCodec();
  const { lazy } = takeOver(runtime, worldRequestHandler(runtime, codec));
  const known = new Map<string, Namespace>();
  return {
    handOut(name, load) {
      const before = known.get(name);
      if (before !== undefined) return before;
      const original = load();
      const service = wireServiceOf(services, original);
      if (service !== null) codec.add(service);
      const made = facade(original, lazy, touched);
      known.set(name, made);
      return made;
    },
    reset: () => touched.reset(),
  };
}

/**
 * The package's exports with replaced clients; each export is recorded when it is read. They stand on a prototype, since a
 * bundle copies the own names of every package that it imports at each start, and there are hundreds.
 */
function facade(original: Namespace, lazy: (original: ClientClass) => ClientClass, touched: Touched): Namespace {
  const made = {};
  for (const name of Object.keys(original)) {
    const value = original[name];
    const given = isClientClass(value) ? lazy(value) : value;
    const get = (): unknown => {
      touched.add(given);
      return given;
    };
    Object.defineProperty(made, name, { get, enumerable: true });
  }
  Object.defineProperty(made, '__esModule', { value: true });
  return Object.freeze(Object.create(Object.freeze(made)) as Namespace);
}

function isClientClass(value: unknown): value is ClientClass {
  return typeof value === 'function' && value.prototype instanceof Client;
}
