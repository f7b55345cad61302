/**
 * Which host runs the learner's code: a child process, or this one.
 */

import { ComputingTime } from '../host/computing-time.ts';
import { IsolatedHost } from '../host/isolated/host.ts';
import type { RealmSources } from '../host/realm/compile.ts';
import { InRealmHost } from '../host/realm/host.ts';
import { RememberingHost } from '../host/remembering/host.ts';
import type { Host } from '../simulator/host.ts';

export type HostKind = 'isolated' | 'in-realm';

export interface HostLimits {
  /** How long one step of learner's code may take. */
  readonly stepLimitMs: number;
  /** Find the line of a hang; slower. */
  readonly locate: boolean;
  /** Shared by the hosts of one grading. */
  readonly computing?: ComputingTime;
}

/** Starts a host for these sources. Code that is told what it was told before does not run again. */
export async function startHost(
  kind: HostKind,
  sources: RealmSources,
  limits: HostLimits,
): Promise<Host & { close(): void }> {
  const host =
    kind === 'in-realm'
      ? new InRealmHost(sources, { limitMs: limits.stepLimitMs, locate: limits.locate })
      : await IsolatedHost.start({ sources, ...limits });
  return Object.assign(new RememberingHost(host, limits.computing ?? new ComputingTime()), {
    close: () => host.close(),
  });
}
