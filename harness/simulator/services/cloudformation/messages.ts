/**
 * What CloudFormation tells itself, and what its steps return.
 */

import type { Effect, Served, Step } from '../../contract/effect.ts';
import type { StackEvent } from './trace-events.ts';

/** The stack goes on with the operation that is under way. */
export interface StackMessage {
  readonly kind: 'go-on';
  readonly stack: string;
}

export type StackEffect = Effect<StackMessage, StackEvent>;
export type StackStep = Step<StackMessage, StackEvent>;
export type StackServed = Served<StackMessage, StackEvent>;
