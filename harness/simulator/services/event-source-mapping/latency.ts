/**
 * How long event source mappings take in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** A policy, for the calls that change or read settings. */
const MAPPING_SETTINGS: WaitMs = { fromMs: 10, toMs: 50 };

/**
 * The time from a new item until the mapping has it. A policy: a long poll answers when a message arrives, so this is the
 * figure of a receive.
 */
export const MAPPING_POLL: WaitMs = { fromMs: 10, toMs: 40 };

/** The latency of a call, there and back together. */
export function mappingLatency(): WaitMs {
  return MAPPING_SETTINGS;
}

/**
 * The time from a new record until the mapping has it: a shard without news is polled about once a second (KE-01).
 */
export const STREAM_POLL: WaitMs = { fromMs: 10, toMs: 1_000 };

/**
 * The time from a new record until a consumer with enhanced fan-out has it: about 70 ms (KE-21).
 */
export const STREAM_PUSH: WaitMs = { fromMs: 40, toMs: 100 };
