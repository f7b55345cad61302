/**
 * Counters of overlap: how many invocations ran at one moment, and how many requests a downstream processed.
 */

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

/**
 * The greatest number of requests that a downstream processed at one moment. A request whose caller has crashed is abandoned.
 * The downstream goes on with it, but no limit on callers can know that, so it no longer counts.
 */
export function mostInDownstream(downstream: string): Counter {
  // That an invocation starts raises and lowers nothing. It comes before its own requests in every order, so no order of it need be tried.
  const level = counterOf(
    ['downstream-entered', 'downstream-left', 'invocation-started', 'environment-reset'],
    (entries) => {
      const environments = new Map<string, string>();
      const inside = new Map<string, string | undefined>();
      let most = 0;
      for (const { actor, event } of entries) {
        switch (event.kind) {
          case 'invocation-started':
            environments.set(event.invocation, event.environment);
            break;
          case 'environment-reset':
            for (const [call, caller] of inside) if (caller === event.environment) inside.delete(call);
            break;
          case 'downstream-entered':
            if (event.downstream === downstream) inside.set(event.call, environments.get(actor));
            break;
          case 'downstream-left':
            inside.delete(event.call);
            break;
        }
        most = Math.max(most, inside.size);
      }
      return most;
    },
  );
  return { ...level, watches: level.watches.filter((kind) => kind !== 'invocation-started') };
}
