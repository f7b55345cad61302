/**
 * Consumers with enhanced fan-out: registered with a stream, listed, and read by mappings under ARNs of their own (KI-17, KI-18).
 *
 * They are usable at once. `SubscribeToShard`, by which other programs read them, is refused by name.
 */

import type { Input } from '../../contract/answer.ts';
import { checkMembers, isGiven } from '../../contract/request.ts';
import { consumersPath, readerPath, streamPath } from './footprints.ts';
import type { StreamOperated } from './messages.ts';
import { openToken, sealToken } from './opaque-token.ts';
import {
  argumentNotValid,
  consumerExists,
  consumerNotFound,
  limitExceeded,
  listTokenExpired,
  memberBroken,
} from './refusal.ts';
import { checkText, consumerNamedIn, instantIn, inWords, MEMBERS_OF_STREAMS, streamIn } from './request.ts';
import type { DataStream, KinesisState, StreamConsumer } from './state.ts';
import { tagsIn } from './tags.ts';
import { secondsOf, type Times } from './times.ts';

/** KI-17. */
const MOST_CONSUMERS = 20;
const MOST_LISTED_CONSUMERS = 100;
const TOKEN_OF_CONSUMERS_LIVES_MS = 300_000;
const CONSUMER_NAME = { min: 1, max: 128, pattern: '[a-zA-Z0-9_.-]+' };

/** `RegisterStreamConsumer`. A stack knows the instant in its consumer's ARN before it registers it. */
export function registerStreamConsumer(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('RegisterStreamConsumer', input, ['StreamARN', 'ConsumerName', 'Tags', 'DeployedSeconds']);
  const stream = streamWithArn(state, input);
  const name = consumerNameIn(input);
  if (isGiven(input.Tags)) tagsIn(input);
  const named = inWords(state, stream.name);
  if (stream.consumers.has(name)) throw consumerExists(name, named);
  if (stream.consumers.size >= MOST_CONSUMERS)
    throw limitExceeded(
      `Stream ${named.stream} under account ${named.accountId} has ${MOST_CONSUMERS} consumers, the most that it may have.`,
    );
  const seconds =
    typeof input.DeployedSeconds === 'number' ? input.DeployedSeconds : Math.floor(secondsOf(times.nowMs, times));
  const consumer = { name, arn: consumerArn(stream.arn, name, seconds), createdAtMs: times.nowMs, reader: null };
  stream.consumers.set(name, consumer);
  const output = { Consumer: describedConsumer(consumer, times, 'CREATING') };
  return { output, footprint: { reads: [streamPath(stream.name)], writes: [consumersPath(stream.name)] } };
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Consumer.html */
export function consumerArn(streamArn: string, name: string, seconds: number): string {
  return `${streamArn}/consumer/${name}:${seconds}`;
}

/** `DescribeStreamConsumer`. */
export function describeStreamConsumer(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('DescribeStreamConsumer', input, ['StreamARN', 'ConsumerName', 'ConsumerARN']);
  const { stream, consumer } = consumerIn(state, input);
  const ConsumerDescription = { ...describedConsumer(consumer, times), StreamARN: stream.arn };
  const reads = [streamPath(stream.name), consumersPath(stream.name)];
  return { output: { ConsumerDescription }, footprint: { reads, writes: [] } };
}

/** `DeregisterStreamConsumer`. A mapping that reads the consumer finds nothing from then on. */
export function deregisterStreamConsumer(state: KinesisState, input: Input): StreamOperated {
  checkMembers('DeregisterStreamConsumer', input, ['StreamARN', 'ConsumerName', 'ConsumerARN']);
  const { stream, consumer } = consumerIn(state, input);
  stream.consumers.delete(consumer.name);
  const { name } = stream;
  return { output: {}, footprint: { reads: [streamPath(name)], writes: [consumersPath(name), readerPath(name)] } };
}

/** `ListStreamConsumers`, in pages by name. */
export function listStreamConsumers(state: KinesisState, input: Input, times: Times): StreamOperated {
  checkMembers('ListStreamConsumers', input, ['StreamARN', 'NextToken', 'MaxResults', 'StreamCreationTimestamp']);
  const asked = MEMBERS_OF_STREAMS.integer(input, 'MaxResults', { min: 1, max: 10_000 }) ?? MOST_LISTED_CONSUMERS;
  const most = Math.min(MOST_LISTED_CONSUMERS, asked);
  const stream = streamWithArn(state, input);
  const createdMs = instantIn(input, 'StreamCreationTimestamp');
  if (createdMs !== undefined && createdMs !== times.epochMs + stream.createdAtMs)
    throw argumentNotValid(`Stream ${stream.name} was not created at ${secondsOf(createdMs - times.epochMs, times)}.`);
  const behind = nameBehind(input, times);
  const all = [...stream.consumers.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => name > behind);
  const page = all.slice(0, most);
  const last = page.at(-1)?.name;
  const hasMore = all.length > page.length && last !== undefined;
  const output = {
    Consumers: page.map((consumer) => describedConsumer(consumer, times)),
    ...(hasMore ? { NextToken: sealToken([last, times.nowMs]) } : {}),
  };
  const reads = [streamPath(stream.name), consumersPath(stream.name)];
  return { output, footprint: { reads, writes: [] } };
}

function nameBehind(input: Input, { nowMs }: Times): string {
  const token = MEMBERS_OF_STREAMS.optionalText(input, 'NextToken');
  if (token === undefined) return '';
  const [name, atMs] = openToken(token) ?? [];
  if (typeof name !== 'string' || typeof atMs !== 'number') throw argumentNotValid('NextToken is invalid.');
  if (nowMs - atMs > TOKEN_OF_CONSUMERS_LIVES_MS) throw listTokenExpired();
  return name;
}

/** The consumer that a request names: by its ARN, or by its stream and its name. */
function consumerIn(
  state: KinesisState,
  input: Input,
): { readonly stream: DataStream; readonly consumer: StreamConsumer } {
  if (isGiven(input.ConsumerARN)) {
    const arn = MEMBERS_OF_STREAMS.text(input, 'ConsumerARN');
    const named = consumerNamedIn(arn);
    const stream = state.streams.get(named?.stream ?? '');
    const consumer = stream?.consumers.get(named?.consumer ?? '');
    if (stream === undefined || consumer?.arn !== arn) throw consumerNotFound(arn, state.accountId);
    return { stream, consumer };
  }
  if (!isGiven(input.StreamARN) || !isGiven(input.ConsumerName))
    throw argumentNotValid('Either ConsumerARN, or StreamARN and ConsumerName should be provided.');
  const stream = streamWithArn(state, input);
  const name = consumerNameIn(input);
  const consumer = stream.consumers.get(name);
  if (consumer === undefined) throw consumerNotFound(name, state.accountId);
  return { stream, consumer };
}

function streamWithArn(state: KinesisState, input: Input): DataStream {
  if (!isGiven(input.StreamARN)) throw memberBroken(null, 'streamARN', 'not be null');
  return streamIn(state, { StreamARN: input.StreamARN });
}

function consumerNameIn(input: Input): string {
  return checkText(MEMBERS_OF_STREAMS.text(input, 'ConsumerName'), 'consumerName', CONSUMER_NAME);
}

function describedConsumer(
  { name, arn, createdAtMs }: StreamConsumer,
  times: Times,
  ConsumerStatus = 'ACTIVE',
): object {
  const ConsumerCreationTimestamp = secondsOf(createdAtMs, times);
  return { ConsumerName: name, ConsumerARN: arn, ConsumerStatus, ConsumerCreationTimestamp };
}
