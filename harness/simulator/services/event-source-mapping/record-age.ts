/**
 * Which records of a stream are too old to be given to the function (KE-06, UV-45).
 */

import type { SourceItem } from '../../contract/event-source.ts';
import type { Moment } from '../../contract/moment.ts';
import type { StreamSettings } from './state.ts';

/** Whether a record is older than its mapping takes, or than its source keeps it. */
export function isTooOld(
  { arrivedAtMs = 0, expiresAtMs = Number.POSITIVE_INFINITY }: SourceItem,
  { maximumRecordAgeSeconds }: StreamSettings,
  { nowMs }: Moment,
): boolean {
  const isOlder = maximumRecordAgeSeconds >= 0 && arrivedAtMs < nowMs - maximumRecordAgeSeconds * 1_000;
  return isOlder || expiresAtMs <= nowMs;
}
