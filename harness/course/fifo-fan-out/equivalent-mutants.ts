/**
 * Mutants of lab 6's right answers that are right, too.
 *
 * Most of them put nothing aside that the queue puts aside anyway, or change what only people read.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

type Place = Pick<EquivalentMutant, 'answer' | 'path'>;

const at = (place: Place, reason: string, was: string, ...others: readonly string[]): readonly EquivalentMutant[] =>
  others.map((is) => ({ ...place, was, is, reason }));

const publish: Place = { answer: 'solution', path: 'src/publish.ts' };
const inOrder: Place = { answer: 'solution', path: 'src/in-order.ts' };
const orderEvent: Place = { answer: 'solution', path: 'src/order-event.ts' };
const legacy: Place = { answer: 'solution', path: 'src/legacy.ts' };
const parked: Place = { answer: 'parked-at-once', path: 'src/in-order.ts' };
const inCalls: Place = { answer: 'one-by-one', path: 'src/publish.ts' };
const withId: Place = { answer: 'id-in-the-text', path: 'src/publish.ts' };
const billWithId: Place = { answer: 'id-in-the-text', path: 'src/bill.ts' };
const eventWithId: Place = { answer: 'id-in-the-text', path: 'src/order-event.ts' };

const NOT_READ = 'The shop looks at whether the publisher has failed, not at what it says.';
const ALWAYS_THERE = 'An entry that is in no answer has not been taken.';
const NOT_STALE = 'Every read of the simulator sees the writes before it.';
const ANOTHER_ONE = 'A version has to be another one than before, not a greater one.';
const NOT_TAKEN = 'An event without an article fails all the same: DynamoDB’s client writes nothing undefined.';
const SAID = 'What the log and errors say is for people.';
const SAME_WAY =
  'In the solution, all that fails goes the same way: back into the queue, and at last to the dead letters.';
const PUT_ASIDE_ANYWAY =
  'What the handler can’t put aside is given back, and the queue puts it aside after its last receive.';

const LETTER =
  '{ QueueUrl: process.env.LETTERS_URL, MessageBody: JSON.stringify({ body, reason: error.message }), MessageGroupId: attributes.MessageGroupId, MessageDeduplicationId: messageId, }';

export const equivalentMutants: readonly EquivalentMutant[] = [
  ...at(publish, NOT_READ, '{ published: rows.length }', '{}'),
  ...at(inOrder, SAID, 'console.error(record.messageId, error);', ';'),
  ...[orderEvent, eventWithId].flatMap((place) => at(place, NOT_TAKEN, "typeof sku !== 'string'", 'false')),
  ...at(
    billWithId,
    NOT_STALE,
    '{ TableName, Key: { orderId }, ConsistentRead: true }',
    '{ TableName, Key: { orderId } }',
  ),
  ...at(billWithId, NOT_STALE, 'true', 'false'),
  ...at(billWithId, ANOTHER_ONE, 'version + 1', 'version - 1'),
  ...at(eventWithId, SAID, `\`This message holds no event: \${body}\``, '``'),
  ...at(orderEvent, SAID, `\`This message holds no event: \${body}\``, '``'),
  ...at(legacy, SAID, `\`Legacy can’t book this: \${message}\``, '``'),
  ...at(legacy, SAME_WAY, 'status === 422', 'false'),
  ...at(parked, SAID, '{ body, reason: error.message }', '{ body }'),
  ...at(inCalls, NOT_READ, '{ published: rows.length }', '{}'),
  ...at(inCalls, ALWAYS_THERE, '[]', '["Stryker was here"]'),
  ...at(withId, NOT_READ, '{ published: rows.length }', '{}'),
  ...at(parked, SAID, 'console.error(record.messageId, error);', ';'),
  ...at(parked, SAID, '{ console.error(record.messageId, error); return false; }', '{}'),
  ...at(parked, PUT_ASIDE_ANYWAY, '!(error instanceof Unusable)', 'true'),
  ...at(
    parked,
    PUT_ASIDE_ANYWAY,
    LETTER,
    '{}',
    '{ MessageBody: JSON.stringify({ body, reason: error.message }), MessageGroupId: attributes.MessageGroupId, MessageDeduplicationId: messageId }',
    '{ QueueUrl: process.env.LETTERS_URL, MessageGroupId: attributes.MessageGroupId, MessageDeduplicationId: messageId }',
    '{ QueueUrl: process.env.LETTERS_URL, MessageBody: JSON.stringify({ body, reason: error.message }), MessageDeduplicationId: messageId }',
    '{ QueueUrl: process.env.LETTERS_URL, MessageBody: JSON.stringify({ body, reason: error.message }), MessageGroupId: attributes.MessageGroupId }',
  ),
];
