/**
 * How long event source mappings take in a timed run.
 */

import type { WaitMs } from '../../contract/latency.ts';

/** A policy, for the calls that change or read settings. */
const MAPPING_SETTINGS: WaitMs = { fromMs: 10, toMs: 50 };

/** From an item that is there to the mapping that has it. A policy: a long poll answers when a message arrives; the figure is that of a receive. */
export const MAPPING_POLL: WaitMs = { fromMs: 10, toMs: 40 };

/** A call's way there and back, together. */
export function mappingLatency(): WaitMs {
  return MAPPING_SETTINGS;
}
