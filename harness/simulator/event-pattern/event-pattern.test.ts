/**
 * The language of event patterns: what each operator matches, and which texts are no patterns.
 */

import { describe, expect, it } from 'vitest';
import { matches } from './matches.ts';
import { combinationsOf, type EventPatternReading, type PatternDialect, readEventPattern } from './read-pattern.ts';

const ALL: PatternDialect = { operatorName: 'operator', notSimulated: [], takesNested: true };

function read(pattern: object | string, dialect: PatternDialect = ALL): EventPatternReading {
  return readEventPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern), dialect);
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
    [
      'prefix in any case',
      { a: [{ prefix: { 'equals-ignore-case': 'Eu-' } }] },
      '{"a":"eU-west-1"}',
      '{"a":"us-eu-1"}',
    ],
    ['suffix in any case', { a: [{ suffix: { 'equals-ignore-case': '.pNg' } }] }, '{"a":"x.PnG"}', '{"a":"x.jpg"}'],
    ['an address', { a: [{ cidr: '10.0.0.0/24' }] }, '{"a":"10.0.0.255"}', '{"a":"10.0.1.0"}'],
    [
      'an address from the first that is written',
      { a: [{ cidr: '10.0.0.5/24' }] },
      '{"a":"10.0.0.5"}',
      '{"a":"10.0.0.4"}',
    ],
    ['an address in bits of a digit', { a: [{ cidr: '10.0.0.0/29' }] }, '{"a":"10.0.0.7"}', '{"a":"10.0.0.8"}'],
    ['a short address', { a: [{ cidr: '2001:db8::/32' }] }, '{"a":"2001:DB8:ffff::1"}', '{"a":"2001:db9::"}'],
    ['an address of its own kind', { a: [{ cidr: '::/0' }] }, '{"a":"::ffff"}', '{"a":"0.0.0.1"}'],
    ['what is an address', { a: [{ cidr: '0.0.0.0/0' }] }, '{"a":"255.255.255.255"}', '{"a":"256.0.0.0"}'],
    [
      'anything-but in any case',
      { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'Y'] } }] },
      '{"a":"z"}',
      '{"a":"y"}',
    ],
    ['anything-but prefixes', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, '{"a":1}', '{"a":"yz"}'],
    ['anything-but a suffix', { a: [{ 'anything-but': { suffix: '.png' } }] }, '{"a":"x.jpg"}', '{"a":"x.png"}'],
    ['anything-but numbers', { a: [{ 'anything-but': [1, 2] }] }, '{"a":"1"}', '{"a":2}'],
    ['$or that is a field, being no list', { $or: { a: [1] } }, '{"$or":{"a":1}}', '{"a":1}'],
    [
      '$or within fields, and beside them',
      { a: { b: [1], $or: [{ c: [2] }, { d: [3] }] } },
      '{"a":{"b":1,"d":3}}',
      '{"a":{"d":3}}',
    ],
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
    ['an operator that is missing', '{"a":[{}]}', 'Match expression name not found'],
    ['two operators at once', '{"a":[{"prefix":"a","suffix":"b"}]}', 'Only one key allowed in match expression'],
    ['a list of lists', '{"a":[[1]]}', 'Match value must be String, number, true, false, or null'],
    ['a prefix that is a number', '{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
    ['exists with a text', '{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
    ['numeric without a list', '{"a":[{"numeric":5}]}', 'Value of numeric must be an array.'],
    ['an unknown comparison', '{"a":[{"numeric":["!",5]}]}', 'Unrecognized numeric range operator: !'],
    ['a comparison with a text', '{"a":[{"numeric":["=","5"]}]}', 'Value of equals must be numeric'],
    ['a comparison with nothing', '{"a":[{"numeric":[">",0,"<"]}]}', 'Value of < must be numeric'],
    ['no comparison', '{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ]'],
    ['a number without a comparison', '{"a":[{"numeric":[5]}]}', 'Invalid member in numeric match: 5'],
    ['two lower bounds', '{"a":[{"numeric":[">",0,">",0]}]}', 'Bad numeric range operator: >'],
    ['two numbers', '{"a":[{"numeric":[">",0,5]}]}', 'Bad value in numeric range: 5'],
    ['an upper bound and another one', '{"a":[{"numeric":["<",5,"<",6]}]}', 'Too many elements in numeric expression'],
    ['three bounds', '{"a":[{"numeric":[">",0,"<",6,"<",7]}]}', 'Too many terms in numeric range expression'],
    ['a range that is empty', '{"a":[{"numeric":[">=",5,"<=",5]}]}', 'Bottom must be less than top'],
    ['a large number', '{"a":[{"numeric":["<",5000000001]}]}', 'Value must be between -5.0E9 and 5.0E9, inclusive'],
    ['two asterisks in a row', '{"a":[{"wildcard":"a**b"}]}', 'Consecutive wildcard characters at pos 2'],
    ['a backslash before a letter', '{"a":[{"wildcard":"\\\\n"}]}', 'Invalid escape character at pos 1'],
    ['a list of prefixes', '{"a":[{"prefix":["x"]}]}', 'prefix match pattern must be a string'],
    ['a prefix with another operator', '{"a":[{"prefix":{"wildcard":"x"}}]}', 'Unsupported prefix pattern: wildcard'],
    ['a suffix with no operator', '{"a":[{"suffix":{}}]}', 'Suffix expression name not found'],
    ['a range that is no text', '{"a":[{"cidr":["x"]}]}', 'prefix match pattern must be a string'],
    ['a range without a mask', '{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    ['a range with a word', '{"a":[{"cidr":"10.0.0.0/xx"}]}', 'Malformed CIDR, mask bits must be an integer'],
    ['a range below all', '{"a":[{"cidr":"10.0.0.0/-1"}]}', 'Malformed CIDR, mask bits must not be negative'],
    ['a range of no address', '{"a":[{"cidr":"xx.11.xx/8"}]}', 'Nonstandard IP address: xx.11.xx'],
    ['a range of a wrong address', '{"a":[{"cidr":"1.2.3.256/8"}]}', 'Invalid IP address: 1.2.3.256'],
    ['a range of a long address', '{"a":[{"cidr":"1:2:3:4:5:6:7:8:9/8"}]}', 'Invalid IP address: 1:2:3:4:5:6:7:8:9'],
    ['a range of one address', '{"a":[{"cidr":"10.0.0.0/32"}]}', 'IPv4 mask bits must be < 32'],
    ['a range of one long address', '{"a":[{"cidr":"::1/128"}]}', 'IPv6 mask bits must be < 128'],
    [
      'anything-but null',
      '{"a":[{"anything-but":null}]}',
      'Value of anything-but must be an array or single string/number value.',
    ],
    [
      'anything-but one of a list with null',
      '{"a":[{"anything-but":["x",null]}]}',
      'Inside anything but list, start|null|boolean is not supported.',
    ],
    [
      'anything-but texts and numbers',
      '{"a":[{"anything-but":["x",1]}]}',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      'anything-but nothing',
      '{"a":[{"anything-but":[]}]}',
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      'anything-but a range',
      '{"a":[{"anything-but":{"numeric":["<",1]}}]}',
      'Unsupported anything-but pattern: numeric',
    ],
    ['anything-but no operator', '{"a":[{"anything-but":{}}]}', 'Anything-But expression name not found'],
    [
      'anything-but a prefix that is a number',
      '{"a":[{"anything-but":{"prefix":1}}]}',
      'prefix/suffix match pattern must be a string',
    ],
    ['anything-but an empty suffix', '{"a":[{"anything-but":{"suffix":""}}]}', 'Null prefix/suffix not allowed'],
    [
      'anything-but a prefix in any case',
      '{"a":[{"anything-but":{"prefix":{"equals-ignore-case":"x"}}}]}',
      'Value of anything-but must be an array or single string/number value.',
    ],
    [
      'anything-but a number in any case',
      '{"a":[{"anything-but":{"equals-ignore-case":[1]}}]}',
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    ],
    [
      'anything-but a wildcard that is a number',
      '{"a":[{"anything-but":{"wildcard":[1]}}]}',
      'wildcard match pattern must be a string',
    ],
    ['$or without alternatives', '{"$or":[]}', 'Empty arrays are not allowed'],
    ['$or with one alternative', '{"$or":[{"a":[1]}]}', 'Unrecognized match type a'],
    ['$or between operators', '{"$or":[{"prefix":"a"},{"b":[1]}]}', 'Unrecognized match type b'],
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
    expect(read(pattern, { operatorName: 'operator', notSimulated: ['cidr'], takesNested: false })).toEqual({
      ...{ kind: 'not-simulated', what },
    }),
  );

  it.each([
    ['an operator', '{"a":[{"wildcard":"*"}]}', 'Unrecognized match type wildcard'],
    [
      'an operator within anything-but',
      '{"a":[{"anything-but":{"suffix":"x"}}]}',
      'Unsupported anything-but pattern: suffix',
    ],
    [
      'an operator within prefix',
      '{"a":[{"prefix":{"equals-ignore-case":"x"}}]}',
      'prefix match pattern must be a string',
    ],
  ])('has no %s that its service lacks', (_what, text, reason) => {
    const unknown = ['wildcard', 'anything-but suffix', 'prefix equals-ignore-case'];
    expect(read(text, { ...ALL, unknown })).toEqual({ kind: 'invalid', reason });
    expect(read(text)).toMatchObject({ kind: 'pattern' });
  });

  it('is made of as many plain patterns as its alternatives have combinations', () => {
    const three = [{ a: [1] }, { b: [1] }, { c: [1], $or: [{ d: [1] }, { e: [1] }] }];
    const combinations = (pattern: object) => {
      const reading = read(pattern);
      return reading.kind === 'pattern' ? combinationsOf(reading.pattern) : expect.fail('no pattern');
    };
    expect(combinations({ a: [1, 2, 3], b: { c: [4] } })).toBe(1);
    expect(combinations({ $or: three })).toBe(4);
    expect(combinations({ $or: three, x: { $or: three, y: [1] } })).toBe(16);
  });

  it('with numbers matches none beyond five billion', () => {
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, '{"a":5000000000}')).toBe(true);
    expect(isMatch({ a: [{ numeric: ['>', 0] }] }, '{"a":5000000001}')).toBe(false);
    expect(isMatch({ a: [5000000001] }, '{"a":5000000001}')).toBe(true);
  });
});
