/**
 * A fault that a service itself knows: what it would answer a call if the fault struck, and which calls must meet for it.
 *
 * The kinds of faults and their budget stand in `fault.ts`; the world asks for these when a call arrives (`world/calls.ts`).
 */

import type { StepFootprint } from '../kernel/footprint.ts';
import type { AwsAnswer, Input } from './answer.ts';
import type { Served } from './effect.ts';
import type { FaultKind } from './fault.ts';

/** A fault of a service's own that may strike at one call, and what becomes of the call then. */
export type CallFault = AnsweredInstead | DoneInPart;

/** The call is answered like this, and does nothing. */
export interface AnsweredInstead {
  readonly fault: FaultKind;
  readonly served: Served<never>;
  /** What the fault is about, where it may strike at one call in several ways: the path of an item. */
  readonly about?: string;
  /** The calls that are on their way now have met this one, although it does nothing. */
  readonly isMetBefore?: true;
}

/** The call does what `input` asks for, and its answer is completed with what it did not do. */
export interface DoneInPart {
  readonly fault: FaultKind;
  readonly input: Input;
  complete(answer: AwsAnswer): AwsAnswer;
}

/** What a service answers when the trouble is its own. Any of its calls may be answered so. */
export interface ServiceTrouble {
  /** Too many requests for now; nothing was done. */
  readonly throttled: AwsAnswer;
  /** An error of the service's: the caller can't know whether anything was done. */
  readonly failed: AwsAnswer;
}

/** How a call meets others that are on their way when it arrives, and the fault that comes of it. */
export interface Encounter {
  readonly fault: FaultKind;
  /** Of the steps in which the call sets out, and arrives: they change whom others meet. */
  readonly passing: StepFootprint;
  /** Of the step in which it arrives: it looks whom it meets. */
  readonly looking: StepFootprint;
}

/** A call of the same service that a call may meet. */
export interface MetCall {
  readonly operation: string;
  readonly input: Input;
  /** It has done nothing (`AnsweredInstead.isMetBefore`), and the call that meets it was on its way then. */
  readonly isOver: boolean;
}
