/**
 * A downstream as a Lambda function: the lab's two pure functions around a ledger that is a document in a table.
 *
 * The simulator runs the same two functions. Here the service time really passes, and the function can't know that its caller
 * has crashed, so it marks nothing as abandoned.
 */

import type { Downstream, Ledger } from '../../../simulator/contract/downstream.ts';
import { type LedgerTable, sleep } from './ledger-table.ts';

/** A request that met another waits at most this long before it retries, in milliseconds. */
const LOOK_AGAIN_MS = 20;

/** The handler of a downstream's function. */
export function serve(
  downstream: Downstream,
  table: LedgerTable,
  wait: (delayMs: number) => Promise<void> = sleep,
): (request: unknown) => Promise<unknown> {
  const change = <Change extends { readonly ledger: Ledger }>(step: (ledger: Ledger) => Change): Promise<Change> =>
    changeLedger(downstream, table, wait, step);
  return async (request) => {
    const entered = await change((ledger) => downstream.enter(ledger, request, Date.now()));
    if ('answer' in entered) return entered.answer;
    await wait(downstream.serviceTimeMs);
    const left = await change((ledger) => downstream.leave(ledger, entered.pending, Date.now()));
    return left.answer;
  };
}

/** Optimistic concurrency: a request replaces the ledger only if it read the latest version. Others retry. */
async function changeLedger<Change extends { readonly ledger: Ledger }>(
  { name, ledger: initial }: Downstream,
  table: LedgerTable,
  wait: (delayMs: number) => Promise<void>,
  step: (ledger: Ledger) => Change,
): Promise<Change> {
  const document = `downstream ${name}`;
  for (;;) {
    const found = await table.read(document);
    const change = step(found === null ? initial : (JSON.parse(found.json) as Ledger));
    if (await table.replace(document, found?.version ?? 0, JSON.stringify(change.ledger))) return change;
    await wait(Math.random() * LOOK_AGAIN_MS);
  }
}
