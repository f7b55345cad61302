/**
 * What all parts of the simulated SDK share: the port to the world, and data that is prepared once.
 *
 * One per realm, or one per set of a scenario's clients. It has no state at module level.
 */

import { Departures } from './departures.ts';
import { Exceptions } from './exceptions.ts';
import type { Ids } from './ids.ts';
import { OperationPlans } from './operation-plan.ts';
import type { RealmSdkOptions, SdkMode, WorldPort } from './realm-port.ts';
import type { ServiceTable } from './wire/services.ts';

export interface SdkRuntime {
  readonly port: WorldPort;
  readonly mode: SdkMode;
  readonly region: string;
  readonly services: ServiceTable;
  readonly ids: Ids;
  readonly plans: OperationPlans;
  readonly exceptions: Exceptions;
  readonly departures: Departures;
  /** Called with every class of the SDK whose instance a learner gets without having asked for the class. */
  readonly touch: (value: unknown) => void;
}

export function makeRuntime(
  port: WorldPort,
  ids: Ids,
  services: ServiceTable,
  options: RealmSdkOptions,
  touch: (value: unknown) => void,
): SdkRuntime {
  return {
    port,
    mode: options.mode ?? 'direct',
    region: options.region ?? 'us-east-1',
    ids,
    services,
    plans: new OperationPlans(services, () => ids.idempotencyToken()),
    exceptions: new Exceptions(services),
    departures: new Departures(),
    touch,
  };
}
