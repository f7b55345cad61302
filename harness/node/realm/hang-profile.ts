/**
 * Stops code that does not return in time, and finds out which line it was on.
 *
 * The engine's own watchdog ends the script after a while; a sampling profile shows where it spent that time. The profile is
 * made only when a run is repeated because it had to be stopped.
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

/** Finer samples of a code that hangs for seconds tell nothing more. */
const SAMPLING_MICROSECONDS = 2_000;

const TASK_URL = /\/var\/task\/(.+)\.js$/;

/** The limits for code that does not return. */
export interface HangWatch {
  /** The time limit of one step. */
  readonly limitMs: number;
  /** Whether to find the line, too. */
  readonly locate: boolean;
}

/** Watches the steps of one host. */
export class StepWatch {
  readonly #watch: HangWatch;
  /** One profile for all steps: to start one for each takes longer than the step, and more so the more realms there are. */
  #profile: Session | null = null;

  constructor(watch: HangWatch) {
    this.#watch = watch;
  }

  /** Runs `work`. If it does not return in time, throws a {@link HostStopped}, with its line if that is wanted. */
  run(work: () => void): void {
    const { limitMs, locate } = this.#watch;
    if (locate) this.#profile ??= startProfile();
    const beforeMs = threadMs();
    try {
      withinLimit(limitMs, work);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const computedMs = threadMs() - beforeMs;
      throw new HostStopped('hang', `no answer for ${limitMs} ms`, this.#endProfile(), computedMs);
    }
  }

  close(): void {
    this.#profile?.disconnect();
    this.#profile = null;
  }

  /** The line on which the learner's code was for longest. */
  #endProfile(): RawFrame | undefined {
    if (this.#profile === null) return undefined;
    const { profile } = ask(this.#profile, 'Profiler.stop') as { profile: { nodes: readonly ProfileNode[] } };
    this.close();
    return busiestLine(profile.nodes);
  }
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

/** Asks without running any code of what was thrown: it may be a learner's, with getters and traps. */
function isTimeout(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  return Object.getOwnPropertyDescriptor(error, 'code')?.value === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function startProfile(): Session {
  const session = new Session();
  session.connect();
  ask(session, 'Profiler.enable');
  ask(session, 'Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
  ask(session, 'Profiler.start');
  return session;
}

type ProfilerMethod = 'Profiler.enable' | 'Profiler.setSamplingInterval' | 'Profiler.start' | 'Profiler.stop';

/** Sends one message. The session of the current thread answers before `post` returns. */
function ask(session: Session, method: ProfilerMethod, parameters: object = {}): unknown {
  let answer: unknown;
  session.post(method, parameters, (error: Error | null, result?: object) => {
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
