/**
 * Message attributes: what SQS accepts, how many bytes they count, and the MD5 by which a client can check them.
 *
 * The algorithm of the MD5:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */

import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Input } from '../../contract/answer.ts';
import { isGiven, isRecord } from '../../contract/request.ts';
import type { MessageAttribute } from './messages.ts';
import { invalidCharacters, invalidContents, invalidParameter } from './refusal.ts';

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_ATTRIBUTES = 10;
/** Letters beyond ASCII are accepted too, although the documentation does not name them (SQ-37). */
const NAME = /^(?!\.)(?!.*\.\.)[\p{L}0-9_.-]{1,256}(?<!\.)$/u;
const RESERVED = /^(aws|amazon)\./i;
const TYPE = /^(String|Number|Binary)(\..+)?$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** `#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF` */
const CONTENTS = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** Refuses a body with characters that SQS does not accept. */
export function checkBody(text: string): void {
  if (!CONTENTS.test(text)) throw invalidContents();
}

/** The member `MessageAttributes`, checked; empty if it is not given. */
export function readMessageAttributes(given: unknown): MessageAttributes {
  if (!isGiven(given)) return {};
  if (!isRecord(given)) throw invalidParameter('MessageAttributes must be a map.');
  const names = Object.keys(given);
  if (names.length > MOST_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, readAttribute(name, given[name])]));
}

function readAttribute(name: string, given: unknown): MessageAttribute {
  if (!NAME.test(name) || RESERVED.test(name)) {
    throw invalidParameter(
      `Message (user) attribute name '${name}' is invalid. It can contain A-Z, a-z, 0-9, underscore, hyphen and period, up to 256 of them.`,
    );
  }
  const { DataType: type, StringValue: text, BinaryValue: binary } = isRecord(given) ? given : ({} as Input);
  if (typeof type !== 'string' || type === '') {
    throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute type.`);
  }
  if (!TYPE.test(type)) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (type.startsWith('Binary')) {
    if (!(ArrayBuffer.isView(binary) && binary.byteLength > 0)) throw emptyValue(name, 'Binary');
    return Object.freeze({ DataType: type, BinaryValue: new Uint8Array(binary as Uint8Array) });
  }
  const prefix = type.startsWith('Number') ? 'Number' : 'String';
  if (typeof text !== 'string' || text === '') throw emptyValue(name, prefix);
  if (prefix === 'Number' && !NUMBER.test(text)) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (!CONTENTS.test(text)) throw invalidCharacters();
  return Object.freeze({ DataType: type, StringValue: text });
}

/** Recorded wording. */
function emptyValue(name: string, type: string) {
  return invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`);
}

/** The bytes that attributes add to a message's size: names, types and values (SQ-07). */
export function attributesSizeBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes)) {
    bytes += utf8ToBytes(name).length + utf8ToBytes(attribute.DataType).length + valueBytes(attribute).length;
  }
  return bytes;
}

/** The MD5 of these attributes; undefined if there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name] as MessageAttribute;
    const transport = new Uint8Array([attribute.BinaryValue === undefined ? 1 : 2]);
    const type = utf8ToBytes(attribute.DataType);
    return [...withLength(utf8ToBytes(name)), ...withLength(type), transport, ...withLength(valueBytes(attribute))];
  });
  return bytesToHex(md5(concatBytes(...parts)));
}

/** The MD5 of a text's UTF-8 bytes. */
export function md5OfText(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)));
}

function valueBytes({ StringValue, BinaryValue }: MessageAttribute): Uint8Array {
  return BinaryValue ?? utf8ToBytes(StringValue ?? '');
}

function withLength(bytes: Uint8Array): readonly Uint8Array[] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return [length, bytes];
}
