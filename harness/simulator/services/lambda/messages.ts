/**
 * What Lambda is told and what it asks for: two closed unions, and nothing else crosses its border.
 */

import type { EnvironmentSettings, HostInvocation } from '../../host.ts';
import type { Frame, FunctionError, TraceEvent } from '../../trace.ts';
import type { AwsAnswer, CallId, Footprint } from '../service.ts';

export type LambdaMessage =
  | {
      readonly kind: 'call';
      readonly call: CallId;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
      /** Of an `Invoke`: the number that its invocation was given when it was asked for; counted now if there is none. */
      readonly number?: number;
    }
  | { readonly kind: 'initialised'; readonly environment: string }
  | {
      readonly kind: 'init-failed';
      readonly environment: string;
      readonly error: FunctionError;
      readonly frame?: Frame;
    }
  | { readonly kind: 'init-overran'; readonly environment: string }
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
    }
  | { readonly kind: 'timed-out'; readonly invocation: string }
  /** An asynchronous event's turn has come. */
  | { readonly kind: 'event-due'; readonly event: string }
  /** An asynchronous event will run once more than it should (LA-03). */
  | { readonly kind: 'duplicate-event'; readonly event: string };

export type LambdaEffect =
  | { readonly kind: 'reply'; readonly call: CallId; readonly answer: AwsAnswer }
  /** `first` may begin as soon as Init has succeeded, at the same instant; the `invoke` that follows says that it did. */
  | {
      readonly kind: 'start';
      readonly environment: string;
      readonly settings: EnvironmentSettings;
      readonly first?: HostInvocation;
    }
  | (HostInvocation & { readonly kind: 'invoke'; readonly environment: string })
  | { readonly kind: 'kill'; readonly environment: string }
  /**
   * Ask to be told something at an instant; time that the service takes by itself. `isCopy`: of an event that runs once more
   * than it should.
   */
  | {
      readonly kind: 'wait';
      readonly of: string;
      readonly atMs: number;
      readonly message: LambdaMessage;
      readonly isCopy: boolean;
    }
  /** Send an event, or what became of it, to a queue or a function. */
  | {
      readonly kind: 'deliver';
      readonly functionName: string;
      readonly requestId: string;
      /** An ARN. */
      readonly target: string;
      readonly body: string;
      readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
    }
  /** Ask to be told `timed-out` or `init-overran` at an instant; `cancel-deadline` takes it back. */
  | { readonly kind: 'deadline'; readonly of: string; readonly atMs: number; readonly message: LambdaMessage }
  | { readonly kind: 'cancel-deadline'; readonly of: string }
  /** Nothing of this environment goes on until it is thawed by its next `invoke` (LS-19). */
  | { readonly kind: 'freeze'; readonly environment: string }
  | { readonly kind: 'note'; readonly event: TraceEvent };

export interface LambdaStep {
  readonly effects: readonly LambdaEffect[];
  readonly footprint: Footprint;
}
