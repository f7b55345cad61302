/** Numbers that are evidently times, in words. */

import { describe, expect, it } from 'vitest';
import type { EntrySeen } from '../../contract/shown.ts';
import { itemInWords } from './item-words.ts';
import { timesOfRun } from './times-of-run.ts';
import type { DynamoDBEvent } from './trace-events.ts';

const MORNING_MS = Date.UTC(2026, 0, 5, 9, 1, 30);

function changed(after: Readonly<Record<string, unknown>>): EntrySeen<DynamoDBEvent> {
  const event = { kind: 'item-changed', table: 'Leases', key: { id: { S: 'o-1' } }, before: null, after } as const;
  return { seq: 0, atMs: 0, cause: null, step: 1, actor: 'card#1', event };
}

describe('a number of a run', () => {
  const say = timesOfRun([changed({ until: { N: String(MORNING_MS) } })]);

  it.each([
    ['milliseconds since 1970', String(MORNING_MS), '09:01:30'],
    ['seconds since 1970', String(MORNING_MS / 1_000), '09:01:30'],
    ['a part of a second', String(MORNING_MS + 250), '09:01:30.250'],
    ['another day', String(Date.UTC(2026, 0, 6)), '2026-01-06 00:00:00'],
  ])('is a time of day if it is evidently an instant: %s', (_, digits, words) => expect(say(digits)).toBe(words));

  it.each(['1', '4200', '-1767603690000', '1767603690000.5', '999999999', '9999999999999', '17676036900001'])(
    'stays %s if it is none',
    (digits) => expect(say(digits)).toBe(digits),
  );

  it('has its date where no item holds a time of that day', () => {
    const midnight = changed({ until: { N: String(Date.UTC(2026, 11, 31)) } });
    expect(timesOfRun([midnight])(String(MORNING_MS))).toBe('2026-01-05 09:01:30');
  });
});

it('texts of digits stay texts', () => {
  const item = itemInWords({ n: { N: String(MORNING_MS) }, s: { S: String(MORNING_MS) } }, timesOfRun([]));
  expect(item?.s?.words).toBe(`"${MORNING_MS}"`);
  expect(item?.n?.words).toBe('2026-01-05 09:01:30');
});
