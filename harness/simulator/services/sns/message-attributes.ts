/**
 * Message attributes: what SNS takes, in what words it refuses the others, and how many bytes they count (SN-21).
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { isGiven, isRecord } from '../../contract/request.ts';
import type { DeliveryAttribute } from '../../contract/service-request.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { attributeInvalid, memberMissing, parameterInvalid } from './refusal.ts';

export type MessageAttributeMap = Readonly<Record<string, DeliveryAttribute>>;

const MOST_NAME_BYTES = 256;

/** The member `MessageAttributes`, checked; empty if it is not given. `place`: where the request has it. */
export function readMessageAttributeMap(given: unknown, place: string): MessageAttributeMap {
  if (!isGiven(given)) return {};
  if (!isRecord(given)) throw parameterInvalid('MessageAttributes');
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, attributeOf(name, value, place)]));
}

function attributeOf(name: string, given: unknown, place: string): DeliveryAttribute {
  checkName(name);
  const { DataType: type, StringValue: text, BinaryValue: bytes }: Input = isRecord(given) ? given : {};
  if (!isGiven(type)) throw memberMissing(`${place}.${name}.member.dataType`);
  const DataType = asTold(type);
  const [prefix = ''] = /^(String|Number|Binary)(?=$|\..)/.exec(DataType) ?? [];
  if (prefix === '')
    throw attributeInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const field = prefix === 'Binary' ? 'Binary' : 'String';
  const [wanted, other] = field === 'Binary' ? [bytes, text] : [text, bytes];
  if (!isGiven(wanted) && isGiven(other))
    throw attributeInvalid(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  const empty = `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`;
  if (field === 'Binary') {
    if (!(ArrayBuffer.isView(bytes) && bytes.byteLength > 0)) throw attributeInvalid(empty);
    return Object.freeze({ DataType, BinaryValue: new Uint8Array(bytes as Uint8Array) });
  }
  if (typeof text !== 'string' || text === '') throw attributeInvalid(empty);
  if (prefix === 'Number' && !Number.isFinite(Number(text)))
    throw attributeInvalid(`Could not cast message attribute '${name}' value to number.`);
  return Object.freeze({ DataType, StringValue: text });
}

function checkName(name: string): void {
  if (name.startsWith('.'))
    throw attributeInvalid("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw attributeInvalid("Invalid message attribute name ending with character '.' was found.");
  const wrong = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (wrong !== undefined) {
    const code = wrong.codePointAt(0)?.toString(16).toUpperCase();
    throw attributeInvalid(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.includes('..')) throw attributeInvalid("Message attribute name can not have successive '.' character.");
  if (name.length > MOST_NAME_BYTES)
    throw attributeInvalid('Length of message attribute name must be less than 256 bytes.');
}

/** The bytes that attributes add to a message: names, types and values (SN-15). */
export function attributeBytes(attributes: MessageAttributeMap): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue }]) =>
      sum + utf8Length(name) + utf8Length(DataType) + utf8Length(StringValue) + (BinaryValue?.length ?? 0),
    0,
  );
}
