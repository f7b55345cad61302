/**
 * A chain of events: which functions it has passed through, and how often. Calls and messages carry it (LS-32).
 *
 * Lambda reads it to stop loops. Everyone else hands it on: a call has the chain of the invocation that made it, a message
 * that of its send. It is no member of any request or answer, so code never sees it.
 */

/** Passages by the function's name. It never changes, so copies of a world share it. */
export type EventChain = Readonly<Record<string, number>>;

/** What has a chain, if a function has been passed. */
export interface Chained {
  readonly chain?: EventChain;
}

/** How often the chain has passed through this function. */
export function passagesOf(chain: EventChain | undefined, functionName: string): number {
  return chain?.[functionName] ?? 0;
}

/** The chain after another passage through this function. */
export function afterPassage(chain: EventChain | undefined, functionName: string): EventChain {
  return { ...chain, [functionName]: passagesOf(chain, functionName) + 1 };
}

/** The chain of what several events bring about together: of each function the most passages (UV-85). */
export function chainOfAll(events: readonly Chained[]): Chained {
  const chains = events.flatMap(({ chain }) => (chain === undefined ? [] : [chain]));
  if (chains.length < 2) return chainedBy(chains[0]);
  const most: Record<string, number> = {};
  for (const chain of chains)
    for (const [name, passages] of Object.entries(chain)) most[name] = Math.max(passages, most[name] ?? 0);
  return { chain: most };
}

/** The member that carries a chain; none if there is no chain. */
export function chainedBy(chain: EventChain | null | undefined): Chained {
  return chain === undefined || chain === null ? {} : { chain };
}
