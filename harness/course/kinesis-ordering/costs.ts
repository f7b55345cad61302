/**
 * The cost of the rush: what a run has used is counted from its trace, and priced as AWS prices it in us-east-1.
 *
 * Free tiers are left out, and so is log storage. A run by the clock has durations, so they are measured and not assumed. A shard costs by the hour, whether
 * records come or not, so its price depends on how many come in an hour.
 */

import type { Trace } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';
import { callsOfFunctions, howMany, readsItem, workedMs, writesItem } from '../kit/usage.ts';

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
  const calls = callsOfFunctions(trace);
  return {
    putUnits: howMany(trace, 'stream-record-put'),
    invocations: howMany(trace, 'invocation-started'),
    billedMs: workedMs(trace),
    readUnits: calls.filter(readsItem).length,
    writeUnits: calls.filter(writesItem).length,
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
