/**
 * A record of a table's stream as a mapping's function receives it, in `{ Records: [ … ] }` (DD-18).
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */

import { base64 } from '../../contract/base64.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import { uuidFrom } from '../../contract/uuid.ts';
import type { AttributeMap } from './attribute-value.ts';
import { itemSizeBytes } from './item-size.ts';
import type { ChangeRecord, StreamViewType } from './state.ts';
import { changeExpiresAtMs } from './stream-news.ts';

/** What all records of a stream share. */
interface OfStream {
  readonly arn: string;
  readonly region: string;
  readonly view: StreamViewType;
  /** The instant on the calendar that virtual time 0 stands for. */
  readonly epochMs: number;
}

/** A record that is handed out, as an item of an event source. */
export function itemOfChange(record: ChangeRecord, { arn, region, view, epochMs }: OfStream): SourceItem {
  const { sequenceNumber, arrivedAtMs, key } = record;
  const images = imagesOf(record, view);
  return {
    ...{ id: sequenceNumber, handle: sequenceNumber, position: sequenceNumber, handOuts: 1, arrivedAtMs },
    expiresAtMs: changeExpiresAtMs(arrivedAtMs),
    record: {
      eventID: uuidFrom(`${arn} ${sequenceNumber}`).replaceAll('-', ''),
      eventName: eventNameOf(record),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        // Whole seconds: it is approximate.
        ApproximateCreationDateTime: Math.floor((epochMs + arrivedAtMs) / 1_000),
        Keys: asJson(key),
        ...Object.fromEntries(Object.entries(images).map(([name, image]) => [name, asJson(image)])),
        SequenceNumber: sequenceNumber,
        SizeBytes: [key, ...Object.values(images)].reduce((sum, image) => sum + itemSizeBytes(image), 0),
        StreamViewType: view,
      },
      eventSourceARN: arn,
    },
  };
}

function eventNameOf({ before, after }: ChangeRecord): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (after === null) return 'REMOVE';
  return before === null ? 'INSERT' : 'MODIFY';
}

/** DD-18: which states of the item a record holds, of those that there are. */
function imagesOf({ before, after }: ChangeRecord, view: StreamViewType): Readonly<Record<string, AttributeMap>> {
  const hasNew = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  const hasOld = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  return {
    ...(hasNew && after !== null && { NewImage: after }),
    ...(hasOld && before !== null && { OldImage: before }),
  };
}

/** Attribute values as an event has them: binaries are Base64. */
function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return base64(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, asJson(held)]));
}
