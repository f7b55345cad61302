/**
 * The cost of a sale: what a run has used is counted from its trace, and priced as AWS prices it in us-east-1.
 *
 * Free tiers are left out, and so are costs that are equal in all designs (log storage, the neighbours). A run by the clock has durations, so
 * they are measured and not assumed.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';

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
  const own = trace.flatMap(({ actor, event }) =>
    event.kind === 'call-applied' && actor !== 'scenario' ? [event] : [],
  );
  const batches = trace.filter(({ event }) => event.kind === 'message-received' && event.by !== 'scenario').length;
  const sent = trace.filter(({ event }) => event.kind === 'message-sent').length;
  return {
    busEvents: trace.filter(({ event }) => event.kind === 'bus-event-put').length,
    invocations: trace.filter(({ event }) => event.kind === 'invocation-started').length,
    billedMs: Math.round(workedMs(trace)),
    // SE-01: a mapping receives a message with one request and deletes it with another. What the bus sends is a request, too.
    sqsRequests: sent + 2 * batches,
    writeUnits: own.filter(isWrite).length,
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

/** How long invocations were at work, together. */
function workedMs(trace: Trace): number {
  const startedAtMs = new Map<string, number>();
  let total = 0;
  for (const { atMs, event } of trace) {
    if (event.kind === 'invocation-started') startedAtMs.set(event.invocation, atMs);
    if (event.kind === 'invocation-ended') total += atMs - (startedAtMs.get(event.invocation) ?? atMs);
  }
  return total;
}

/** Items below 1 KB: one unit for a write, even if its condition fails (DD-01). */
function isWrite({ service, operation }: TraceEvent & { readonly kind: 'call-applied' }): boolean {
  return service === 'DynamoDB' && ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
}
