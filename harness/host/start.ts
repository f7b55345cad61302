/**
 * Starts the host that runs learners' code: in a child process, or in this one.
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
  /** Whether the line of a hang is watched for, which is slower. */
  readonly locate: boolean;
}

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

/** Clocks of computing time: on a busy machine a step takes longer than it computes, and only the latter is the code's doing. */
function clocksOf(host: InRealmHost | IsolatedHost): Clocks {
  if (host instanceof IsolatedHost) return { computedMs: () => host.computedMs() };
  return {
    nowMs() {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1_000;
    },
  };
}
