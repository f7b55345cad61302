/**
 * What subscribers are given of a message: its envelope for a queue (SN-14), the event for a function (SN-11), or its bare text (SN-13).
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { AccountPlace, Arn } from '../../contract/arn.ts';
import { base64 } from '../../contract/base64.ts';
import type { MessageAttributeMap } from './message-attributes.ts';
import type { Subscription } from './state.ts';

/** A message that a topic has taken. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: Arn;
  readonly subject: string | null;
  readonly attributes: MessageAttributeMap;
  /** An instant of the calendar, with milliseconds. */
  readonly timestamp: string;
  /** Of a FIFO topic. */
  readonly sequenceNumber: string | null;
  readonly signatureVersion: string;
}

/** As AWS writes it: a line for each member, with spaces around colons. Messages of FIFO topics have no signature (SN-14). */
export function envelopeForQueue(
  account: AccountPlace,
  message: PublishedMessage,
  { arn }: Pick<Subscription, 'arn'>,
  text: string,
): string {
  const { messageId, topicArn, subject, attributes, timestamp, sequenceNumber } = message;
  const members: Record<string, string> = {
    ...{ Type: 'Notification', MessageId: messageId },
    ...(sequenceNumber === null ? {} : { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(subject === null ? {} : { Subject: subject }),
    ...{ Message: text, Timestamp: timestamp },
    ...(sequenceNumber === null ? signatureOf(account, message, 'SigningCertURL') : {}),
    UnsubscribeURL: unsubscribeUrl(account, arn),
  };
  const lines = Object.entries(members).map(([name, value]) => `  "${name}" : ${JSON.stringify(value)}`);
  const listed = Object.entries(shownAttributesOf(attributes)).map(
    ([name, value]) => `    ${JSON.stringify(name)} : ${JSON.stringify(value)}`,
  );
  if (listed.length > 0) lines.push(`  "MessageAttributes" : {\n${listed.join(',\n')}\n  }`);
  return `{\n${lines.join(',\n')}\n}`;
}

/** One message for each event (SN-11). */
export function eventForFunction(
  account: AccountPlace,
  message: PublishedMessage,
  { arn }: Pick<Subscription, 'arn'>,
  text: string,
): string {
  const { messageId, topicArn, subject, attributes, timestamp } = message;
  const Sns = {
    ...{ Type: 'Notification', MessageId: messageId, TopicArn: topicArn, Subject: subject },
    ...{ Message: text, Timestamp: timestamp },
    ...signatureOf(account, message, 'SigningCertUrl'),
    SignatureVersion: '1',
    ...{ UnsubscribeUrl: unsubscribeUrl(account, arn), MessageAttributes: shownAttributesOf(attributes) },
  };
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn, Sns };
  return JSON.stringify({ Records: [record] });
}

/** Bytes as Base64. */
function shownAttributesOf(
  attributes: MessageAttributeMap,
): Readonly<Record<string, { readonly Type: string; readonly Value: string }>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue = '', BinaryValue }]) => [
      name,
      { Type: DataType, Value: BinaryValue === undefined ? StringValue : base64(BinaryValue) },
    ]),
  );
}

/** It has the form of one and proves nothing: there is no key. */
function signatureOf(
  { region }: AccountPlace,
  { messageId, signatureVersion }: PublishedMessage,
  certificate: 'SigningCertURL' | 'SigningCertUrl',
): Readonly<Record<string, string>> {
  return {
    SignatureVersion: signatureVersion,
    Signature: base64(sha256(utf8ToBytes(messageId))),
    [certificate]: `https://sns.${region}.amazonaws.com/SimpleNotificationService-00000000000000000000000000000000.pem`,
  };
}

function unsubscribeUrl({ region }: AccountPlace, subscriptionArn: Arn): string {
  return `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}
