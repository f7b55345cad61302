/**
 * Which host runs the learner's code: a child process, or this one.
 */

import { IsolatedHost } from '../host/isolated/host.ts';
import type { RealmSources } from '../host/realm/compile.ts';
import { InRealmHost } from '../host/realm/host.ts';
import type { Host } from '../simulator/host.ts';

export type HostKind = 'isolated' | 'in-realm';

export interface HostLimits {
  /** How long one step of learner's code may take. */
  readonly stepLimitMs: number;
  /** Find the line of a hang; slower. */
  readonly locate: boolean;
}

/** Starts a host for these sources. In this process a hang can be stopped only where it is also located. */
export async function startHost(
  kind: HostKind,
  sources: RealmSources,
  limits: HostLimits,
): Promise<Host & { close(): void }> {
  if (kind === 'in-realm') return new InRealmHost(sources, limits.locate ? limits.stepLimitMs : null);
  return IsolatedHost.start({ sources, ...limits });
}
