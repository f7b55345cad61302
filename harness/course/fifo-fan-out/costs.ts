/**
 * The cost of the rush: what a run has used is counted from its trace, and priced as AWS prices it in us-east-1.
 *
 * Free tiers are left out, and so is log storage. A run by the clock has durations, so they are measured and not assumed. Messages are below 1 KB, which is what AWS
 * counts for the least of a FIFO topic's data.
 */

import type { Trace } from '../../simulator/trace.ts';
import { PRICES } from '../kit/prices.ts';
import { callsOfFunctions, howMany, workedMs, writesItem } from '../kit/usage.ts';

/** The units that AWS charges for. */
export interface FanOutUnits {
  /** Messages that the topic was given. */
  readonly published: number;
  /** Messages that it gave to queues. */
  readonly delivered: number;
  /** Batches that mappings took, and deletes of what was done: a request for each batch. What the topic sends is paid for at the topic. */
  readonly sqsRequests: number;
  readonly invocations: number;
  /** At 128 MB, the template's default. Waiting for legacy is most of it. */
  readonly billedMs: number;
  readonly writeUnits: number;
}

const MEMORY_GB = 0.125;
const MILLION = 1_000_000;
/** 1 KB of a gigabyte, as AWS counts data. */
const KB_IN_GB = 1 / (1_024 * 1_024);
/** SE-05: as many pollers as a mapping of a standard queue has when nothing comes, and how long each waits for a message. AWS does not say it of FIFO queues. */
const IDLE_POLLERS = 5;
const IDLE_POLL_SECONDS = 20;
const SECONDS_OF_A_MONTH = 730 * 3_600;

/** Counts what a run has used until the scenario begins its final reads. */
export function fanOutUnitsOf(trace: Trace): FanOutUnits {
  const batches = trace.filter(
    ({ event }) => event.kind === 'invocation-started' && event.functionName !== 'publish',
  ).length;
  return {
    published: howMany(trace, 'notification-published'),
    delivered: howMany(trace, 'message-sent'),
    sqsRequests: 2 * batches,
    invocations: howMany(trace, 'invocation-started'),
    billedMs: workedMs(trace),
    writeUnits: callsOfFunctions(trace).filter(writesItem).length,
  };
}

/** FIFO topics and queues have prices of their own. */
export type TopicType = 'standard' | 'fifo';

/** The price of these units, in US dollars. */
export function fanOutDollars(units: FanOutUnits, type: TopicType): number {
  const { published, delivered, sqsRequests, invocations, billedMs, writeUnits } = units;
  const messages =
    type === 'standard'
      ? published * PRICES.perMillionSnsRequests + sqsRequests * PRICES.perMillionSqsRequests
      : published * PRICES.perMillionSnsFifoPublished +
        delivered * PRICES.perMillionSnsFifoDelivered +
        sqsRequests * PRICES.perMillionSqsFifoRequests;
  const gigabytes = type === 'standard' ? 0 : KB_IN_GB;
  return (
    (messages + invocations * PRICES.perMillionInvocations + writeUnits * PRICES.perMillionWriteUnits) / MILLION +
    gigabytes * (published * PRICES.perGbSnsFifoPublished + delivered * PRICES.perGbSnsFifoDelivered) +
    (billedMs / 1_000) * MEMORY_GB * PRICES.perGbSecond
  );
}

/** The same, scaled to a million events: a run had `events` of them. */
export function dollarsPerMillionOrderEvents(units: FanOutUnits, type: TopicType, events: number): number {
  return (fanOutDollars(units, type) * MILLION) / events;
}

/** What one mapping asks of a FIFO queue in a month in which nothing comes: requests that are answered with nothing are paid for, too. */
export function idleDollarsPerMonth(): number {
  const requests = (IDLE_POLLERS * SECONDS_OF_A_MONTH) / IDLE_POLL_SECONDS;
  return (requests * PRICES.perMillionSqsFifoRequests) / MILLION;
}
