/**
 * Counters of interrupted work: how often an environment of a function was reset, and when.
 *
 * A crash, a timeout and an exit count alike, because after each of them the effects of the function so far remain.
 */

import { type Counter, counterOf, tallyOf } from '../counter.ts';

/** How often an environment of this function was reset during an invocation. */
export function resetsOf(functionName: string): Counter {
  return tallyOf(
    ['environment-reset'],
    (entries) => entries.filter(({ event }) => event.functionName === functionName).length,
  );
}

/** The same, counted from the first request that a downstream received, because its effects can't be undone. */
export function resetsAfterEntering(downstream: string, functionName: string): Counter {
  return counterOf(['downstream-entered', 'environment-reset'], (entries) => {
    const first = entries.findIndex(
      ({ event }) => event.kind === 'downstream-entered' && event.downstream === downstream,
    );
    if (first === -1) return 0;
    const after = entries.slice(first);
    return after.filter(({ event }) => event.kind === 'environment-reset' && event.functionName === functionName)
      .length;
  });
}
