/**
 * What would have saved a run: two of its steps the other way round, or one fault less. As data; `saving-words.ts` says it.
 *
 * Whether it would is tried in `counterfactual/`; nothing in here runs anything.
 */

import type { FaultKind } from '../../simulator/contract/fault.ts';

/** Two steps whose order made the difference, by `TraceEntry.step`. */
export interface Conflict {
  readonly first: number;
  readonly second: number;
}

/** What would have saved a run: two steps the other way round, or one fault less. Steps are those of the trace. */
export type Saving =
  | ({ readonly kind: 'swap' } & Conflict)
  | { readonly kind: 'fault'; readonly step: number; readonly fault: FaultKind };
