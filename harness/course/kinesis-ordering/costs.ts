/**
 * The cost of the rush: what a run has used is counted from its trace, and priced as AWS prices it in us-east-1.
 *
 * Free tiers are left out, and so is log storage. A run by the clock has durations, so they are measured and not assumed. A shard costs by the hour, whether
 * records come or not, so its price depends on how many come in an hour.
 */

import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';

/** The units that AWS charges for. */
export interface RushUnits {
  /** Records are below 25 KB: one unit each. */
  readonly putUnits: number;
  readonly invocations: number;
  /** At 128 MB, the template's default. Waiting for screening is most of it. */
  readonly billedMs: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

const MEMORY_GB = 0.125;
const MILLION = 1_000_000;
const HOURS_OF_A_MONTH = 730;

/** Counts what a run has used until the scenario begins its final reads. */
export function rushUnitsOf(trace: Trace): RushUnits {
  const own = trace.flatMap(({ actor, event }) =>
    event.kind === 'call-applied' && actor !== 'scenario' ? [event] : [],
  );
  return {
    putUnits: trace.filter(({ event }) => event.kind === 'stream-record-put').length,
    invocations: trace.filter(({ event }) => event.kind === 'invocation-started').length,
    billedMs: Math.round(workedMs(trace)),
    readUnits: own.filter(isRead).length,
    writeUnits: own.filter(isWrite).length,
  };
}

/** The price of these units, in US dollars. Shards come on top. */
export function rushDollars({ putUnits, invocations, billedMs, readUnits, writeUnits }: RushUnits): number {
  return (
    (putUnits * PRICES.perMillionPutUnits +
      invocations * PRICES.perMillionInvocations +
      readUnits * PRICES.perMillionReadUnits +
      writeUnits * PRICES.perMillionWriteUnits) /
      MILLION +
    (billedMs / 1_000) * MEMORY_GB * PRICES.perGbSecond
  );
}

/** The same, scaled to a million events: a run had `events` of them. */
export function dollarsPerMillionAccountEvents(units: RushUnits, events: number): number {
  return (rushDollars(units) * MILLION) / events;
}

/** What shards cost in a month of 730 hours. */
export function shardDollarsPerMonth(shards: number): number {
  return shards * HOURS_OF_A_MONTH * PRICES.perShardHour;
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

/** Items below 4 KB: one unit for a consistent read. */
function isRead({ service, operation }: TraceEvent & { readonly kind: 'call-applied' }): boolean {
  return service === 'DynamoDB' && operation === 'GetItem';
}

/** Items below 1 KB: one unit for a write, even if its condition fails (DD-01). */
function isWrite({ service, operation }: TraceEvent & { readonly kind: 'call-applied' }): boolean {
  return service === 'DynamoDB' && ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
}
