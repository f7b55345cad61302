/**
 * The messages that Lambda sends to itself, and the effects of its steps.
 */

import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { Candidate } from './state.ts';
import type { LambdaEvent } from './trace-events.ts';

export type LambdaMessage =
  /** Init has taken longer than its phase allows (LS-20). */
  | { readonly kind: 'init-overran'; readonly environment: string }
  | { readonly kind: 'timed-out'; readonly invocation: string }
  /** An asynchronous event's turn has come. `isCopy`: it is the copy of an event that runs twice (LA-03). */
  | { readonly kind: 'event-due'; readonly event: string; readonly isCopy: boolean }
  /** The event runs now. `isDuplicated`: a copy of it runs at another time (LA-03). */
  | { readonly kind: 'run-event'; readonly event: string; readonly isDuplicated: boolean }
  /** The version was chosen to which an event of an alias goes (LS-40). */
  | { readonly kind: 'run-event-as'; readonly event: string; readonly version: string }
  /** The same of a request that waits for its answer. */
  | { readonly kind: 'admit'; readonly candidate: Candidate }
  /** The environments that are missing for this qualified name are made (LS-11). */
  | { readonly kind: 'provision'; readonly functionName: string; readonly provisionedFor: string }
  /**
   * A request that was admitted runs in this environment; null: in a new one. `isRecycled`: a free one would have come first
   * (LS-18).
   */
  | {
      readonly kind: 'run-in';
      readonly candidate: Candidate;
      readonly environment: string | null;
      readonly isRecycled: boolean;
    };

export type LambdaEffect = Effect<LambdaMessage, LambdaEvent>;
export type LambdaStep = Step<LambdaMessage, LambdaEvent>;
export type LambdaServed = Served<LambdaMessage, LambdaEvent>;
