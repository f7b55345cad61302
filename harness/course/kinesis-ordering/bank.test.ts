/** The model: what the events of an account make of it. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountEvent, accountsAfter } from './bank.ts';
import { deposit, withdrawal } from './scenarios/story.ts';

describe('an account', () => {
  it('is paid in, and pays what its balance covers', () => {
    expect(accountsAfter([deposit('a', 1, 500), withdrawal('a', 2, 500), withdrawal('a', 3, 1)])).toEqual([
      { account: 'a', balance: 0, declined: 1, receipt: 'S/a/3' },
    ]);
    expect(accountsAfter([withdrawal('a', 1, 0)])).toEqual([
      { account: 'a', balance: 0, declined: 0, receipt: 'S/a/1' },
    ]);
  });

  it('takes no event that is no newer than the last one, also where numbers are long', () => {
    const [great, greater] = [2n ** 53n, 2n ** 53n + 1n].map(String);
    expect(
      accountsAfter([deposit('a', 0, 1), deposit('a', 9, 1), deposit('a', 10, 1), deposit('a', 9, 1)]),
    ).toMatchObject([{ balance: 3 }]);
    expect(accountsAfter([deposit('a', great ?? '', 1), deposit('a', greater ?? '', 1)])).toMatchObject([
      { balance: 2 },
    ]);
  });

  const anyEvent = fc.record({
    account: fc.constantFrom('a', 'b'),
    seq: fc.nat(20).map(String),
    kind: fc.constantFrom<AccountEvent['kind']>('deposit', 'withdrawal'),
    amount: fc.nat(10),
  });

  it('is the same whatever comes again, and whatever other accounts do', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const twice = events.flatMap((event) => [event, event]);
        expect(accountsAfter([...twice, ...events])).toEqual(accountsAfter(events));
        const alone = accountsAfter(events.filter(({ account }) => account === 'a'));
        expect(accountsAfter(events).filter(({ account }) => account === 'a')).toEqual(alone);
      }),
    );
  });

  it('never owes', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        for (const { balance } of accountsAfter(events)) expect(balance).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
