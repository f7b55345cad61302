/**
 * A message as a mapping's function receives it, in `{ Records: [ … ] }` (SE-16).
 */

import { chainedBy } from '../../contract/event-chain.ts';
import type { SourceItem } from '../../contract/event-source.ts';
import type { MessageAttribute, ReceivedMessage } from './messages.ts';
import { receiveOf } from './receipt-handle.ts';

/** The member of a record that holds the sender's text. */
export const BODY_MEMBER = 'body';

/** A message that was handed out, as an item of an event source. All values of `attributes` are strings. */
export function sourceItemOf(
  message: ReceivedMessage,
  queue: { readonly arn: string; readonly region: string },
): SourceItem {
  return {
    id: message.MessageId,
    handle: message.ReceiptHandle,
    position: null,
    handOuts: receiveOf(message.ReceiptHandle),
    record: {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
      ),
      md5OfBody: message.MD5OfBody,
      md5OfMessageAttributes: message.MD5OfMessageAttributes ?? null,
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: queue.region,
    },
    ...chainedBy(message.chain),
  };
}

function attributeOf({ DataType, StringValue, BinaryValue }: MessageAttribute): object {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined
      ? {}
      : { binaryValue: btoa(Array.from(BinaryValue, (byte) => String.fromCharCode(byte)).join('')) }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
