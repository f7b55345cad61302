/**
 * A downstream as a lab writes it: two pure functions over books that have a type of their own.
 *
 * To the world a ledger is plain JSON of any shape. The type is given up for that and taken back here, so that no lab does either
 * by itself.
 */

import type { Downstream, Ledger } from '../lab.ts';

/** What became of a request at the door: an answer at once, or work that `leave` will end after the service time. */
type EnteredIn<Books> =
  | { readonly ledger: Books; readonly answer: unknown }
  | { readonly ledger: Books; readonly pending: string };

/** See {@link Downstream}; here its ledger is the books. */
export interface DownstreamDefinition<Books extends object> extends Omit<Downstream, 'ledger' | 'enter' | 'leave'> {
  readonly ledger: Books;
  enter(books: Books, request: unknown, nowMs: number): EnteredIn<Books>;
  leave(books: Books, pending: string, nowMs: number): { readonly ledger: Books; readonly answer: unknown };
}

/** A downstream that can read its own ledger. */
export interface LabDownstream<Books extends object> extends Downstream {
  /** What it has written down, as its books: `bank.booksIn(await context.downstream(bank.name))`. */
  booksIn(ledger: Ledger): Books;
}

/** A system that a lab protects. Its books are plain JSON and never changed in place. */
export function defineDownstream<Books extends object>(definition: DownstreamDefinition<Books>): LabDownstream<Books> {
  // An interface has no index signature, so TypeScript doesn't take books for a ledger. A ledger of this downstream comes from
  // nowhere but its own functions: that is why reading it back as books is sound.
  return { ...(definition as unknown as Downstream), booksIn: (ledger) => ledger as Books };
}
