/**
 * A counter of faults: how often one of these kinds struck in a run.
 */

import type { FaultKind } from '../../../simulator/contract/fault.ts';
import { type Counter, tallyOf } from '../counter.ts';

export function strikesOf(...kinds: readonly FaultKind[]): Counter {
  return tallyOf(['fault'], (entries) => entries.filter(({ event }) => kinds.includes(event.fault)).length);
}
