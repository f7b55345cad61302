/**
 * The moment at which a service acts: the time, the remaining fault budget, and what other ARNs stand for.
 *
 * A read-only view of the world, passed with every message, because a service reads no clock and knows no other service.
 */

import type { AwsAnswer, CallId } from './answer.ts';
import type { Arn } from './arn.ts';
import type { SourceDescription } from './event-source.ts';
import type { FaultKind } from './fault.ts';
import type { Footprint } from './footprint.ts';
import type { ResourceTypes } from './resource-type.ts';

export interface Moment {
  /** Virtual milliseconds since the run began. */
  readonly nowMs: number;
  /** The calendar time, in milliseconds since the Unix epoch, that virtual time 0 stands for. */
  readonly epochMs: number;
  /** In a timed run, waits are drawn and rate limits hold. Otherwise calls take no time and may come in any order. */
  readonly isTimed: boolean;
  /** Whether a run has begun. Before, a stack is deployed: there are no timers and no code. */
  readonly hasBegun: boolean;
  /** The types of resources that a template may have: those of all services. */
  readonly resourceTypes: ResourceTypes;
  /** Whether the budget has one of this fault left. Asking adds nothing to the footprint; the step that spends a fault does. */
  mayStrike(fault: FaultKind): boolean;
  /** Whether the budget had one of this fault when the run began. The answer never changes, so asking needs no footprint. */
  isAllowed(fault: FaultKind): boolean;
  /** Whether the budget has one left, for a step that acts differently if the answer is no. Asking is part of its footprint. */
  decidesBy(fault: FaultKind): boolean;
  /** What the ARN's owner says about it. */
  describe(arn: Arn): Described;
  /** Whether the sender of a call that has not been answered is still alive. */
  isSenderAlive(call: CallId): boolean;
}

/** What an ARN stands for, and the footprint of finding that out. `is` is null if the resource does not exist. */
export interface Described {
  readonly is: Description | null;
  /** AWS's error when an event source mapping cannot read from this ARN. */
  readonly refusal?: AwsAnswer;
  readonly footprint: Footprint;
}

export type Description = FunctionDescription | SourceDescription | BusDescription | TopicDescription;

/** What a service needs to know to invoke a function. */
export interface FunctionDescription {
  readonly kind: 'function';
  readonly functionName: string;
  readonly functionArn: Arn;
  /** The function's name as learners know it. */
  readonly shownName: string;
  readonly timeoutMs: number;
}

/** An event bus that takes events. */
export interface BusDescription {
  readonly kind: 'event-bus';
  /** The bus's name as learners know it. */
  readonly shownName: string;
}

/** A topic that takes messages. */
export interface TopicDescription {
  readonly kind: 'topic';
  /** The topic's name as learners know it. */
  readonly shownName: string;
}
