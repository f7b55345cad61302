/**
 * The checks of task 1 where the table or the gateway is in trouble: calls of the table are refused, and calls are slow.
 *
 * The gateway refuses nothing here: it keeps no keys, so no code could be right.
 */

import { atLeast, check, countingCheck, type LabCheck } from '../../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../../kit/client-attempts.ts';
import { type Counter, counterOf } from '../../kit/counter.ts';
import { strikesOf } from '../../kit/counters/faults.ts';
import { mostHoldersAtOnce } from '../../kit/counters/holders.ts';
import { gateway } from '../gateway.ts';
import { debitOutage, debitSlow, debitTrouble } from '../scenarios/debits.ts';
import { duplicateIsDead, neverDebited, orderOfRequest, ordersOf } from './orders.ts';

const debitTableRefused = countingCheck(debitTrouble, strikesOf('throttled'), {
  id: 'debit-table-refused',
  task: 1,
  title: 'the table refused as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no order did the table refuse ${CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const troubleLosesNoDebit = check(debitTrouble, {
  id: 'trouble-loses-no-debit',
  task: 1,
  title: 'while the table refuses calls, no order is lost',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: debitTableRefused,
  failures: ['error-taken-for-duplicate', 'batch-in-trouble', 'duplicate-dead'],
  // Not how often: where the result can't be recorded, a gateway without keys leaves «at most once» or «at least once», as after a crash.
  judge: ({ observation: run }) =>
    neverDebited(run, ordersOf(run.sent).length > 1 ? 'batch-in-trouble' : 'error-taken-for-duplicate') ??
    duplicateIsDead(run),
});

/** The orders for which an invocation asked the gateway before any write of its own was in a table. */
function unclaimed(): Counter<readonly string[]> {
  return counterOf(['item-changed', 'downstream-entered'], (entries) => {
    const wrote = new Set<string>();
    const orders: string[] = [];
    for (const { actor, event } of entries) {
      if (event.kind === 'item-changed') wrote.add(actor);
      else if (event.downstream === gateway.name && !wrote.has(actor)) orders.push(orderOfRequest(event.request));
    }
    return orders;
  });
}

const noDebitWithoutClaim = countingCheck(debitTrouble, unclaimed(), {
  id: 'no-debit-without-claim',
  task: 1,
  title: 'while the table refuses calls, no money moves without a claim',
  kind: 'invariant',
  points: 1,
  provokedBy: debitTableRefused,
  failures: ['debited-without-claim'],
  judge: ({ count: [order] }) => {
    if (order === undefined) return null;
    const headline = `Order ${order} was debited by an invocation that had written nothing into a table before.`;
    return { headline, hintId: 'debited-without-claim', about: { names: [order] } };
  },
});

const tableRefusedForLong = countingCheck(debitOutage, strikesOf('throttled'), {
  id: 'debit-table-refused-for-long',
  task: 1,
  title: 'the table refused three times as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(3 * CLIENT_ATTEMPTS, {
    headline: `In no order did the table refuse ${3 * CLIENT_ATTEMPTS} calls.`,
    hintId: 'nothing-troubled',
  }),
});

const outageLosesNoDebit = check(debitOutage, {
  id: 'outage-loses-no-debit',
  task: 1,
  title: 'while the table refuses calls for long, no order is lost',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: tableRefusedForLong,
  failures: ['error-taken-for-duplicate', 'duplicate-dead'],
  judge: ({ observation: run }) => neverDebited(run, 'error-taken-for-duplicate') ?? duplicateIsDead(run),
});

const debitWasSlow = countingCheck(debitSlow, strikesOf('slow'), {
  id: 'debit-was-slow',
  task: 1,
  title: 'a call was slow while another attempt came',
  kind: 'reach',
  points: 0,
  failures: ['nothing-troubled'],
  judge: atLeast(1, { headline: 'In no order was 1 call of your function slow.', hintId: 'nothing-troubled' }),
});

const debitClaimOutlastsSlowness = countingCheck(debitSlow, mostHoldersAtOnce(gateway.name, orderOfRequest), {
  id: 'debit-claim-outlasts-slowness',
  task: 1,
  title: 'while a call is slow, no other delivery takes the order over',
  kind: 'invariant',
  points: 1,
  provokedBy: debitWasSlow,
  failures: ['debit-claim-too-short'],
  judge: ({ count }) => {
    if (count <= 1) return null;
    const headline = `${count} invocations were at work at once, and each of them asked the gateway for the same order.`;
    return { headline, hintId: 'debit-claim-too-short' };
  },
});

export const debitChecksInTrouble: readonly LabCheck[] = [
  troubleLosesNoDebit,
  noDebitWithoutClaim,
  outageLosesNoDebit,
  debitClaimOutlastsSlowness,
  debitTableRefused,
  tableRefusedForLong,
  debitWasSlow,
];
