/**
 * Mutants of lab 5's right answers that are right, too.
 *
 * Most of them leave out what saves time or calls: the condition of a write decides, whatever was looked at before, and a batch that fails as a whole is
 * halved until the record that fails stands alone.
 */

import type { EquivalentMutant } from '../kit/equivalent-mutant.ts';

type Place = Pick<EquivalentMutant, 'answer' | 'path'>;

const at = (place: Place, reason: string, was: string, ...others: readonly string[]): readonly EquivalentMutant[] =>
  others.map((is) => ({ ...place, was, is, reason }));

const publish: Place = { answer: 'solution', path: 'src/publish.ts' };
const screening: Place = { answer: 'solution', path: 'src/screening.ts' };
const account: Place = { answer: 'solution', path: 'src/account.ts' };
const inLines: Place = { answer: 'parked-by-the-handler', path: 'src/publish.ts' };
const parked: Place = { answer: 'parked-by-the-handler', path: 'src/apply.ts' };
const inPlace: Place = { answer: 'updates-in-place', path: 'src/apply.ts' };
const inOneWrite: Place = { answer: 'one-write-for-a-batch', path: 'src/apply.ts' };

const POLITE = 'How long a producer waits before it tries again is a matter of politeness.';
const NOT_READ = 'The core system looks at whether the producer has failed, not at what it says.';
const ALWAYS_THERE = 'PutRecords answers with a result for each record.';
const FAILS_AS_A_WHOLE =
  'An answer that Lambda can’t read means that all failed. The batch is halved until what fails stands alone.';
const STALE_FAILS =
  'The condition of the write is the number that was read: a stale read fails it, and the batch comes again.';
const CONDITION_DECIDES = 'The condition of the write refuses what is old. The look before saves a screening.';
const LOOK_DECIDES = 'The record comes again then, and the look finds that it is done.';
const NO_SUCH_KEY = 'DynamoDB takes no key without a name, so the record fails all the same.';
const NO_SUCH_NUMBER = 'BigInt refuses such a text, so the record fails all the same.';
const OWN_AFFAIR = 'How long another team’s service takes is its own affair.';

const OLD = 'Item !== undefined && seq <= Item.lastSeq';
const REFUSED = '!(error instanceof ConditionalCheckFailedException)';
const GET = '{ TableName, Key: { account }, ConsistentRead: true }';

/** The same lines stand in two answers. */
const applying = (place: Place): readonly EquivalentMutant[] => [
  ...at(place, CONDITION_DECIDES, OLD, 'false'),
  ...at(place, CONDITION_DECIDES, 'seq <= Item.lastSeq', 'seq < Item.lastSeq'),
  ...at(place, LOOK_DECIDES, REFUSED, 'true'),
];

const SAID = 'What the log says is for people.';
const NOTHING_NEW = 'It writes what is there, on the condition that it is there.';
const NEVER_EMPTY = 'A group has a record, or it would not be there.';
const SECOND_IS_REFUSED = 'Then the second update is tried, too, and the table refuses it: the event is old by now.';
const EITHER = 'Either of them has the sequence number.';

const solution: Place = { answer: 'solution', path: 'src/apply.ts' };

export const equivalentMutants: readonly EquivalentMutant[] = [
  ...at(publish, POLITE, 'taken.size < next.length', 'true', 'false', 'taken.size <= next.length'),
  ...at(publish, POLITE, 'taken.size < next.length', 'taken.size >= next.length', '!(taken.size < next.length)'),
  ...at(publish, POLITE, 'await setTimeout(PAUSE_MS)', 'setTimeout(PAUSE_MS)'),
  ...at(publish, NOT_READ, '{ published: events.length }', '{}'),
  ...at(publish, ALWAYS_THERE, '[]', '["Stryker was here"]'),
  ...at(publish, ALWAYS_THERE, 'Records[place]?.ErrorCode', 'Records[place].ErrorCode'),
  ...at(solution, FAILS_AS_A_WHOLE, '(itemIdentifier) => ({ itemIdentifier })', '() => undefined'),
  ...at(solution, FAILS_AS_A_WHOLE, '{ itemIdentifier }', '{}'),
  ...at(solution, SAID, 'console.error(kinesis.sequenceNumber, error);', ';'),
  ...applying(solution),
  ...at(account, NO_SUCH_KEY, "typeof account === 'string'", 'true'),
  ...at(account, NO_SUCH_NUMBER, '/^\\d+$/', '/^\\d+/'),
  ...at(
    screening,
    OWN_AFFAIR,
    'screeningMs > 0',
    'true',
    'false',
    'screeningMs >= 0',
    'screeningMs <= 0',
    '!(screeningMs > 0)',
  ),
  ...at(screening, OWN_AFFAIR, 'await setTimeout(screeningMs)', 'setTimeout(screeningMs)'),
  ...at(inLines, NOT_READ, '{ published: events.length }', '{}'),
  ...applying(parked),
  ...at(parked, EITHER, '{ eventID, kinesis }', '{ kinesis }', '{ eventID }'),
  ...at(inOneWrite, SAID, 'console.error(account, error);', ';'),
  ...at(inPlace, SECOND_IS_REFUSED, 'true', 'false'),
  ...at(
    inOneWrite,
    FAILS_AS_A_WHOLE,
    '{ console.error(account, error); return first === undefined ? [] : [first.kinesis.sequenceNumber]; }',
    '{}',
  ),
  ...at(inOneWrite, NOTHING_NEW, 'item !== before', 'true'),
  ...at(inOneWrite, NEVER_EMPTY, 'first === undefined', 'false'),
  ...at(inOneWrite, NEVER_EMPTY, '[]', '["Stryker was here"]'),
  ...at(inOneWrite, STALE_FAILS, GET, '{ TableName, Key: { account } }'),
  ...at(inOneWrite, STALE_FAILS, 'true', 'false'),
  ...at(inOneWrite, FAILS_AS_A_WHOLE, '(itemIdentifier) => ({ itemIdentifier })', '() => undefined'),
  ...at(inOneWrite, FAILS_AS_A_WHOLE, '{ itemIdentifier }', '{}'),
  ...at(inOneWrite, FAILS_AS_A_WHOLE, '{ item, unread: [kinesis.sequenceNumber] }', '{ item }', '{}'),
];
