/**
 * Counters of broken-off work: how often an environment of a function was reset, and when.
 *
 * A crash, a timeout and an exit count alike: each of them leaves behind what the function had done by then.
 */

import { type Counter, counterOf } from '../counter.ts';

/** How often an environment of this function was reset, together with the invocation in it. */
export function resetsOf(functionName: string): Counter {
  return counterOf(
    ['environment-reset'],
    (entries) => entries.filter(({ event }) => event.functionName === functionName).length,
  );
}

/** The same, counted from the first request that a downstream took: what had happened by then can't be taken back. */
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
