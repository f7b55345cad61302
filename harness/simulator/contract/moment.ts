/**
 * What a service is told of the moment at which it acts: the time, what a run's budget of faults allows, and what others are.
 *
 * A view of the world, handed in with every message: a service reads no clock and knows no other service. Reading changes nothing.
 */

import type { AwsAnswer, CallId } from './answer.ts';
import type { Arn } from './arn.ts';
import type { SourceDescription } from './event-source.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';

export interface Moment {
  /** Virtual milliseconds since the run began. */
  readonly nowMs: number;
  /** The instant on the calendar that virtual time 0 stands for. */
  readonly epochMs: number;
  /** Time is measured: waits are drawn, rates and ramps hold. Else calls take no time, and any order may be. */
  readonly isTimed: boolean;
  /** Whether the budget has one of this fault left. Asking leaves no footprint: the step that spends one leaves it. */
  mayStrike(fault: FaultKind): boolean;
  /** The same, asked by a step that does something else if the answer is no: that it asked is part of its footprint. */
  decidesBy(fault: FaultKind): boolean;
  /** What the owner of an ARN says it is. */
  describe(arn: Arn): Described;
  /** Whether the sender of a call that is not answered yet is alive. */
  isSenderAlive(call: CallId): boolean;
}

/** What an ARN stands for, and what was looked at to say so; `is` null: there is no such thing. */
export interface Described {
  readonly is: Description | null;
  /** What AWS answers to a mapping that would read from here, if it can't. */
  readonly refusal?: AwsAnswer;
  readonly footprint: Footprint;
}

export type Description = FunctionDescription | SourceDescription;

/** A function, for whoever wants to invoke it. */
export interface FunctionDescription {
  readonly kind: 'function';
  readonly functionName: string;
  readonly functionArn: Arn;
  /** The name that a learner knows. */
  readonly shownName: string;
  readonly timeoutMs: number;
}
