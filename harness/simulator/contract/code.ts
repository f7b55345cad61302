/**
 * Learners' code as a service sees it: the settings of an execution environment, the input of a handler, and what the code
 * reports.
 *
 * The world runs the code on a host (`simulator/host.ts`). A service never runs code itself, and learns nothing of the code's
 * calls and timers.
 */

import type { Frame } from './trace-entry.ts';

/** The settings with which an execution environment is created. */
export interface EnvironmentSettings {
  readonly functionName: string;
  /** The bundle: the path of the handler's file below the code folder, without its extension: `bump`. */
  readonly module: string;
  /** The name of the exported handler: `handler`. */
  readonly exportName: string;
  /** The function's own environment variables and those that Lambda sets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memorySizeMb: number;
}

/** The input of one invocation. */
export interface HostInvocation {
  readonly invocation: string;
  readonly payloadJson: string;
  readonly context: { readonly requestId: string; readonly functionArn: string; readonly deadlineMs: number };
}

/** The payload with which AWS reports a function error (LS-27). */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** How processes and invocations begin and end, as reported to the service that started them. */
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
  /** The process of an environment has ended: by `process.exit`, an uncaught error or an injected crash. */
  | {
      readonly kind: 'exited';
      readonly environment: string;
      readonly why: 'crash' | 'exit';
      readonly error?: FunctionError;
      readonly frame?: Frame;
    };
