/**
 * A downstream as a lab writes it: two pure functions over books that have their own type.
 *
 * The world sees a ledger as plain JSON of any shape. This file gives up the type for the world and restores it afterwards, so
 * that no lab has to.
 */

import type { Downstream, Ledger } from '../lab.ts';

/** What `enter` does with a request: it answers at once, or it begins work that `leave` ends after the service time. */
type EnteredIn<Books> =
  | { readonly ledger: Books; readonly answer: unknown }
  | { readonly ledger: Books; readonly pending: string };

/** See {@link Downstream}. Here its ledger is the typed books. */
export interface DownstreamDefinition<Books extends object> extends Omit<Downstream, 'ledger' | 'enter' | 'leave'> {
  readonly ledger: Books;
  enter(books: Books, request: unknown, nowMs: number): EnteredIn<Books>;
  leave(books: Books, pending: string, nowMs: number): { readonly ledger: Books; readonly answer: unknown };
}

/** A downstream that can read its own ledger. */
export interface LabDownstream<Books extends object> extends Downstream {
  /** The ledger as its books: `bank.booksIn(await context.downstream(bank.name))`. */
  booksIn(ledger: Ledger): Books;
}

/** Defines a downstream. Its books are plain JSON and never changed in place. */
export function defineDownstream<Books extends object>(definition: DownstreamDefinition<Books>): LabDownstream<Books> {
  // An interface has no index signature, so TypeScript doesn't accept books as a ledger. Only this downstream's own functions
  // make its ledger, so reading it back as books is sound.
  return { ...(definition as unknown as Downstream), booksIn: (ledger) => ledger as Books };
}
