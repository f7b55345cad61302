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

/**
 * What would have saved a run; steps are those of the trace. `swap`: these two steps the other way round, and nothing else
 * different but what follows. `order`: a run holds in which they come the other way round, and more is different. `fault`: this fault
 * alone left out.
 */
export type Saving =
  | ({ readonly kind: 'swap' | 'order' } & Conflict)
  | { readonly kind: 'fault'; readonly step: number; readonly fault: FaultKind };
