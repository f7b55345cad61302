/**
 * Members of requests in Kinesis's words, and what a request names: a stream, a shard.
 */

import type { Input } from '../../contract/answer.ts';
import { asTold } from '../../contract/refusal.ts';
import { isGiven, RequestReader } from '../../contract/request.ts';
import { argumentNotValid, memberBroken, type NamedStream, streamNotFound, streamRequestNotValid } from './refusal.ts';
import type { DataStream, KinesisState } from './state.ts';

/** AWS writes the names of members with a small letter in its messages. */
function placeOf(member: string): string {
  return `${member.slice(0, 1).toLowerCase()}${member.slice(1)}`;
}

/** Reads members, and refuses them as Kinesis does. `within`: the path of the list entry that holds them. */
export function streamMembers(within = ''): RequestReader {
  const at = (member: string) => within + placeOf(member);
  return new RequestReader({
    missing: (member) => memberBroken(null, at(member), 'not be null'),
    wrongType: (member, _value, wanted) => streamRequestNotValid(`${at(member)} must be a ${wanted}.`),
    outOfBounds: (member, value, { min, max }) =>
      value < min
        ? memberBroken(value, at(member), `have value greater than or equal to ${min}`)
        : memberBroken(value, at(member), `have value less than or equal to ${max}`),
    notOneOf: (member, value, allowed) =>
      memberBroken(value, at(member), `satisfy enum value set: [${allowed.join(', ')}]`),
  });
}

export const MEMBERS_OF_STREAMS = streamMembers();

/** The form of a text: its length, and a pattern in AWS's words. */
interface TextForm {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: string;
}

/** Refuses a text that does not have the form. */
export function checkText(text: string, place: string, { min = 0, max, pattern }: TextForm): string {
  if (text.length < min) throw memberBroken(text, place, `have length greater than or equal to ${min}`);
  if (text.length > max) throw memberBroken(text, place, `have length less than or equal to ${max}`);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text))
    throw memberBroken(text, place, `satisfy regular expression pattern: ${pattern}`);
  return text;
}

const NAME: TextForm = { min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' };
const SHARD_ID: TextForm = { min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' };
export const HASH_KEY: TextForm = { max: 39, pattern: '0|([1-9]\\d{0,38})' };

/** The name in `StreamName`, in its form. */
export function streamNameIn(input: Input): string {
  return checkText(MEMBERS_OF_STREAMS.text(input, 'StreamName'), 'streamName', NAME);
}

/** The name that a request gives, as a name or as an ARN; it may give both if they agree. */
function nameIn(input: Input): string {
  const { StreamName, StreamARN } = input;
  if (!isGiven(StreamName) && !isGiven(StreamARN))
    throw argumentNotValid('Either StreamName or StreamARN should be provided.');
  const named = isGiven(StreamName) ? streamNameIn(input) : null;
  if (!isGiven(StreamARN)) return named ?? '';
  const inArn = streamNameInArn(MEMBERS_OF_STREAMS.text(input, 'StreamARN'));
  if (inArn === null) throw memberBroken(StreamARN, 'streamARN', `satisfy regular expression pattern: ${ARN_WORDS}`);
  if (named !== null && named !== inArn)
    throw argumentNotValid(`StreamName ${named} does not match the name in StreamARN ${asTold(StreamARN)}.`);
  return inArn;
}

const ARN_WORDS = 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+';

/** The name in a stream's ARN; null if the text is no such ARN. */
export function streamNameInArn(arn: string): string | null {
  return /^arn:aws[^:]*:kinesis:[^:]*:\d{12}:stream\/([a-zA-Z0-9_.-]+)$/.exec(arn)?.[1] ?? null;
}

/** The stream and the consumer's name in a consumer's ARN; null if the text is no such ARN (KI-17). */
export function consumerNamedIn(arn: string): { readonly stream: string; readonly consumer: string } | null {
  const [, stream, consumer] =
    /^arn:aws[^:]*:kinesis:[^:]*:\d{12}:stream\/([a-zA-Z0-9_.-]+)\/consumer\/([a-zA-Z0-9_.-]+):\d+$/.exec(arn) ?? [];
  return stream === undefined || consumer === undefined ? null : { stream, consumer };
}

/** The stream that a request is about. */
export function streamIn(state: KinesisState, input: Input): DataStream {
  return streamNamed(state, nameIn(input));
}

/** The stream of this name, which a request has given. */
export function streamNamed(state: KinesisState, name: string): DataStream {
  const stream = state.streams.get(name);
  if (stream === undefined) throw streamNotFound(inWords(state, name));
  return stream;
}

export function inWords({ accountId }: KinesisState, stream: string): NamedStream {
  return { stream, accountId };
}

/** A shard's id as a request spells it. AWS reads `shardId-7` and `7` as well. */
export function shardIdIn(input: Input, member: string): string {
  return checkText(MEMBERS_OF_STREAMS.text(input, member), placeOf(member), SHARD_ID);
}

/** The shard's number; null if the text is no shard's id. */
export function shardNumberOf(id: string): number | null {
  const [, number] = /^(?:[a-zA-Z0-9_.]*-)?0*(\d{1,10})$/.exec(id) ?? [];
  return number === undefined ? null : Number(number);
}

/** A point in time that a request gives, in milliseconds since the Unix epoch; undefined if it is not given. */
export function instantIn(input: Input, member: string): number | undefined {
  const value = input[member];
  if (!isGiven(value)) return undefined;
  if (typeof value === 'number') return Math.round(value * 1_000);
  if (isInstant(value)) return value.getTime();
  throw streamRequestNotValid(`${placeOf(member)} must be a timestamp.`);
}

/** The SDK gives a timestamp as a `Date`, of whichever realm the client is in. */
function isInstant(given: unknown): given is { getTime(): number } {
  return typeof given === 'object' && given !== null && 'getTime' in given;
}
