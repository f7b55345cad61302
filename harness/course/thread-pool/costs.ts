/**
 * The cost of a sale: what a run has used is counted from its trace, and priced as AWS prices it in us-east-1.
 *
 * Free tiers are left out, and so are costs that are equal in all designs (log storage, the neighbours). A run by the clock has durations, so
 * they are measured and not assumed.
 */

import type { Trace } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';
import { callsOfFunctions, howMany, workedMs, writesItem } from '../kit/usage.ts';

/** The units that AWS charges for. */
export interface SaleUnits {
  readonly busEvents: number;
  readonly invocations: number;
  /** At 128 MB, the template's default. Waiting for legacy is most of it. */
  readonly billedMs: number;
  readonly sqsRequests: number;
  readonly writeUnits: number;
}

const MEMORY_GB = 0.125;
const MILLION = 1_000_000;

/** Counts what a run has used until the scenario begins its final reads. */
export function saleUnitsOf(trace: Trace): SaleUnits {
  const batches = trace.filter(({ event }) => event.kind === 'message-received' && event.by !== 'scenario').length;
  return {
    busEvents: howMany(trace, 'bus-event-put'),
    invocations: howMany(trace, 'invocation-started'),
    billedMs: workedMs(trace),
    // SE-01: a mapping receives a message with one request and deletes it with another. What the bus sends is a request, too.
    sqsRequests: howMany(trace, 'message-sent') + 2 * batches,
    writeUnits: callsOfFunctions(trace).filter(writesItem).length,
  };
}

/** The price of these units, in US dollars. */
export function saleDollars({ busEvents, invocations, billedMs, sqsRequests, writeUnits }: SaleUnits): number {
  return (
    (busEvents * PRICES.perMillionBusEvents +
      invocations * PRICES.perMillionInvocations +
      sqsRequests * PRICES.perMillionSqsRequests +
      writeUnits * PRICES.perMillionWriteUnits) /
      MILLION +
    (billedMs / 1_000) * MEMORY_GB * PRICES.perGbSecond
  );
}

/** The same, scaled to a million orders: a run had `orders` of them. */
export function dollarsPerMillionOrders(units: SaleUnits, orders: number): number {
  return (saleDollars(units) * MILLION) / orders;
}

/**
 * What it costs to give the function an account of its own, for a million orders: an account is free, and each event goes on to its bus. In return no reservation
 * takes anything from the neighbours.
 */
export function ownAccountDollarsPerMillionOrders(): number {
  return PRICES.perMillionEventsToAnotherAccount;
}
