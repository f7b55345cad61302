/**
 * Splits batches so that one invocation can take the payload of each.
 */

import type { SourceItem } from '../../contract/event-source.ts';
import { utf8Length } from '../../contract/utf8.ts';

/** 6 MB, as for every synchronous invocation (SE-03, LS-25). */
const MOST_PAYLOAD_BYTES = 6_291_456;
/** The largest number of UTF-8 bytes for one UTF-16 unit. */
const MOST_BYTES_PER_UNIT = 3;

/** The items in as many parts as their records need beside `otherBytes`, in order. A few small records are not measured, since they always fit. */
export function splitByPayload(items: readonly SourceItem[], otherBytes = 0): readonly (readonly SourceItem[])[] {
  const most = MOST_PAYLOAD_BYTES - otherBytes;
  const batches: SourceItem[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const record = JSON.stringify(item.record);
    const isSmall = record.length * MOST_BYTES_PER_UNIT < most / items.length;
    const size = isSmall ? record.length : utf8Length(record);
    if (bytes + size > most && batches.at(-1)?.length !== 0) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(item);
    bytes += size + 1;
  }
  return batches;
}
