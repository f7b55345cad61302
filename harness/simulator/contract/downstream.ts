/**
 * The systems that a lab protects: «the charge API», «the legacy system, five at a time».
 *
 * The harness simulates them outside the learner's account: a downstream has a function name that `Invoke` accepts, but no
 * code, and it takes no part in the account's concurrency. This file defines what a downstream is; it names none and keeps no
 * ledger.
 */

/** What a downstream has recorded: plain JSON, never changed in place. */
export type Ledger = Readonly<Record<string, unknown>>;

/** What `enter` does with a request: it answers at once, or it begins work that `leave` ends after the service time. */
export type Entered =
  | { readonly ledger: Ledger; readonly answer: unknown }
  | { readonly ledger: Ledger; readonly pending: string };

/** Two pure functions over a ledger, and the service time between them. `nowMs` is calendar time. */
export interface Downstream {
  /** A short, stable name: `charge`. */
  readonly name: string;
  /** The template parameter that passes the downstream's function name to the stack. */
  readonly functionNameParameter: string;
  readonly serviceTimeMs: number;
  /**
   * How it answers a request that it turns away for now, before doing anything: `{ status: 503, message: … }`. Plain JSON. Only the
   * fault `refused` does that; a downstream without a refusal never does.
   */
  readonly refusal?: unknown;
  /** The ledger at the start of a run. */
  readonly ledger: Ledger;
  /** Takes a request when it arrives. Requests affect each other only here. */
  enter(ledger: Ledger, request: unknown, nowMs: number): Entered;
  /**
   * Ends the work that `enter` called `pending`. It ends also if the caller has crashed, since a downstream cannot know that.
   */
  leave(ledger: Ledger, pending: string, nowMs: number): { readonly ledger: Ledger; readonly answer: unknown };
}

/** The function name under which `Invoke` reaches the downstream in the simulator, and the value of its template parameter. */
export function functionNameOf({ name }: Pick<Downstream, 'name'>): string {
  return `raceproof-${name}`;
}
