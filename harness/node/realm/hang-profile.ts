/**
 * Stops code that does not return in time, and finds out which line it was on.
 *
 * The engine's own watchdog ends the script after a while; a sampling profile shows where it spent that time. The profile is
 * made only when a run is repeated because it hung: it costs fifty times as much as a step.
 */

import { Session } from 'node:inspector';
import { types } from 'node:util';
import { constants, createContext, Script } from 'node:vm';
import { HostStopped } from '../../host/stopped.ts';
import type { RawFrame } from '../../simulator/host.ts';
import { threadMs } from './computed.ts';

interface ProfileNode {
  readonly callFrame: { readonly url: string };
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

const TASK_URL = /\/var\/task\/(.+)\.js$/;

/** The limits for code that does not return. */
export interface HangWatch {
  /** The time limit of one step. */
  readonly limitMs: number;
  /** Whether to find the line, too. */
  readonly locate: boolean;
}

/** Runs `work`. If it does not return in time, throws a {@link HostStopped}, with its line if that is wanted. */
export function runWatched({ limitMs, locate }: HangWatch, work: () => void): void {
  if (locate) runLocated(limitMs, work);
  else runLimited(limitMs, work);
}

/**
 * A context of its own holds the work while it runs. Only scripts have a time limit, and a script that ran in the learner's realm
 * could reach this process's work only through the realm's global object, where a learner's setter would catch it.
 */
const WATCHED = createContext(constants.DONT_CONTEXTIFY);
const ENTER = new Script('work();', { filename: 'enter.js' });

function withinLimit(limitMs: number, work: () => void): void {
  Reflect.set(WATCHED, 'work', work);
  ENTER.runInContext(WATCHED, { timeout: limitMs });
}

function runLimited(limitMs: number, work: () => void): void {
  const before = threadMs();
  try {
    withinLimit(limitMs, work);
  } catch (error) {
    throw isTimeout(error) ? hang(limitMs, before) : error;
  }
}

function hang(limitMs: number, before: number, at?: RawFrame): HostStopped {
  return new HostStopped('hang', `no answer for ${limitMs} ms`, at, threadMs() - before);
}

/** Asks without running any code of what was thrown: it may be a learner's, with getters and traps. */
function isTimeout(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  return Object.getOwnPropertyDescriptor(error, 'code')?.value === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function runLocated(limitMs: number, work: () => void): void {
  const session = new Session();
  session.connect();
  ask(session, 'Profiler.enable');
  ask(session, 'Profiler.start');
  const before = threadMs();
  try {
    withinLimit(limitMs, work);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const { profile } = ask(session, 'Profiler.stop') as { profile: { nodes: readonly ProfileNode[] } };
    throw hang(limitMs, before, busiestLine(profile.nodes));
  } finally {
    session.disconnect();
  }
}

/** Sends one message. The session of the current thread answers before `post` returns. */
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
