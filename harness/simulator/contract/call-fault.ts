/**
 * A fault that a service itself knows: what it would answer a call if the fault struck, and which calls must meet for it.
 *
 * The kinds of faults and their budget stand in `fault.ts`; the world asks for these when a call arrives (`world/calls.ts`).
 */

import type { StepFootprint } from '../kernel/footprint.ts';
import type { Served } from './effect.ts';
import type { FaultKind } from './fault.ts';

/** A fault of a service's own that may strike at one call, and what the call would be answered then. */
export interface CallFault {
  readonly fault: FaultKind;
  readonly served: Served<never>;
}

/** What a call has in common with the calls that it can meet on their way, and the fault that comes of meeting them. */
export interface Encounter {
  readonly fault: FaultKind;
  /** Every step in which one of these calls sets out, arrives or is dropped changes whom the others can meet. */
  readonly footprint: StepFootprint;
}
