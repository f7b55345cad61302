/**
 * How long SQS takes in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** «Tens or low hundreds of milliseconds»: https://aws.amazon.com/sqs/faqs/ (Q: What is the latency of Amazon SQS?) */
const SQS_CALL: WaitMs = { fromMs: 10, toMs: 40 };

/** The latency of a call, there and back together. */
export function sqsLatency(): WaitMs {
  return SQS_CALL;
}
