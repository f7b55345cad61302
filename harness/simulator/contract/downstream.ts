/**
 * The systems that a lab protects: «the charge API», «the legacy system, five at a time».
 *
 * They belong to the harness and stand outside the learner's account: a function name that `Invoke` knows, no code, no
 * concurrency pool. This file says what one is; it knows none by name and keeps no ledger.
 */

/** What a downstream has written down: plain JSON, never changed in place. */
export type Ledger = Readonly<Record<string, unknown>>;

/** What became of a request at the door: an answer at once, or work that `leave` will end after the service time. */
export type Entered =
  | { readonly ledger: Ledger; readonly answer: unknown }
  | { readonly ledger: Ledger; readonly pending: string };

/** Two pure functions over a ledger, and how long the work between them takes. `nowMs` is the time on the calendar. */
export interface Downstream {
  /** Short and stable: `charge`. */
  readonly name: string;
  /** The template's parameter that says under which function name it is reached. */
  readonly functionNameParameter: string;
  readonly serviceTimeMs: number;
  /** What it has written down before anything happens. */
  readonly ledger: Ledger;
  /** A request arrives: the one point at which it sees others, and they see it. */
  enter(ledger: Ledger, request: unknown, nowMs: number): Entered;
  /** The work that `enter` called `pending` is done. Also when its caller is dead: it could not know. */
  leave(ledger: Ledger, pending: string, nowMs: number): { readonly ledger: Ledger; readonly answer: unknown };
}

/** The name by which `Invoke` reaches it in the simulator; the template's parameter has this value. */
export function functionNameOf({ name }: Pick<Downstream, 'name'>): string {
  return `raceproof-${name}`;
}
