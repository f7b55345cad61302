/** The checks of lab 5 on hand-written runs: when they hold, when they fail, with which words and which hint. */

import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../../simulator/trace.ts';
import { invocationReturns, invocationStarts, traceByHand } from '../../kit/trace-for-tests.ts';
import { accountsAfter } from '../bank.ts';
import { kinesisOrdering } from '../lab.ts';
import type { StreamRun } from '../scenarios/publishing.ts';
import { deposit, isEvent, type LedgerRun, type PutRecord, type ToldRecord, withdrawal } from '../scenarios/story.ts';

function judge(id: string, run: object, trace: Trace = []) {
  const check = kinesisOrdering.checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.judge({ observation: { ...run }, trace });
}

const SHARD = 'shardId-000000000000';
const numberOf = (place: number): string => `49${String(place).padStart(54, '0')}`;
const broken = { key: 'a-7', text: '{"acc' };

/** A run in which all of this was put on one shard, and all went well. */
function well(...told: readonly ToldRecord[]): LedgerRun {
  const events = told.filter(isEvent);
  const put: readonly PutRecord[] = told.map((one, place) => ({
    told: one,
    shardId: SHARD,
    sequenceNumber: numberOf(place),
  }));
  const letters = put.filter((record) => !isEvent(record.told)).map((record) => letterAbout([record]));
  return { events, put, items: accountsAfter(events), letters };
}

/** What Lambda tells a destination about records (KE-12). */
function letterAbout(records: readonly PutRecord[], more: object = {}): string {
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    KinesisBatchInfo: {
      shardId: SHARD,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      batchSize: records.length,
      ...more,
    },
  });
}

/** The same, with what each record says: its key, and the account of its event. */
const givenAll = (...keys: readonly (readonly [key: string, account: string])[]): TraceEvent => {
  const Records = keys.map(([partitionKey, account], place) => {
    return { kinesis: { sequenceNumber: numberOf(place), partitionKey, data: btoa(JSON.stringify({ account })) } };
  });
  return invocationStarts('apply#1', { Records });
};

/** An invocation of the consumer with the records of these places. */
const given = (invocation: string, ...places: readonly number[]): TraceEvent =>
  invocationStarts(invocation, { Records: places.map((place) => ({ kinesis: { sequenceNumber: numberOf(place) } })) });

const arrives = (place: number, shardId = SHARD, partitionKey = 'a-7'): TraceEvent => ({
  kind: 'stream-record-put',
  ...{ stream: 'Events', shardId, sequenceNumber: numberOf(place), partitionKey, data: null },
});

const at = (atMs: number, event: TraceEvent) => traceByHand(event).map((entry) => ({ ...entry, atMs }));

const paidIn = deposit('a-7', 1);
const takenOut = withdrawal('a-7', 2);

describe('an account', () => {
  const checks = [
    ...['in-order', 'batch-in-order', 'applied-once', 'old-write-refused', 'repeats-and-numbers'],
    ...['neighbours-applied', 'trouble-loses-nothing'],
  ];

  it.each(checks)('%s compares it with what its events make of it, in order and each once', (id) => {
    expect(judge(id, well(paidIn, takenOut, paidIn, deposit('a-8', 1)))).toBeNull();
    const wrong = { ...well(paidIn, takenOut), items: accountsAfter([takenOut, paidIn]) };
    expect(judge(id, wrong)?.headline).toBe(
      'Account a-7 has 0 cents and 1 declined withdrawal. Its events, in order and each once, make it 2000 cents and 0 declined withdrawals.',
    );
  });

  it.each([
    ['is missing', [], 'Account a-7 is not in the table: 10000 cents and 0 declined withdrawals are due to it.'],
    ['has another balance', [{ balance: 20_000 }], 'Account a-7 has 20000 cents'],
    ['has its balance as text', [{ balance: '10000' }], 'Account a-7 has 10000 cents and 0 declined'],
    ['has another count', [{ declined: 1 }], 'Account a-7 has 10000 cents and 1 declined withdrawal.'],
    [
      'has another receipt',
      [{ receipt: 'S/a-7/9' }],
      'Account a-7 has the receipt S/a-7/9, and its last event has S/a-7/1.',
    ],
    ['has a stranger beside it', [{}, { account: 'seen' }], 'The table has an item «seen», which is no account'],
  ])('%s', (_, items, headline) => {
    const [due] = accountsAfter([paidIn]);
    const run = { ...well(paidIn), items: items.map((item) => ({ ...due, ...item })) };
    expect(judge('in-order', run)?.headline).toContain(headline);
  });
});

describe('task 1', () => {
  it('the danger is that several events of an account come, and change it', () => {
    expect(judge('several-at-once', well(paidIn, takenOut))).toBeNull();
    expect(judge('several-at-once', well(paidIn))?.hintId).toBe('nothing-arrives');
    expect(judge('several-at-once', { ...well(paidIn, takenOut), items: [] })?.hintId).toBe('nothing-arrives');
  });

  it('side-by-side is shown by two invocations of the consumer at once', () => {
    const two = traceByHand(given('apply#1', 0), given('apply#2', 1));
    const apart = traceByHand(given('apply#1', 0), invocationReturns('apply#1'), given('apply#2', 1));
    expect(judge('side-by-side', well(paidIn), two)).toBeNull();
    expect(judge('side-by-side', well(paidIn), apart)?.hintId).toBe('one-at-a-time');
    expect(judge('side-by-side', well(paidIn), traceByHand(given('apply#1', 0), given('publish#1')))?.hintId).toBe(
      'one-at-a-time',
    );
  });
});

describe('an account that is out of order', () => {
  const swapped = { ...well(paidIn, takenOut), items: [] };
  const hintFor = (...keys: readonly (readonly [key: string, account: string])[]) =>
    judge('in-order', swapped, traceByHand(givenAll(...keys)))?.hintId;

  it('is the producer’s doing if its events have several keys', () => {
    expect(hintFor(['x', 'a-7'], ['y', 'a-7'])).toBe('out-of-order');
  });

  it('is the handler’s doing if they have one key, whatever others have', () => {
    expect(hintFor(['a-7', 'a-7'], ['a-8', 'a-8'], ['a-7', 'a-7'])).toBe('handled-out-of-order');
  });
});

describe('task 2', () => {
  it('records-together is shown by a batch of two', () => {
    expect(judge('records-together', well(paidIn), traceByHand(given('apply#1', 0, 1)))).toBeNull();
    expect(judge('records-together', well(paidIn), traceByHand(given('apply#1', 0)))?.hintId).toBe('single-records');
  });

  it('keeps-up measures from the arrival of a record until the function has it for the last time', () => {
    const run = (ms: number) => [...at(1_000, arrives(0)), ...at(1_000 + ms, given('apply#1', 0))];
    expect(judge('keeps-up', well(paidIn), run(30_000))).toBeNull();
    expect(judge('keeps-up', well(paidIn), run(31_000))?.headline).toBe(
      'A record waited 31 seconds until the function had it.',
    );
    const again = [...run(5), ...at(41_000, given('apply#2', 0))];
    expect(judge('keeps-up', well(paidIn), again)?.headline).toContain('40 seconds');
    expect(judge('keeps-up', { ...well(paidIn), items: [] }, run(5))?.hintId).toBe('rush-out-of-order');
  });

  it('four-to-eight wants four, and not nine', () => {
    const many = (count: number) => traceByHand(...Array.from({ length: count }, (_, n) => given(`apply#${n}`, n)));
    expect(judge('four-to-eight', well(paidIn), many(4))).toBeNull();
    expect(judge('four-to-eight', well(paidIn), many(8))).toBeNull();
    expect(judge('four-to-eight', well(paidIn), many(9))?.hintId).toBe('too-many-callers');
    expect(judge('four-to-eight', well(paidIn), many(3))?.headline).toBe(
      '3 batches were worked on at once at most, and screening takes 8 callers.',
    );
    expect(judge('four-to-eight', well(paidIn), many(1))?.headline).toContain('1 batch was worked on');
  });

  it('in-time counts batches that the timeout cut off', () => {
    const reset = (why: 'timeout' | 'crash', functionName = 'apply'): TraceEvent => {
      return { kind: 'environment-reset', functionName, environment: 'e', why };
    };
    expect(judge('in-time', well(paidIn), traceByHand(reset('crash'), reset('timeout', 'publish')))).toBeNull();
    expect(judge('in-time', well(paidIn), traceByHand(reset('timeout')))?.headline).toMatch(/^Once the timeout/);
    expect(judge('in-time', well(paidIn), traceByHand(reset('timeout'), reset('timeout')))?.headline).toMatch(
      /^2 times/,
    );
    expect(judge('in-time', { ...well(paidIn), items: [] })?.hintId).toBe('batch-too-long');
  });
});

describe('task 3', () => {
  it('the dangers are a record that comes twice, and a call that hangs', () => {
    const twice = traceByHand(given('apply#1', 0, 1), given('apply#2', 1));
    expect(judge('came-again', well(paidIn), twice)).toBeNull();
    expect(judge('came-again', well(paidIn), traceByHand(given('apply#1', 0), given('apply#2', 1)))?.hintId).toBe(
      'nothing-came-again',
    );
    expect(judge('a-call-hung', well(paidIn), traceByHand({ kind: 'fault', fault: 'deadline' }))).toBeNull();
    expect(judge('a-call-hung', well(paidIn))?.hintId).toBe('nothing-hung');
  });
});

describe('an account that is wrong where a record may come again', () => {
  const wrong = { ...well(paidIn), items: [] };

  it('was changed twice if one came again, and else its numbers were compared wrongly', () => {
    const twice = traceByHand(given('apply#1', 0), given('apply#2', 0));
    expect(judge('applied-once', wrong, twice)?.hintId).toBe('applied-again');
    expect(judge('applied-once', wrong, traceByHand(given('apply#1', 0)))?.hintId).toBe('repeated');
  });
});

describe('task 4', () => {
  const run = well(paidIn, broken, takenOut);
  const [first, poison, last] = run.put;
  if (first === undefined || poison === undefined || last === undefined) throw new Error('three were put');

  it('poison-is-told wants a letter with the record’s own shard and number, or with its number', () => {
    expect(judge('poison-is-told', run)).toBeNull();
    const parked = JSON.stringify({ eventID: `${SHARD}:${poison.sequenceNumber}` });
    expect(judge('poison-is-told', { ...run, letters: [parked] })).toBeNull();
    expect(judge('poison-is-told', { ...run, letters: [] })?.headline).toBe(
      `The record …0001 of ${SHARD} can’t be read, and the queue has no letter: no person will hear of it.`,
    );
    for (const letter of [
      letterAbout([first]),
      letterAbout([poison], { shardId: 'shardId-000000000001' }),
      letterAbout([poison], { startSequenceNumber: 'x' }),
      '{"acc',
      'null',
    ])
      expect(judge('poison-is-told', { ...run, letters: [letter] })?.headline).toContain('has only other letters');
  });

  it('poison-is-told knows a record that Lambda took for done from one that it gave up', () => {
    const hintFor = (...events: readonly TraceEvent[]) =>
      judge('poison-is-told', { ...run, letters: [] }, traceByHand(...events))?.hintId;
    const returns = invocationReturns('apply#1');
    expect(hintFor(given('apply#1', 0, 1), returns)).toBe('taken-for-done');
    expect(hintFor(given('apply#1', 0, 1))).toBe('nobody-hears');
    expect(hintFor(given('apply#1', 0, 1), returns, given('apply#2', 1))).toBe('nobody-hears');
  });

  it('only-poison-is-told says what else is told', () => {
    expect(judge('only-poison-is-told', run)).toBeNull();
    expect(judge('only-poison-is-told', { ...run, letters: [letterAbout([first])] })?.headline).toBe(
      `A letter in the queue tells of the record …0000 of ${SHARD}, which can be applied.`,
    );
    expect(judge('only-poison-is-told', { ...run, letters: [letterAbout([poison, last])] })?.headline).toContain(
      'the record …0002 of shardId-000000000000, which can be applied. It is one of 2 records',
    );
    expect(judge('only-poison-is-told', { ...run, letters: ['{"what":1}'] })?.headline).toBe(
      'A letter in the queue tells of no record of the stream: {"what":1}',
    );
    expect(judge('trouble-loses-nothing', { ...run, letters: [letterAbout([first])] })?.hintId).toBe(
      'told-without-need',
    );
  });

  it('a letter about a part of a shard covers the ends of its range, not what other parts have between them', () => {
    const ends = letterAbout([first, last]);
    expect(judge('only-poison-is-told', { ...run, letters: [ends] })?.headline).toContain('It is one of 2 records');
    expect(judge('poison-is-told', { ...run, letters: [ends] })?.hintId).toBe('nobody-hears');
  });

  it('few-attempts counts how often the function got one record', () => {
    const times = (count: number) => traceByHand(...Array.from({ length: count }, (_, n) => given(`apply#${n}`, 1)));
    expect(judge('few-attempts', run, times(12))).toBeNull();
    expect(judge('few-attempts', run, times(13))?.headline).toBe(
      'The function got one record 13 times, and its lane waited each time.',
    );
  });

  it('the danger is a table that refuses for as long as the SDK tries', () => {
    const throttles = (count: number) =>
      traceByHand(...Array.from({ length: count }, () => ({ kind: 'fault', fault: 'throttled' }) as const));
    expect(judge('table-refused', run, throttles(4))).toBeNull();
    expect(judge('table-refused', run, throttles(3))?.hintId).toBe('nothing-refused');
  });

  it('others-never-wait looks at other shards only', () => {
    const other = 'shardId-000000000001';
    const waits = (inBroken: number, inOther: number) => [
      ...at(0, arrives(1)),
      ...at(0, arrives(7, other, 'a-8')),
      ...at(inOther, given('apply#1', 7)),
      ...at(inBroken, given('apply#2', 1)),
    ];
    expect(judge('others-never-wait', run, waits(60_000, 10_000))).toBeNull();
    expect(judge('others-never-wait', run, waits(0, 11_000))?.headline).toBe(
      'A record of account a-8 waited 11 seconds, and the broken one is in another shard.',
    );
    expect(judge('others-never-wait', run, [...at(0, arrives(1)), ...at(0, given('apply#1', 1))])?.hintId).toBe(
      'others-waited',
    );
    expect(judge('others-never-wait', { ...run, items: [] }, waits(0, 0))?.hintId).toBe('lost-with-it');
  });
});

describe('task 5', () => {
  const third = deposit('a-7', 3);
  const events = [paidIn, takenOut, third, deposit('a-8', 1)];
  const stored = (...told: readonly ToldRecord[]): StreamRun => ({
    events,
    isDone: true,
    highWaterMark: 50,
    records: told.map((one) => ({ shardId: SHARD, text: isEvent(one) ? JSON.stringify(one) : one.text })),
  });

  it.each([
    ['in order', events],
    ['in another order of accounts', [deposit('a-8', 1), paidIn, takenOut, third]],
    ['twice', [paidIn, paidIn, takenOut, paidIn, takenOut, third, deposit('a-8', 1)]],
  ])('a stream has all events %s', (_, told) => {
    for (const id of ['published-in-order', 'published-in-trouble', 'high-water'])
      expect(judge(id, stored(...told))).toBeNull();
  });

  const lostQuietly = 'not on the stream, and the producer has told the core system that all is done.';

  it.each([
    ['no record', [], `Event 1 of account a-7 is ${lostQuietly}`],
    ['one too few', [paidIn, third, deposit('a-8', 1)], `Event 2 of account a-7 is ${lostQuietly}`],
    [
      'two turned round',
      [takenOut, paidIn, third, deposit('a-8', 1)],
      'On the stream, event 2 of account a-7 comes before event 1.',
    ],
    [
      'one that comes too late, though it comes twice',
      [paidIn, third, takenOut, third, deposit('a-8', 1)],
      'On the stream, event 3 of account a-7 comes before event 2.',
    ],
    [
      'another amount',
      [...events, { ...paidIn, amount: 1 }],
      'The stream has a record that tells of no event: {"account":"a-7","seq":"1","kind":"deposit","amount":1}',
    ],
    ['what is no JSON', [...events, broken], 'The stream has a record that tells of no event: {"acc'],
    [
      'what is no object',
      [...events, { key: 'a-7', text: 'null' }],
      'The stream has a record that tells of no event: null',
    ],
  ])('a stream has %s', (_, told, headline) => {
    expect(judge('published-in-order', stored(...told))?.headline).toBe(headline);
    expect(judge('high-water', stored(...told))?.hintId).toBe('burst-not-published');
  });

  it('a producer that puts all events and fails has not done its work', () => {
    const run = { ...stored(...events), isDone: false };
    expect(judge('published-in-order', run)?.headline).toContain('The producer failed whenever');
  });

  it('a stream has an account in two shards', () => {
    const { records } = stored(...events);
    const apart = records.map((record, place) =>
      place === 1 ? { ...record, shardId: 'shardId-000000000001' } : record,
    );
    expect(judge('published-in-order', { ...stored(), records: apart })?.headline).toBe(
      'The events of account a-7 are in 2 shards, which are read side by side.',
    );
  });

  it('high-water counts the records of all calls of the producer that are not answered', () => {
    const sent = (call: string, records: number, by = 'publish#1'): [string, TraceEvent] => {
      const Records = Array.from({ length: records }, () => ({}));
      const input = records === 0 ? { Data: 'one' } : { Records };
      return [by, { kind: 'call-sent', call, service: 'Kinesis', operation: 'PutRecords', input }];
    };
    const answered = (call: string): TraceEvent => ({ kind: 'call-answered', call, answer: { ok: true, output: {} } });
    const run = stored(...events);
    expect(judge('high-water', run, traceByHand(sent('a', 50), answered('a'), sent('b', 50)))).toBeNull();
    expect(judge('high-water', run, traceByHand(sent('a', 50), sent('b', 0)))?.headline).toBe(
      '51 records were on their way without an answer, and the high-water mark is 50.',
    );
    expect(judge('high-water', run, traceByHand(sent('a', 51, 'scenario')))).toBeNull();
    const dropped: TraceEvent = { kind: 'call-dropped', call: 'a', why: 'sender-died' };
    expect(judge('high-water', run, traceByHand(sent('a', 50), dropped, sent('b', 1)))).toBeNull();
  });
});
