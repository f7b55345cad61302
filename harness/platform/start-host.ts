/**
 * Starts a host on a platform, and wraps it with those that remember code, count its computing time and record what was
 * started.
 */

import { ComputingTime } from '../host/computing-time.ts';
import type { RealmSources } from '../host/realm-sources.ts';
import { RememberingHost } from '../host/remembering/host.ts';
import { StartedModules } from '../host/started-modules.ts';
import type { Host } from '../simulator/host.ts';
import type { HostKind, HostLimits, Platform } from './platform.ts';

export interface RunningHost extends Host {
  close(): void;
  /** The names of the modules whose code was started in any run of this exploration. */
  startedModules(): readonly string[];
  /** Begins another exploration: with a new allowance of computing time, and no module started yet. */
  beginExploration(): void;
}

/**
 * Starts a host for these sources. Code that receives the same commands as before is not run again. Computing time is counted
 * for this host alone, so concurrent explorations make no difference.
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
    beginExploration() {
      computing.begin();
      noting.forget();
    },
  });
}
