/**
 * Stops code that never gives control back, and finds out which line it was on.
 *
 * The engine's own watchdog ends the script after a while; a sampling profile says where it spent that while. Used when a
 * run is repeated because it hung: profiling every run would cost more than it tells.
 */

import { Session } from 'node:inspector';
import type { RawFrame } from '../../simulator/host.ts';
import { HostStopped } from '../stopped.ts';

interface ProfileNode {
  readonly callFrame: { readonly url: string };
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

const TASK_URL = /\/var\/task\/(.+)\.js$/;

/** Runs `work`; if it doesn't come back within `limitMs`, throws a {@link HostStopped} with the line it was on. */
export function runWatched(limitMs: number, work: (timeoutMs: number) => void): void {
  const session = new Session();
  session.connect();
  ask(session, 'Profiler.enable');
  ask(session, 'Profiler.start');
  try {
    work(limitMs);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    const { profile } = ask(session, 'Profiler.stop') as { profile: { nodes: readonly ProfileNode[] } };
    throw new HostStopped('hang', `no answer for ${limitMs} ms`, busiestLine(profile.nodes));
  } finally {
    session.disconnect();
  }
}

/** Sends one message; the session of one's own thread answers before `post` returns. */
function ask(session: Session, method: 'Profiler.enable' | 'Profiler.start' | 'Profiler.stop'): unknown {
  let answer: unknown;
  session.post(method, (error: Error | null, result?: object) => {
    if (error !== null) throw error;
    answer = result;
  });
  return answer;
}

function busiestLine(nodes: readonly ProfileNode[]): RawFrame | undefined {
  let busiest: (RawFrame & { ticks: number }) | undefined;
  for (const { callFrame, positionTicks } of nodes) {
    const module = TASK_URL.exec(callFrame.url)?.[1];
    if (module === undefined) continue;
    for (const { line, ticks } of positionTicks ?? []) {
      if (busiest === undefined || ticks > busiest.ticks) busiest = { module, line, column: 1, ticks };
    }
  }
  return busiest;
}
