/**
 * TestEventPattern, and every operator of a pattern as AWS's page lists it.
 */

import { describe, expect, it } from 'vitest';
import { BusForTests } from './eventbridge-for-tests.ts';

const EVENT = {
  ...{ id: '1', account: '123456789012', source: 'shop', time: '2026-01-01T00:00:00Z', region: 'us-east-1' },
  ...{ resources: [], 'detail-type': 'order' },
};
const ask = (pattern: object, event: object) =>
  new BusForTests().ask('TestEventPattern', { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(event) })
    .Result;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, in its order. */
const OPERATORS: readonly (readonly [what: string, rules: readonly unknown[], right: unknown, wrong: unknown])[] = [
  ['anything-but', [{ 'anything-but': 'initializing' }], 'running', 'initializing'],
  ['anything-but (begins with)', [{ 'anything-but': { prefix: 'us-' } }], 'eu-west-1', 'us-east-1'],
  ['anything-but (ends with)', [{ 'anything-but': { suffix: '.png' } }], 'a.jpg', 'a.png'],
  ['anything-but (ignore case)', [{ 'anything-but': { 'equals-ignore-case': 'initializing' } }], 'on', 'INITIALIZING'],
  ['anything-but using a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], '/usr/bin', '/usr/lib/a'],
  ['begins with', [{ prefix: 'us-' }], 'us-east-1', 'eu-west-1'],
  ['begins with (ignore case)', [{ prefix: { 'equals-ignore-case': 'eventb' } }], 'EventBridge', 'SQS'],
  ['empty', [''], '', 'a'],
  ['equals', ['Alice'], 'Alice', 'alice'],
  ['equals (ignore case)', [{ 'equals-ignore-case': 'alice' }], 'ALICE', 'Bob'],
  ['ends with', [{ suffix: '.png' }], 'a.png', 'a.jpg'],
  ['ends with (ignore case)', [{ suffix: { 'equals-ignore-case': 'tbridge' } }], 'EVENTBRIDGE', 'bridges'],
  ['exists', [{ exists: true }], 1, undefined],
  ['does not exist', [{ exists: false }], undefined, 1],
  ['IP address', [{ cidr: '10.0.0.0/24' }], '10.0.0.7', '10.0.1.7'],
  ['null', [null], null, 'null'],
  ['numeric (equals)', [{ numeric: ['=', 100] }], 100, 101],
  ['numeric (range)', [{ numeric: ['>', 10, '<=', 20] }], 20, 10],
  ['or', ['Credit', 'Debit'], 'Debit', 'Cash'],
  ['wildcard', [{ wildcard: 'dir/*.png' }], 'dir/a.png', 'dir/a.jpg'],
];

describe('TestEventPattern', () => {
  it.each(OPERATORS)('EB-24 knows %s', (_what, rules, right, wrong) => {
    expect(ask({ detail: { a: rules } }, { ...EVENT, detail: { a: right } })).toBe(true);
    expect(ask({ detail: { a: rules } }, { ...EVENT, detail: { a: wrong } })).toBe(false);
  });

  it('EB-24 knows «and» and $or', () => {
    const pattern = { source: ['shop'], detail: { $or: [{ location: ['Bern'] }, { day: ['Monday'] }] } };
    expect(ask(pattern, { ...EVENT, detail: { day: 'Monday' } })).toBe(true);
    expect(ask(pattern, { ...EVENT, source: 'till', detail: { day: 'Monday' } })).toBe(false);
    expect(ask(pattern, { ...EVENT, detail: { day: 'Friday' } })).toBe(false);
  });

  it.each([
    ['no JSON', '{'],
    ['a text', '"event"'],
    ['a list', '[]'],
    ...Object.keys(EVENT)
      .filter((name) => name !== 'resources')
      .map((name) => [`an event without ${name}`, JSON.stringify({ ...EVENT, [name]: undefined })]),
  ])('EB-24 refuses %s', (_what, Event) => {
    expect(new BusForTests().errorOf('TestEventPattern', { EventPattern: '{"source":["shop"]}', Event })).toEqual({
      ...{ code: 'ValidationException', message: 'Parameter Event is not valid.', status: 400 },
    });
  });

  it('EB-24 takes an event without resources', () => {
    expect(ask({ source: ['shop'] }, { ...EVENT, resources: undefined })).toBe(true);
  });

  it('EB-17 refuses what is no pattern', () => {
    const Event = JSON.stringify(EVENT);
    expect(new BusForTests().errorOf('TestEventPattern', { EventPattern: '{"source":[]}', Event })).toEqual({
      ...{ code: 'InvalidEventPatternException', status: 400 },
      message: 'Event pattern is not valid. Reason: Empty arrays are not allowed',
    });
  });

  it('takes 1,000 combinations of $or, and no more', () => {
    const alternatives = (count: number) => ({ $or: Array.from({ length: count }, (_, n) => ({ a: [n] })) });
    const withCombinations = (count: number) => ({ ...alternatives(count), detail: alternatives(20) });
    expect(ask(withCombinations(50), EVENT)).toBe(false);
    const Event = JSON.stringify(EVENT);
    const EventPattern = JSON.stringify(withCombinations(51));
    expect(new BusForTests().errorOf('TestEventPattern', { EventPattern, Event }).code).toBe('LimitExceededException');
  });
});
