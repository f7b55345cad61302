/**
 * Accounts and their events: what an event says, and what it makes of a balance.
 *
 * There is nothing to do in this file. The rule of a balance is the bank's: a withdrawal that the balance doesn't cover is declined. So the order of
 * an account's events decides what becomes of them.
 */

/** One event of an account, as the bank's core system tells it. */
export interface AccountEvent {
  readonly account: string;
  /**
   * Grows with every event of the account, by one or by more. It has 64 bits, so it comes as a text of digits: a JavaScript number would round it from 2⁵³
   * on.
   */
  readonly seq: string;
  readonly kind: 'deposit' | 'withdrawal';
  /** In cents. */
  readonly amount: number;
}

/** What the table has for an account, beside its name. */
export interface Balance {
  readonly balance: number;
  /** How many withdrawals were declined. */
  readonly declined: number;
}

/** The event that a record holds. Throws if it holds none: the core system is forty years old, and some records are broken. */
export function eventIn(data: string): AccountEvent {
  const { account, seq, kind, amount } = JSON.parse(Buffer.from(data, 'base64').toString());
  const isEvent = typeof account === 'string' && /^\d+$/.test(seq) && Number.isInteger(amount);
  if (!isEvent || (kind !== 'deposit' && kind !== 'withdrawal')) throw new Error('This record holds no event.');
  return { account, seq, kind, amount };
}

/** What an event makes of a balance; an account without one is new. */
export function balanceAfter(before: Partial<Balance> | undefined, { kind, amount }: AccountEvent): Balance {
  const { balance = 0, declined = 0 } = before ?? {};
  if (kind === 'deposit') return { balance: balance + amount, declined };
  return amount <= balance ? { balance: balance - amount, declined } : { balance, declined: declined + 1 };
}
