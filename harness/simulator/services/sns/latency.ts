/**
 * How long SNS takes in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** A policy: AWS publishes no figure for calls. */
const TOPIC_CALL: WaitMs = { fromMs: 10, toMs: 50 };

/** From a message in a topic to its subscriber. A policy: AWS publishes no figure for that either. */
export const NOTIFICATION_WAIT: WaitMs = { fromMs: 10, toMs: 100 };

/** A call's way there and back, together. */
export function snsLatency(): WaitMs {
  return TOPIC_CALL;
}
