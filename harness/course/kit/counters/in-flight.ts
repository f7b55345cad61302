/**
 * Counters of overlap: how many invocations ran at one moment, and how many requests a downstream processed.
 */

import { EVENTS_OF_REQUESTS, RequestsInside } from '../../../simulator/requests-inside.ts';
import { type Counter, counterOf, levelOf } from '../counter.ts';

/** The greatest number of invocations in progress at one moment: of one function, or of all. */
export function mostInFlight(functionName?: string): Counter {
  return levelOf(['invocation-started'], ['invocation-ended'], (entries) => {
    const working = new Set<string>();
    let most = 0;
    for (const { event } of entries) {
      if (functionName !== undefined && event.functionName !== functionName) continue;
      if (event.kind === 'invocation-started') working.add(event.invocation);
      else working.delete(event.invocation);
      most = Math.max(most, working.size);
    }
    return most;
  });
}

/** The greatest number of requests that a downstream processed at one moment. Abandoned ones don't count ({@link RequestsInside}). */
export function mostInDownstream(downstream: string): Counter {
  const level = counterOf(EVENTS_OF_REQUESTS, (entries) => {
    const inside = new RequestsInside(downstream);
    let most = 0;
    for (const entry of entries) {
      inside.see(entry);
      most = Math.max(most, inside.count);
    }
    return most;
  });
  // That an invocation starts raises and lowers nothing. It comes before its own requests in every order, so no order of it need be tried.
  return { ...level, watches: level.watches.filter((kind) => kind !== 'invocation-started') };
}
