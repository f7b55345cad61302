/**
 * Which host runs the learner's code: a child process, or this one.
 */

import process from 'node:process';
import type { Host } from '../simulator/host.ts';
import { type Clocks, ComputingTime } from './computing-time.ts';
import { IsolatedHost } from './isolated/host.ts';
import type { RealmSources } from './realm/compile.ts';
import { InRealmHost } from './realm/host.ts';
import { RememberingHost } from './remembering/host.ts';
import { StartedModules } from './started-modules.ts';

export type HostKind = 'isolated' | 'in-realm';

export interface HostLimits {
  /** How long one step of learner's code may take. */
  readonly stepLimitMs: number;
  /** Find the line of a hang; slower. */
  readonly locate: boolean;
}

export interface RunningHost extends Host {
  close(): void;
  /** The modules whose code was started in any run so far, by name. */
  startedModules(): readonly string[];
  /** What code has computed so far no longer counts. */
  countComputingAnew(): void;
}

/**
 * Starts a host for these sources. Code that is told what it was told before does not run again. What code computes is counted
 * for this host alone, so that it makes no difference what is explored beside it.
 */
export async function startHost(kind: HostKind, sources: RealmSources, limits: HostLimits): Promise<RunningHost> {
  const host =
    kind === 'in-realm'
      ? new InRealmHost(sources, { limitMs: limits.stepLimitMs, locate: limits.locate })
      : await IsolatedHost.start({ sources, ...limits });
  const computing = new ComputingTime(undefined, clocksOf(host));
  const noting = new StartedModules(new RememberingHost(host, computing));
  return Object.assign(noting, {
    close: () => host.close(),
    startedModules: () => noting.started,
    countComputingAnew: () => computing.begin(),
  });
}

/** Where the machine is busy with something else, a step takes longer than it computes; only what it computes is the code's. */
function clocksOf(host: InRealmHost | IsolatedHost): Clocks {
  if (host instanceof IsolatedHost) return { computedMs: () => host.computedMs() };
  return {
    nowMs() {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1_000;
    },
  };
}
