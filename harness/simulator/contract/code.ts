/**
 * Learners' code as a service sees it: what an execution environment is made with, what a handler is called with, and what code
 * reports of itself.
 *
 * The world carries it out on a host (`simulator/host.ts`); a service never runs code and never hears of its calls and timers.
 */

import type { Frame } from './trace-entry.ts';

/** What an execution environment is made with. */
export interface EnvironmentSettings {
  readonly functionName: string;
  /** Which bundle: the handler's file below the code folder, without its extension: `bump`. */
  readonly module: string;
  /** The exported name: `handler`. */
  readonly exportName: string;
  /** The function's own variables and those that Lambda sets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memorySizeMb: number;
}

/** What a handler is called with. */
export interface HostInvocation {
  readonly invocation: string;
  readonly payloadJson: string;
  readonly context: { readonly requestId: string; readonly functionArn: string; readonly deadlineMs: number };
}

/** AWS's payload of a function error (LS-27). */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The beginning and the end of processes and invocations, as the service that asked for them hears of it. */
export type CodeReport =
  | { readonly kind: 'initialised'; readonly environment: string }
  | {
      readonly kind: 'init-failed';
      readonly environment: string;
      readonly error: FunctionError;
      readonly frame?: Frame;
    }
  /** The handler returned; `payloadJson` is what it returned, as JSON text. */
  | { readonly kind: 'returned'; readonly invocation: string; readonly payloadJson: string }
  | { readonly kind: 'failed'; readonly invocation: string; readonly error: FunctionError; readonly frame?: Frame }
  /** The process behind an environment is gone: `process.exit`, an uncaught error, an injected crash. */
  | {
      readonly kind: 'exited';
      readonly environment: string;
      readonly why: 'crash' | 'exit';
      readonly error?: FunctionError;
      readonly frame?: Frame;
    };
