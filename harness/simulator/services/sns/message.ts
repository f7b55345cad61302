/**
 * One message that is published: what a request or an entry of a batch must say of it, in the order in which AWS looks (SN-03, SN-15, SN-22).
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Input } from '../../contract/answer.ts';
import { recordInJsonText } from '../../contract/json-text.ts';
import { isGiven } from '../../contract/request.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { attributeBytes, type MessageAttributeMap, readMessageAttributeMap } from './message-attributes.ts';
import { parameterInvalid } from './refusal.ts';
import { MEMBERS_OF_TOPICS, textIn } from './request.ts';
import type { SubscriptionProtocol, Topic } from './state.ts';
import { deduplicatesByContent } from './topic-attributes.ts';

/** A message as its sender gives it, checked. */
export interface DraftMessage {
  /** As it was given: duplicates are told by it, and sizes. */
  readonly given: string;
  /** What a subscriber reads, by its protocol; with `MessageStructure: json` it may differ. */
  readonly texts: Readonly<Record<SubscriptionProtocol, string>>;
  readonly subject: string | null;
  readonly attributes: MessageAttributeMap;
  readonly groupId: string | null;
  /** Null on a standard topic. */
  readonly deduplicationId: string | null;
  readonly bytes: number;
}

export const MESSAGE_MEMBERS = [
  ...['Message', 'Subject', 'MessageStructure', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId'],
] as const;

/** SN-03, SN-04: letters, digits and punctuation. */
const ID = /^[!-~]{1,128}$/;
/** SN-22: without line breaks and control characters, and shorter than this. */
const SUBJECT_CHARACTERS = 100;

/** Reads a message for a topic. `place`: where the request has it, for words about its attributes. */
export function readDraft(topic: Topic, input: Input, place = ''): DraftMessage {
  const subject = subjectIn(input);
  const given = MEMBERS_OF_TOPICS.optionalText(input, 'Message') ?? '';
  if (given === '') throw parameterInvalid('Empty message');
  const attributes = readMessageAttributeMap(input.MessageAttributes, `${place}messageAttributes`);
  const groupId = idIn(input, 'MessageGroupId');
  return {
    ...{ given, subject, attributes, groupId },
    deduplicationId: deduplicationIdIn(topic, input, given, groupId),
    texts: textsOf(given, input.MessageStructure),
    bytes: utf8Length(given) + attributeBytes(attributes),
  };
}

function subjectIn(input: Input): string | null {
  const subject = MEMBERS_OF_TOPICS.optionalText(input, 'Subject');
  if (subject === undefined) return null;
  if (subject === '' || subject.length >= SUBJECT_CHARACTERS || /\p{Cc}/u.test(subject))
    throw parameterInvalid('Subject');
  return subject;
}

function idIn(input: Input, member: string): string | null {
  const id = textIn(input, member);
  if (id === undefined) return null;
  if (!ID.test(id)) throw parameterInvalid(member);
  return id;
}

/** SN-03, SN-04: what a FIFO topic needs, and what a standard topic can't have. */
function deduplicationIdIn(topic: Topic, input: Input, text: string, groupId: string | null): string | null {
  const id = idIn(input, 'MessageDeduplicationId');
  if (!topic.isFifo) {
    if (id === null) return null;
    throw parameterInvalid(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (groupId === null) throw parameterInvalid('The MessageGroupId parameter is required for FIFO topics');
  if (id !== null) return id;
  if (deduplicatesByContent(topic)) return bytesToHex(sha256(utf8ToBytes(text)));
  throw parameterInvalid(
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** SN-22: one text for all, or a JSON object with a text for each protocol. */
function textsOf(given: string, structure: unknown): DraftMessage['texts'] {
  if (!isGiven(structure) || structure === '') return { sqs: given, lambda: given };
  if (structure !== 'json') throw parameterInvalid('MessageStructure');
  const texts = recordInJsonText(given);
  if (texts === null) throw parameterInvalid('Message Structure - JSON message body failed to parse');
  const { default: otherwise, sqs = otherwise, lambda = otherwise } = texts;
  if (typeof otherwise !== 'string')
    throw parameterInvalid('Message Structure - No default entry in JSON message body');
  return {
    sqs: typeof sqs === 'string' ? sqs : otherwise,
    lambda: typeof lambda === 'string' ? lambda : otherwise,
  };
}
