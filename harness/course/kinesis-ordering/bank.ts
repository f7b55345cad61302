/**
 * The model of lab 5: what the events of an account make of it, one after the other and each of them once.
 *
 * It knows nothing of streams, batches or attempts. A run is compared with it completely.
 */

/** One event of an account, as the core system tells it. */
export interface AccountEvent {
  readonly account: string;
  /** A text of digits that grows with every event of the account. */
  readonly seq: string;
  readonly kind: 'deposit' | 'withdrawal';
  /** In cents. */
  readonly amount: number;
}

/** What the table should have for an account. */
export interface AccountState {
  readonly account: string;
  readonly balance: number;
  readonly declined: number;
  /** Screening's receipt for the last event. */
  readonly receipt: string;
}

/** Each account after its events. An event that is no newer than one before changes nothing. */
export function accountsAfter(events: readonly AccountEvent[]): readonly AccountState[] {
  const accounts = new Map<string, AccountState & { readonly seq: bigint }>();
  for (const event of events) {
    const { account } = event;
    const seq = BigInt(event.seq);
    const before = accounts.get(account) ?? { account, balance: 0, declined: 0, receipt: '', seq: -1n };
    if (seq > before.seq) accounts.set(account, { ...applied(before, event), seq });
  }
  return [...accounts.values()].map(({ seq: _, ...state }) => state);
}

function applied(before: AccountState, { account, seq, kind, amount }: AccountEvent): AccountState {
  const receipt = receiptOf({ account, seq });
  if (kind === 'deposit') return { ...before, receipt, balance: before.balance + amount };
  if (amount > before.balance) return { ...before, receipt, declined: before.declined + 1 };
  return { ...before, receipt, balance: before.balance - amount };
}

/** Screening's receipt for an event. */
export function receiptOf({ account, seq }: Pick<AccountEvent, 'account' | 'seq'>): string {
  return `S/${account}/${seq}`;
}
