/**
 * The language of event patterns: what each operator matches, and which texts are no patterns.
 */

import { describe, expect, it } from 'vitest';
import { matches } from './matches.ts';
import { type EventPatternReading, readEventPattern } from './read-pattern.ts';

function read(pattern: object | string, notSimulated: readonly string[] = []): EventPatternReading {
  const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  return readEventPattern(text, { operatorName: 'operator', notSimulated });
}

function isMatch(pattern: object, event: string): boolean {
  const reading = read(pattern);
  if (reading.kind !== 'pattern') expect.fail(`${JSON.stringify(pattern)} is no pattern`);
  return matches(reading.pattern, JSON.parse(event) as object);
}

describe('a pattern', () => {
  it.each([
    ['null', { a: [null] }, '{"a":null}', '{"a":1}'],
    ['an empty text', { a: [''] }, '{"a":""}', '{"a":"x"}'],
    ['several values', { a: ['x', 'y'] }, '{"a":"y"}', '{"a":"z"}'],
    ['several fields', { a: ['x'], b: ['y'] }, '{"a":"x","b":"y"}', '{"a":"x","b":"z"}'],
    ['fields within fields', { a: { b: [1] } }, '{"a":{"b":1}}', '{"a":1}'],
    ['$or', { $or: [{ a: [1] }, { b: [1] }] }, '{"b":1}', '{"a":2,"b":2}'],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'Alice' }] }, '{"a":"aLICE"}', '{"a":"Bob"}'],
    ['prefix', { a: [{ prefix: 'eu-' }] }, '{"a":"eu-west-1"}', '{"a":"us-eu-1"}'],
    ['suffix', { a: [{ suffix: '.png' }] }, '{"a":"x.png"}', '{"a":"x.jpg"}'],
    ['exists', { a: [{ exists: true }] }, '{"a":false}', '{"b":1}'],
    ['does not exist', { a: [{ exists: false }] }, '{"b":1}', '{"a":1}'],
    ['anything-but', { a: [{ 'anything-but': ['x', 'y'] }] }, '{"a":"z"}', '{"a":"x"}'],
    ['anything-but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, '{"a":"z"}', '{"a":"xy"}'],
    ['numeric equals', { a: [{ numeric: ['=', 100] }] }, '{"a":100}', '{"a":"100"}'],
    ['a numeric range', { a: [{ numeric: ['>', 10, '<=', 20] }] }, '{"a":20}', '{"a":10}'],
    ['at least, and less than', { a: [{ numeric: ['>=', 10, '<', 20] }] }, '{"a":10}', '{"a":20}'],
    ['one of a list', { a: ['x'] }, '{"a":["w","x"]}', '{"a":["w"]}'],
    ['a text between two asterisks', { a: [{ wildcard: '*/lib/*' }] }, '{"a":"/x/lib/y"}', '{"a":"/x/libs/y"}'],
    ['a wildcard with text on both ends', { a: [{ wildcard: 'ab*ba' }] }, '{"a":"abba"}', '{"a":"aba"}'],
    ['a wildcard without an asterisk', { a: [{ wildcard: 'ab' }] }, '{"a":"ab"}', '{"a":"abc"}'],
    ['an asterisk that is only that', { a: [{ wildcard: 'a\\*b*' }] }, '{"a":"a*bc"}', '{"a":"axbc"}'],
    ['anything-but a wildcard', { a: [{ 'anything-but': { wildcard: '*.tmp' } }] }, '{"a":"x.txt"}', '{"a":"x.tmp"}'],
    ['anything-but, of a field that must be there', { a: [{ 'anything-but': 'x' }] }, '{"a":null}', '{"b":1}'],
    ['one of a list of objects', { a: { b: [1] } }, '{"a":[{"b":2},{"b":1}]}', '{"a":[{"b":2}]}'],
  ])('matches by %s', (_what, pattern, right, wrong) => {
    expect(isMatch(pattern, right)).toBe(true);
    expect(isMatch(pattern, wrong)).toBe(false);
  });

  it('finds nothing in what an object inherits', () => {
    expect(isMatch({ toString: [{ exists: false }] }, '{}')).toBe(true);
  });

  it.each([
    ['no JSON', '{', 'Filter is not an object'],
    ['a list', '[1]', 'Filter is not an object'],
    ['nothing', '{}', 'Empty objects are not allowed'],
    ['a field without rules', '{"a":[]}', 'Empty arrays are not allowed'],
    ['a field with a value', '{"int":42}', '"int" must be an object or an array'],
    ['an operator in capitals', '{"a":[{"EXISTS":true}]}', 'Unrecognized match type EXISTS'],
    ['two operators at once', '{"a":[{"prefix":"a","suffix":"b"}]}', 'Only one key allowed in match expression'],
    ['a list of lists', '{"a":[[1]]}', 'Match value must be String, number, true, false, or null'],
    ['a prefix that is a number', '{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
    ['exists with a text', '{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
    ['numeric without a list', '{"a":[{"numeric":5}]}', 'Value of numeric must be an array.'],
    ['an unknown comparison', '{"a":[{"numeric":["!",5]}]}', 'Unrecognized numeric range operator: !'],
    ['a comparison with a text', '{"a":[{"numeric":["=","5"]}]}', 'Value of = must be numeric'],
    ['two asterisks in a row', '{"a":[{"wildcard":"a**b"}]}', 'Consecutive wildcard characters'],
    ['a backslash before a letter', '{"a":[{"wildcard":"\\\\n"}]}', 'Invalid escape character'],
  ])('is not %s', (_what, text, reason) => expect(read(text)).toEqual({ kind: 'invalid', reason }));

  it.each([
    ['an operator that its service does not have here', { a: [{ cidr: '10.0.0.0/24' }] }, 'The operator «cidr»'],
    [
      'a prefix that ignores case',
      { a: [{ prefix: { 'equals-ignore-case': 'a' } }] },
      'The operator «prefix» with «equals-ignore-case»',
    ],
    [
      'a list of prefixes that it must not have',
      { a: [{ 'anything-but': { prefix: ['a'] } }] },
      'A list under «prefix» of «anything-but»',
    ],
  ])('refuses by name %s', (_what, pattern, what) =>
    expect(read(pattern, ['cidr'])).toEqual({ kind: 'not-simulated', what }),
  );
});
