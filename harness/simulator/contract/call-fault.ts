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

/** What a call has in common with the calls that it can meet on their way, and the fault that comes of meeting them. */
export interface Encounter {
  readonly fault: FaultKind;
  /** Every step in which one of these calls sets out, arrives or is dropped changes whom the others can meet. */
  readonly footprint: StepFootprint;
}
