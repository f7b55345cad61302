/**
 * For tests: texts and numbers that mean something to some member of some operation, and others that mean nothing anywhere.
 *
 * The names are those of programs/names-for-tests.ts, so that a text that is drawn by chance may name a thing that is there.
 */

import fc from 'fast-check';
import {
  DOWNSTREAM_NAME,
  MAPPING_UUID,
  QUEUES,
  queueArnFor,
  queueUrl,
  RECORDS_ARN,
  SECOND,
  STREAM,
  TABLE,
} from '../programs/names-for-tests.ts';

const NAMES = [...QUEUES, SECOND, STREAM, TABLE, DOWNSTREAM_NAME, 'f0', 'f1', 'f0:live', 'news', 'news.fifo'];
const MORE_NAMES = ['groups.fifo', 'dead-groups.fifo', 'orders', 'default', 'byN', 'id', 'n', '$LATEST', '1', 'x'];
const ARNS = [
  ...[RECORDS_ARN, queueArnFor('input'), queueArnFor('dead'), queueArnFor('groups.fifo'), queueArnFor('absent')],
  ...['table/items', 'table/items/index/byN', 'table/items/stream/1'].map((what) => arn('dynamodb', what)),
  ...['function:f0', 'function:f0:live', 'function:legacy', 'function:'].map((what) => arn('lambda', what)),
  ...['news', 'news.fifo', 'news:x', ''].map((what) => arn('sns', what)),
  ...['event-bus/default', 'event-bus/more', 'rule/orders', 'rule/more/orders'].map((what) => arn('events', what)),
  ...['arn:aws:sqs:eu-west-1:123456789012:input', 'arn:aws:sns:us-east-1:210987654321:news', 'arn:aws:iam::1:role/any'],
  ...['arn', 'arn:', 'arn:aws:sqs', 'arn:aws:sqs:::', ':::::', 'arn:aws:s3:::bucket'],
];
const URLS = [
  ...[...QUEUES, SECOND, 'groups.fifo', 'absent'].map(queueUrl),
  ...['https://', 'http://localhost/1/2', `${queueUrl('input')}/`, `${queueUrl('input')}?a=b`, 'input'],
];
const JSON_TEXTS = [
  ...['{}', '[]', 'null', '7', '"a"', '{', '{"a":', '{"__proto__":{"a":1}}', '{"toString":1}', '[[[[]]]]'],
  ...['{"default":"x"}', '{"default":{"toString":1}}', '{"kind":["a"]}', '{"kind":[{"numeric":[">",0,"<"]}]}'],
  ...['{"kind":{"toString":[]}}', '{"$or":[{"a":["b"]},{"c":[{"exists":true}]}]}', '{"source":["shop"]}'],
  `{"deadLetterTargetArn":"${queueArnFor('dead')}","maxReceiveCount":2}`,
  `{"deadLetterTargetArn":{"toString":1},"maxReceiveCount":{"valueOf":1}}`,
  `{"deadLetterTargetArn":["${queueArnFor('dead')}"],"maxReceiveCount":[3]}`,
  `{"redrivePermission":"byQueue","sourceQueueArns":[{"toString":1}]}`,
  ...['{"redrivePermission":{"toString":1}}', '{"Statement":[{"Sid":{"toString":1}}]}', '{"Statement":{"a":1}}'],
  '{"batchItemFailures":[{"itemIdentifier":"x"}]}',
];
const EXPRESSIONS = [
  ...[
    'attribute_exists(id)',
    'attribute_not_exists(id)',
    'n > :one',
    '#n = :one',
    'id = :one',
    'id = :one AND n > :one',
  ],
  ...['SET n = n + :one', 'SET n = if_not_exists(n, :zero) + :one', 'ADD n :one', 'REMOVE n', 'DELETE n :one', 'SET '],
  ...['SET a[0] = :one, a[1] = :one', 'SET a.b = :one REMOVE a.b', 'NOT (', 'size(n) > :one', 'begins_with(id, :a)'],
  ...['id IN (:one, :zero)', 'n BETWEEN :zero AND :one', '#', ':', 'a[99999999999999999999]', 'id, n, #n', 'id,id'],
];
const EDGES = [
  '',
  ' ',
  'a b',
  '\0',
  '\uD800',
  '💥',
  'ü'.repeat(130),
  'a'.repeat(257),
  'a,b',
  '-1',
  '0',
  '1e9',
  '../..',
];
/** As long as the longest message, and longer. */
const LONG = ['a'.repeat(80), 'a'.repeat(2_049), 'ä'.repeat(1_048_576 / 2), 'a'.repeat(1_048_577)];
const ATTRIBUTES = [
  ...['String', 'Number', 'Binary', 'String.Array', 'Number.int', 'StringList', 'true', 'false', 'TRUE', 'kind', '.a'],
  ...[
    'FilterPolicy',
    'FilterPolicyScope',
    'RawMessageDelivery',
    'RedrivePolicy',
    'RedriveAllowPolicy',
    'DeliveryPolicy',
  ],
  ...['DisplayName', 'FifoTopic', 'ContentBasedDeduplication', 'FifoThroughputScope', 'Topic', 'MessageGroup', 'http'],
  ...['MessageBody', 'messageGroup', 'perMessageGroupId', 'queue', 'sqs', 'lambda', 'json', 'All', 'AWS.a', ':one'],
  ...[':zero', '#n', 'S', 'N', 'B', 'SS', 'M', 'NULL', MAPPING_UUID, 'shardId-000000000000', 'shardId-000000000009'],
];

function arn(service: string, what: string): string {
  return `arn:aws:${service}:us-east-1:123456789012:${what}`;
}

/** Texts for a member of this name. `words`: those of the API's enumerations. */
export function textsFor(member: string, words: readonly string[]): fc.Arbitrary<string> {
  const any = fc.constantFrom(...NAMES, ...MORE_NAMES, ...ARNS, ...URLS, ...JSON_TEXTS, ...EDGES, ...ATTRIBUTES);
  const more = fc.oneof(any, fc.constantFrom(...words, ''), fc.string({ unit: 'grapheme', maxLength: 8 }));
  const fitting = fittingWords(member);
  const all = [
    { weight: 4, arbitrary: more },
    { weight: fitting.length === 0 ? 0 : 12, arbitrary: fc.constantFrom(...fitting, '') },
  ];
  return fc.oneof(...all, { weight: 1, arbitrary: fc.constantFrom(...EDGES) });
}

function fittingWords(member: string): readonly string[] {
  if (/arn$/i.test(member)) return ARNS;
  if (/url$/i.test(member)) return URLS;
  if (/expression$/i.test(member)) return EXPRESSIONS;
  if (/policy|pattern|event$|detail$|template|^message|body/i.test(member)) return JSON_TEXTS;
  if (/name|^id$|rule|endpoint|shard/i.test(member)) return [...NAMES, ...MORE_NAMES, ...ATTRIBUTES];
  return [];
}

/** The few texts that are long: they cost time, so they are drawn seldom. */
export const LONG_TEXTS: fc.Arbitrary<string> = fc.constantFrom(...LONG);

/** Limits of AWS and their neighbours; what is no whole number too. JSON has no other numbers. */
export const NUMBERS: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 10, 11, 20, 21, 24, 60, 100, 185, 300, 900, 901, 1_000, 1_001, 10_000, 43_200, 43_201),
  fc.constantFrom(-1, -0, 1.5, 1e9, 2 ** 31, 2 ** 53, 1e21),
  fc.integer({ min: 0, max: 12 }),
);
