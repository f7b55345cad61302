/**
 * How the simulated services speak HTTP, as plain data for the realms and for the scenario's clients, collected from the
 * services.
 *
 * It is outside the realms, since it knows the whole simulator; a realm's script holds a copy.
 */

import { SERVICES } from '../../simulator/services/all.ts';
import type { ServiceWire } from './wire/services.ts';

/** The services that a run can call. */
export const SERVICE_WIRES: readonly ServiceWire[] = SERVICES.flatMap(({ service, client }) =>
  client === null || client.protocol === null
    ? []
    : [{ service, namespace: client.namespace, protocol: client.protocol, package: client.package }],
);

/** Packages of the SDK that do not belong to one service. */
const SHARED_PACKAGES = ['@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb'];

/** The packages of the SDK that a learner may import. */
export const LAB_PACKAGES: readonly string[] = [...SERVICE_WIRES.map((wire) => wire.package), ...SHARED_PACKAGES];
