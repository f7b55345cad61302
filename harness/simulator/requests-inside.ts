/**
 * The requests that a downstream is processing, while a trace is read entry by entry.
 *
 * A request whose caller has crashed is abandoned. The downstream goes on with it, but no limit on callers can know that, so it is not
 * inside any more.
 */

import type { TraceEntry, TraceEvent } from './trace.ts';

/** The kinds of events that it looks at; it ignores all others. */
export const EVENTS_OF_REQUESTS = [
  'downstream-entered',
  'downstream-left',
  'invocation-started',
  'environment-reset',
] as const;

/** The entry with which a request came. */
export interface RequestEntered extends TraceEntry {
  readonly event: TraceEvent & { readonly kind: 'downstream-entered' };
}

export class RequestsInside {
  readonly #downstream: string;
  readonly #environments = new Map<string, string>();
  /** By call. */
  readonly #inside = new Map<string, RequestEntered>();

  constructor(downstream: string) {
    this.#downstream = downstream;
  }

  /** Takes the next entry of the trace into account. */
  see(entry: TraceEntry): void {
    const { event } = entry;
    switch (event.kind) {
      case 'invocation-started':
        this.#environments.set(event.invocation, event.environment);
        break;
      case 'environment-reset':
        for (const [call, { actor }] of this.#inside)
          if (this.#environments.get(actor) === event.environment) this.#inside.delete(call);
        break;
      case 'downstream-entered':
        if (event.downstream === this.#downstream) this.#inside.set(event.call, { ...entry, event });
        break;
      case 'downstream-left':
        this.#inside.delete(event.call);
        break;
    }
  }

  /** The requests inside now, in the order in which they came. */
  get requests(): readonly RequestEntered[] {
    return [...this.#inside.values()];
  }

  get count(): number {
    return this.#inside.size;
  }
}
