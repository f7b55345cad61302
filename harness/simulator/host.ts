/**
 * What the world needs of whoever runs the learners' code.
 *
 * The world gives commands; the host lets code run until all of it waits and reports what it did. The engine can't tell
 * whether code ran in this process or in a child: everything that crosses is plain data. Not a host itself.
 */

import type { AwsAnswer } from './contract/answer.ts';
import type { EnvironmentSettings, FunctionError, HostInvocation } from './contract/code.ts';

/** A position in the bundle as the engine saw it; only the host can map it back to the learner's file. */
export interface RawFrame {
  /** The bundle: `bump`. */
  readonly module: string;
  readonly line: number;
  readonly column: number;
}

export type HostCommand =
  /** Evaluates the learner's module afresh in a new or reset environment. */
  | {
      readonly kind: 'start';
      readonly environment: string;
      readonly settings: EnvironmentSettings;
      /** Invoked at once if Init succeeds: no time passes between the two, and it saves a message. */
      readonly first?: HostInvocation;
      readonly nowMs: number;
    }
  | (HostInvocation & { readonly kind: 'invoke'; readonly environment: string; readonly nowMs: number })
  /** The answer of a call that this environment made. */
  | {
      readonly kind: 'answer';
      readonly environment: string;
      readonly number: number;
      readonly answer: AwsAnswer;
      readonly nowMs: number;
    }
  | { readonly kind: 'fire'; readonly environment: string; readonly timer: number; readonly nowMs: number }
  /** The process behind the environment dies; nothing of it ever runs again. */
  | { readonly kind: 'kill'; readonly environment: string };

export type HostReport =
  | { readonly kind: 'initialised'; readonly environment: string }
  | {
      readonly kind: 'init-failed';
      readonly environment: string;
      readonly error: FunctionError;
      readonly frame?: RawFrame;
    }
  | {
      readonly kind: 'call';
      readonly environment: string;
      /** Counted per environment, from 1. */
      readonly number: number;
      readonly service: string;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
      readonly frame?: RawFrame;
    }
  | {
      readonly kind: 'timer-set';
      readonly environment: string;
      readonly timer: number;
      readonly delayMs: number;
      readonly frame?: RawFrame;
    }
  | { readonly kind: 'timer-cleared'; readonly environment: string; readonly timer: number }
  | {
      readonly kind: 'returned';
      readonly environment: string;
      readonly invocation: string;
      readonly payloadJson: string;
    }
  | {
      readonly kind: 'failed';
      readonly environment: string;
      readonly invocation: string;
      readonly error: FunctionError;
      readonly frame?: RawFrame;
    }
  /** `process.exit` (no error, LS-29), or an error or rejection that nobody caught: the process is gone. */
  | { readonly kind: 'exited'; readonly environment: string; readonly error?: FunctionError; readonly frame?: RawFrame }
  | {
      readonly kind: 'log';
      readonly environment: string;
      readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
      readonly line: string;
    }
  /** The code asked for something that a run does not have. */
  | {
      readonly kind: 'refused';
      readonly environment: string;
      readonly what: string;
      readonly advice: string;
      readonly frame?: RawFrame;
    };

/** Settings of one run. */
export interface HostRun {
  /** The wall-clock instant that virtual time 0 stands for. */
  readonly epochMs: number;
  /** For `Math.random` and `crypto` in learners' code. */
  readonly seed: number;
  /** Call sites cost time; exploration does without, a replay shows them. */
  readonly frames: boolean;
  /** Code really runs in this run, also where a host knows already what it will do. */
  readonly afresh: boolean;
}

export interface Host {
  /** Forgets everything of the run before. */
  begin(run: HostRun): void | Promise<void>;
  /** Carries the commands out in order, lets code run until all of it waits, reports what it did. */
  deliver(commands: readonly HostCommand[]): readonly HostReport[] | Promise<readonly HostReport[]>;
}
