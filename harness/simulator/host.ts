/**
 * What the world requires of a host, which runs the learners' code.
 *
 * The world sends commands; the host lets code run until all of it waits, and reports what the code did. Everything that
 * crosses this border is plain data, so the engine can't tell whether the code ran in this process or in a child process.
 * This file implements no host.
 */

import type { AwsAnswer } from './contract/answer.ts';
import type { EnvironmentSettings, FunctionError, HostInvocation } from './contract/code.ts';
import type { PutBack } from './kernel/checkpoint.ts';

/** A position in the bundle, as the JavaScript engine reports it. Only the host can map it back to the learner's file. */
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
      /** Counted per environment, from 1: each process draws numbers of its own. */
      readonly process: number;
      readonly settings: EnvironmentSettings;
      /** The host invokes this at once if Init succeeds. No time passes between the two, and one message fewer crosses. */
      readonly first?: HostInvocation;
      readonly nowMs: number;
    }
  | (HostInvocation & { readonly kind: 'invoke'; readonly environment: string; readonly nowMs: number })
  /** The answer to a call that this environment made. */
  | {
      readonly kind: 'answer';
      readonly environment: string;
      readonly number: number;
      readonly answer: AwsAnswer;
      readonly nowMs: number;
    }
  | { readonly kind: 'fire'; readonly environment: string; readonly timer: number; readonly nowMs: number }
  /** The process of the environment dies; none of its code ever runs again. */
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
      /** Where the function that sent the call was called, if that was in the same turn. */
      readonly calledFrom?: RawFrame;
    }
  /** The code no longer waits for the answer to a call: its signal was aborted. */
  | { readonly kind: 'call-given-up'; readonly environment: string; readonly number: number }
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
  /** `process.exit` (no error, LS-29), or an uncaught error or rejection: the process has ended. */
  | { readonly kind: 'exited'; readonly environment: string; readonly error?: FunctionError; readonly frame?: RawFrame }
  | {
      readonly kind: 'log';
      readonly environment: string;
      readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
      readonly line: string;
    }
  /** The code used something that a run does not have. */
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
  /** The seed of `Math.random` and `crypto` in learners' code. */
  readonly seed: number;
  /** Whether call sites are recorded. Recording costs time: exploration does without it, and a replay shows the sites. */
  readonly frames: boolean;
  /** Whether learners' code must really run in this run, even if the host already knows what it will do. */
  readonly afresh: boolean;
}

export interface Host {
  /** Forgets everything about the run before. */
  begin(run: HostRun): void | Promise<void>;
  /** Carries the commands out in order, lets code run until all of it waits, and reports what it did. */
  deliver(commands: readonly HostCommand[]): readonly HostReport[] | Promise<readonly HostReport[]>;
  /** A host that can put the environments of a run back to where they are now does so. It begins that run again, too. */
  checkpoint?(): PutBack | null;
}
