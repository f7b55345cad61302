/** A downstream's books have their own type, for its functions and for readers of its ledger. */

import { expect, it } from 'vitest';
import { defineDownstream } from './downstream.ts';

interface Books {
  readonly served: number;
}

const gate = defineDownstream<Books>({
  name: 'gate',
  functionNameParameter: 'Gate',
  serviceTimeMs: 100,
  ledger: { served: 0 },
  enter: (books) => ({ ledger: books, pending: 'one' }),
  leave: ({ served }) => ({ ledger: { served: served + 1 }, answer: null }),
});

it('is a ledger and two functions for the world', () => {
  const entered = gate.enter(gate.ledger, {}, 0);
  expect(entered).toEqual({ ledger: { served: 0 }, pending: 'one' });
  expect(gate.leave(entered.ledger, 'one', 0).ledger).toEqual({ served: 1 });
});

it('reads its own ledger', () => {
  expect(gate.booksIn({ served: 3 }).served).toBe(3);
  // @ts-expect-error: the books have no `lost`.
  expect(gate.booksIn({ served: 3 }).lost).toBeUndefined();
});

it('writes only what its books can hold', () => {
  const leave = () => ({ ledger: { served: 'one' }, answer: null });
  // @ts-expect-error: `served` is a number.
  defineDownstream<Books>({ ...gate, ledger: { served: 0 }, leave });
});
