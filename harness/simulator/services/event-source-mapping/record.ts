/**
 * What a function gets: `{ Records: [ … ] }`, made of a queue's messages (SE-16).
 */

import type { QueueMessage } from './messages.ts';

export interface EventSource {
  readonly queueArn: string;
  readonly region: string;
}

/** One message as a record of the event. All values of `attributes` are strings. */
export function recordOf(message: QueueMessage, { queueArn, region }: EventSource): Readonly<Record<string, unknown>> {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function attributeOf({ DataType, StringValue, BinaryValue }: QueueMessage['MessageAttributes'][string]): object {
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
