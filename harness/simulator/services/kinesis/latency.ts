/**
 * How long Kinesis takes in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** A policy: AWS publishes no figure for calls. */
const STREAM_CALL: WaitMs = { fromMs: 10, toMs: 40 };

/** A call's way there and back, together. */
export function kinesisLatency(): WaitMs {
  return STREAM_CALL;
}
