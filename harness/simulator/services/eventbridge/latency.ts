/**
 * How long EventBridge takes in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** A policy: AWS publishes no figure for calls. */
const BUS_CALL: WaitMs = { fromMs: 10, toMs: 50 };

/** From an event on the bus to its target. «About half a second» at most times: https://aws.amazon.com/eventbridge/faqs/ */
export const DELIVERY_WAIT: WaitMs = { fromMs: 50, toMs: 500 };

/** A call's way there and back, together. */
export function eventBridgeLatency(): WaitMs {
  return BUS_CALL;
}
