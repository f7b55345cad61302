/**
 * The events that Lambda writes into a trace: environments, invocations, and the events in its own queue.
 */

import type { FunctionError } from '../../contract/code.ts';
import type { Actor, Frame } from '../../contract/trace-entry.ts';

/** The outcome of an invocation. `error` is AWS's payload of a function error (facts LS-27 to LS-29). */
export type InvocationOutcome =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | {
      readonly kind: 'failed';
      readonly error: FunctionError;
      readonly frame?: Frame;
      /** Set if the module could not be loaded, so that the handler never ran. */
      readonly during?: 'init';
    };

/**
 * Why Lambda gave an asynchronous event up (LA-07 to LA-09). `FunctionDeleted` and `LoopStopped` are no words of AWS's: no record
 * tells of the one (UV-26), and records call the other something else (UV-86).
 */
export type DiscardCondition =
  | 'RetriesExhausted'
  | 'EventAgeExceeded'
  | 'ZeroReservedConcurrency'
  | 'FunctionDeleted'
  | 'LoopStopped';

export type LambdaEvent =
  | { readonly kind: 'environment-created'; readonly functionName: string; readonly environment: string }
  | {
      readonly kind: 'environment-reset';
      readonly functionName: string;
      readonly environment: string;
      readonly why: 'crash' | 'timeout' | 'exit' | 'init-timeout';
    }
  | {
      readonly kind: 'invocation-started';
      readonly invocation: Actor;
      readonly functionName: string;
      /** Set if the request named a version or an alias: the version that runs. */
      readonly version?: string;
      /** Set if the request named an alias. */
      readonly alias?: string;
      readonly environment: string;
      readonly cold: boolean;
      readonly requestId: string;
      readonly payload: unknown;
    }
  | {
      readonly kind: 'invocation-ended';
      readonly invocation: Actor;
      readonly functionName: string;
      readonly environment: string;
      readonly outcome: InvocationOutcome;
    }
  /** `functionName`: with the version or alias that the request named, as in `bump:live`; the same of events. */
  | { readonly kind: 'invocation-throttled'; readonly functionName: string; readonly reason: string }
  /** A chain of events has passed the function `passages` times, and Lambda did not run it again (LS-32). */
  | { readonly kind: 'loop-stopped'; readonly functionName: string; readonly passages: number }
  /** All environments that are provisioned for a qualified name are initialised, and serve from now on (LS-11). */
  | {
      readonly kind: 'environments-provisioned';
      readonly functionName: string;
      readonly environments: readonly string[];
    }
  /** Init of one of them has failed: none is provisioned (LS-44). */
  | { readonly kind: 'provisioning-failed'; readonly functionName: string }
  /** Lambda has accepted an event for later (LA-01). */
  | {
      readonly kind: 'event-queued';
      readonly functionName: string;
      readonly requestId: string;
      readonly payload: unknown;
    }
  /** Lambda will run an event again, at `atMs`. `attempt` counts runs, the first included. */
  | {
      readonly kind: 'event-retried';
      readonly functionName: string;
      readonly requestId: string;
      readonly attempt: number;
      readonly why: 'failed' | 'throttled' | 'duplicate';
      readonly atMs: number;
    }
  /** Lambda has given an event up; `sentTo` names the queues and functions that were informed. */
  | {
      readonly kind: 'event-discarded';
      readonly functionName: string;
      readonly requestId: string;
      readonly condition: DiscardCondition;
      readonly sentTo: readonly string[];
    }
  /** Lambda could not deliver an event or its record; it is lost (LA-12). */
  | {
      readonly kind: 'delivery-failed';
      readonly functionName: string;
      readonly requestId: string;
      readonly target: string;
    };
