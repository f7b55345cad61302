/**
 * A downstream as a Lambda function: the lab's two pure functions around a ledger that is a document in a table.
 *
 * The same two functions run in the simulator. Here the service time really passes, and a caller that died is not known to
 * have died: nothing is marked as abandoned.
 */

import type { Downstream, Ledger } from '../../../simulator/world/downstream.ts';
import { changeDocument, type DeployedConfig, sleep } from './ledger-table.ts';

/** The handler of a downstream's function. */
export function serve(downstream: Downstream, { ledgerTable }: DeployedConfig): (request: unknown) => Promise<unknown> {
  const change = <Result>(step: (ledger: Ledger) => { readonly document: Ledger; readonly result: Result }) =>
    changeDocument(ledgerTable, `downstream ${downstream.name}`, downstream.ledger, step);
  return async (request) => {
    const entered = await change((ledger) => {
      const { ledger: document, ...result } = downstream.enter(ledger, request, Date.now());
      return { document, result };
    });
    if (!('pending' in entered)) return (entered as { readonly answer: unknown }).answer;
    const { pending } = entered as { readonly pending: string };
    await sleep(downstream.serviceTimeMs);
    return change((ledger) => {
      const { ledger: document, answer: result } = downstream.leave(ledger, pending, Date.now());
      return { document, result };
    });
  };
}
