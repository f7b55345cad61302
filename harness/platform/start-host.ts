/**
 * Starts a host on a platform, and puts before it what remembers, what counts and what notes.
 */

import { ComputingTime } from '../host/computing-time.ts';
import type { RealmSources } from '../host/realm-sources.ts';
import { RememberingHost } from '../host/remembering/host.ts';
import { StartedModules } from '../host/started-modules.ts';
import type { Host } from '../simulator/host.ts';
import type { HostKind, HostLimits, Platform } from './platform.ts';

export interface RunningHost extends Host {
  close(): void;
  /** The names of the modules whose code was started in any run so far. */
  startedModules(): readonly string[];
  /** Begins to count anew what the code computes. */
  countComputingAnew(): void;
}

/**
 * Starts a host for these sources. Code that is told what it was told before does not run again. What code computes is counted
 * for this host alone, so that explorations beside it make no difference.
 */
export async function startHost(
  platform: Platform,
  kind: HostKind,
  sources: RealmSources,
  limits: HostLimits,
): Promise<RunningHost> {
  const host = await platform.startBareHost(kind, sources, limits);
  const computing = new ComputingTime(undefined, host.clocks);
  const noting = new StartedModules(new RememberingHost(host, computing));
  return Object.assign(noting, {
    close: () => host.close(),
    startedModules: () => noting.started,
    countComputingAnew: () => computing.begin(),
  });
}
