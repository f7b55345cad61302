/**
 * Stops code that never gives control back, and finds out which line it was on.
 *
 * The engine's own watchdog ends the script after a while; a sampling profile says where it spent that while. The profile is
 * made only when a run is repeated because it hung: it costs fifty times what a step costs.
 */

import { Session } from 'node:inspector';
import { HostStopped } from '../../host/stopped.ts';
import type { RawFrame } from '../../simulator/host.ts';

interface ProfileNode {
  readonly callFrame: { readonly url: string };
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

const TASK_URL = /\/var\/task\/(.+)\.js$/;

/** How a realm is kept from running on and on. */
export interface HangWatch {
  /** How long one step may take. */
  readonly limitMs: number;
  /** Find the line, too. */
  readonly locate: boolean;
}

/** Runs `work`; if it doesn't come back in time, throws a {@link HostStopped}, with the line it was on if that is wanted. */
export function runWatched({ limitMs, locate }: HangWatch, work: (timeoutMs: number) => void): void {
  if (locate) runLocated(limitMs, work);
  else runLimited(limitMs, work);
}

function runLimited(limitMs: number, work: (timeoutMs: number) => void): void {
  try {
    work(limitMs);
  } catch (error) {
    throw isTimeout(error) ? new HostStopped('hang', `no answer for ${limitMs} ms`) : error;
  }
}

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function runLocated(limitMs: number, work: (timeoutMs: number) => void): void {
  const session = new Session();
  session.connect();
  ask(session, 'Profiler.enable');
  ask(session, 'Profiler.start');
  try {
    work(limitMs);
  } catch (error) {
    if (!isTimeout(error)) throw error;
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
