/**
 * The cost of a run: its requests are counted from its trace, and priced as AWS prices them in us-east-1.
 *
 * Free tiers are left out, and so are idle costs that are equal on both sides of a comparison (log storage, empty polls). Calls
 * take no time in a trace of an exploration, so each is assigned a stated duration.
 */

import type { Trace } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';
import { type AppliedCall, callsOfFunctions, howMany, readsItem, writesItem } from '../kit/usage.ts';
import { chargeApi } from './charge-api.ts';
import { gateway } from './gateway.ts';

/** The units that AWS charges for. */
export interface Units {
  readonly invocations: number;
  /** At 128 MB, the template's default. */
  readonly billedMs: number;
  readonly sqsRequests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** An assumption, which AWS does not promise: the duration of a call to DynamoDB or SQS within a Region. */
export const CALL_MS = 5;
const MEMORY_GB = 0.125;
const MILLION = 1_000_000;

/** Counts what a run has used until the scenario begins its final reads. */
export function unitsOf(trace: Trace): Units {
  const calls = callsOfFunctions(trace);
  return {
    invocations: howMany(trace, 'invocation-started'),
    billedMs: waitedMs(trace) + calls.length * CALL_MS,
    sqsRequests: calls.filter(({ service }) => service === 'SQS').length + 2 * batchesOf(trace) + sent(trace),
    writeUnits: total(calls, writeUnitsOf),
    readUnits: total(calls, readUnitsOf),
  };
}

/** The price of these units, in US dollars. */
export function dollarsOf({ invocations, billedMs, sqsRequests, writeUnits, readUnits }: Units): number {
  return (
    (invocations * PRICES.perMillionInvocations +
      sqsRequests * PRICES.perMillionSqsRequests +
      writeUnits * PRICES.perMillionWriteUnits +
      readUnits * PRICES.perMillionReadUnits) /
      MILLION +
    (billedMs / 1_000) * MEMORY_GB * PRICES.perGbSecond
  );
}

/** The same, scaled to a million of what the run had `count` of. */
export function dollarsPerMillion(units: Units, count: number): number {
  return (dollarsOf(units) * MILLION) / count;
}

/** How long invocations have waited for downstreams, each for its service time; in an exploration it may have been less. */
function waitedMs(trace: Trace): number {
  const systems = new Map([chargeApi, gateway].map(({ name, serviceTimeMs }) => [name, serviceTimeMs]));
  return total(trace, ({ event }) => (event.kind === 'downstream-entered' ? (systems.get(event.downstream) ?? 0) : 0));
}

/** A mapping receives a batch with one request and deletes it with another (SE-01), and each invocation handles one batch. */
function batchesOf(trace: Trace): number {
  return howMany(trace, 'invocation-started');
}

/** What the till's sending has cost. */
function sent(trace: Trace): number {
  return trace.filter(
    ({ actor, event }) =>
      actor === 'scenario' && event.kind === 'call-applied' && event.operation.startsWith('SendMessage'),
  ).length;
}

/** Items below 1 KB: one unit for a write, even if its condition fails (DD-01); two for each item of a transaction. */
function writeUnitsOf(call: AppliedCall): number {
  if (call.service === 'DynamoDB' && call.operation === 'TransactWriteItems') return 2 * itemsIn(call.input);
  return writesItem(call) ? 1 : 0;
}

/** Items below 4 KB, read consistently: one unit. */
function readUnitsOf(call: AppliedCall): number {
  if (!readsItem(call)) return 0;
  return Reflect.get(Object(call.input), 'ConsistentRead') === true ? 1 : 0.5;
}

function itemsIn(input: unknown): number {
  const items: unknown = Reflect.get(Object(input), 'TransactItems');
  return Array.isArray(items) ? items.length : 0;
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
