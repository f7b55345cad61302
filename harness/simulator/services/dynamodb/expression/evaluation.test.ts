/**
 * The meaning of conditions, updates and projections.
 *
 * Every test goes through the operations, as a client would.
 */

import { describe, expect, it } from 'vitest';
import { withThings } from '../dynamodb-for-tests.ts';

const KEY = { id: { S: 'a' } };
const ITEM = {
  ...KEY,
  n: { N: '5' },
  s: { S: 'hello' },
  yes: { BOOL: true },
  none: { NULL: true },
  bytes: { B: new Uint8Array([1, 2, 3]) },
  tags: { SS: ['x', 'y'] },
  nums: { NS: ['1', '2.5'] },
  seq: { L: [{ N: '1' }, { S: 'two' }, { M: { deep: { S: 'z' } } }] },
  doc: { M: { a: { N: '1' }, b: { M: { c: { S: 'd' } } } } },
};

const VALUES: Readonly<Record<string, object>> = {
  ':4': { N: '4' },
  ':5': { N: '5.0' },
  ':6': { N: '6' },
  ':he': { S: 'he' },
  ':hello': { S: 'hello' },
  ':ll': { S: 'll' },
  ':x': { S: 'x' },
  ':yx': { SS: ['y', 'x'] },
  ':two': { S: 'two' },
  ':b12': { B: new Uint8Array([1, 2]) },
  ':b23': { B: new Uint8Array([2, 3]) },
  ':25': { N: '2.50' },
  ':S': { S: 'S' },
  ':M': { S: 'M' },
};

function holds(text: string): boolean {
  const used = Object.entries(VALUES).filter(([key]) => new RegExp(`${key}\\b`).test(text));
  const answer = withThings(ITEM).answerTo('DeleteItem', {
    TableName: 'Things',
    Key: KEY,
    ConditionExpression: text,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
  });
  if (!answer.ok && answer.error.code !== 'ConditionalCheckFailedException') throw new Error(answer.error.message);
  return answer.ok;
}

describe('a condition', () => {
  it.each([
    'n = :5',
    ':5 = n',
    'n <> :6',
    'n > :4 AND n < :6',
    'n BETWEEN :4 AND :6',
    'n BETWEEN :5 AND :5',
    'n IN (:4, :5)',
    'NOT n IN (:4, :6)',
    's = :hello',
    's > :he',
    'n <> :he',
    'nothing <> :he',
    'nothing <> absent',
    'attribute_exists(doc.b.c)',
    'attribute_exists(seq[2].deep)',
    'attribute_not_exists(seq[3])',
    'attribute_not_exists(toString.x)',
    'attribute_type(s, :S)',
    'attribute_type(doc, :M)',
    'begins_with(s, :he)',
    'begins_with(bytes, :b12)',
    'contains(s, :ll)',
    'contains(tags, :x)',
    'contains(nums, :25)',
    'contains(seq, :two)',
    'contains(bytes, :b23)',
    'tags = :yx',
    'size(s) = :5',
    'size(seq) < :4',
    'size(tags) < size(seq)',
    'n = :6 OR n = :5 AND s = :hello',
    '(n = :6 OR n = :5) AND s = :hello',
    'n = :4 OR n = :6 OR n = :5',
    'n = :5 AND s = :hello AND n < :6',
    'NOT (n = :6 AND s = :hello)',
    '(n) = (:5)',
  ])('%s holds', (text) => {
    expect(holds(text)).toBe(true);
  });

  it.each([
    'n = :he',
    'n < :5',
    'n > :he',
    'nothing = :he',
    'nothing < :6',
    'n BETWEEN :6 AND :6',
    'n IN (:4, :6)',
    'attribute_exists(toString)',
    'attribute_exists(s.x)',
    'attribute_type(n, :S)',
    'begins_with(s, :ll)',
    'begins_with(n, :he)',
    'contains(s, :x)',
    'contains(seq, :x)',
    'contains(nothing, :x)',
    'size(n) = :5',
    'size(nothing) < :5',
    '(n = :6 OR n = :5) AND s = :he',
    'n = :6 AND n = :5 OR s = :he',
    'NOT n = :5',
  ])('%s does not hold', (text) => {
    expect(holds(text)).toBe(false);
  });
});

describe('an update', () => {
  function updated(text: string, values: object | undefined, item: object = ITEM): Record<string, unknown> {
    const { Attributes } = withThings({ ...item }).ask('UpdateItem', {
      TableName: 'Things',
      Key: KEY,
      UpdateExpression: text,
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    });
    return Attributes as Record<string, unknown>;
  }

  it('creates an item that does not exist', () => {
    expect(updated('SET x = :x', { ':x': { S: '1' } }, { id: { S: 'other' } })).toEqual({ ...KEY, x: { S: '1' } });
  });

  it('reads all of its right-hand sides before it writes', () => {
    expect(updated('SET n = s, s = n', undefined)).toMatchObject({ n: { S: 'hello' }, s: { N: '5' } });
    expect(updated('SET moved = n REMOVE n', undefined)).not.toHaveProperty('n');
  });

  it('computes exactly', () => {
    const item = { ...KEY, n: { N: '0.1' } };
    expect(updated('SET n = n + :d', { ':d': { N: '0.2' } }, item).n).toEqual({ N: '0.3' });
    expect(updated('SET n = n - :d', { ':d': { N: '0.1' } }, item).n).toEqual({ N: '0' });
    expect(updated('SET n = :a - n', { ':a': { N: '12345678901234567890123456789012345.1' } }, item).n).toEqual({
      N: '12345678901234567890123456789012345',
    });
  });

  it('refuses a sum of more than 38 digits', () => {
    const input = {
      TableName: 'Things',
      Key: KEY,
      UpdateExpression: 'ADD n :d',
      ExpressionAttributeValues: { ':d': { N: '1e-1' } },
    };
    expect(withThings({ ...KEY, n: { N: '9'.repeat(38) } }).errorOf('UpdateItem', input).message).toBe(
      'Attempting to store more than 38 significant digits in a Number',
    );
  });

  it('appends to lists, at either end', () => {
    const x = { ':x': { L: [{ S: 'x' }] } };
    const item = { ...KEY, seq: { L: [{ S: 'a' }] } };
    expect(updated('SET seq = list_append(seq, :x)', x, item).seq).toEqual({ L: [{ S: 'a' }, { S: 'x' }] });
    expect(updated('SET seq = list_append(:x, seq)', x, item).seq).toEqual({ L: [{ S: 'x' }, { S: 'a' }] });
    const upsert = 'SET entries = list_append(if_not_exists(entries, :e), :x)';
    expect(updated(upsert, { ...x, ':e': { L: [] } }).entries).toEqual({ L: [{ S: 'x' }] });
  });

  it('counts list indexes in the list as it was', () => {
    const item = { ...KEY, seq: { L: ['a', 'b', 'c', 'd'].map((S) => ({ S })) } };
    const strings = (seq: unknown) => (seq as { L: { S: string }[] }).L.map(({ S }) => S).join('');
    expect(strings(updated('REMOVE seq[0], seq[2]', undefined, item).seq)).toBe('bd');
    expect(strings(updated('SET seq[1] = :x REMOVE seq[0]', { ':x': { S: 'x' } }, item).seq)).toBe('xcd');
    const far = { ':x': { S: 'x' }, ':y': { S: 'y' } };
    expect(strings(updated('SET seq[99] = :y, seq[50] = :x', far, item).seq)).toBe('abcdxy');
    expect(strings(updated('REMOVE seq[99]', undefined, item).seq)).toBe('abcd');
  });

  it('changes members inside maps and lists', () => {
    const values = { ':v': { S: 'v' } };
    expect(updated('SET doc.b.c = :v, seq[2].deep = :v', values)).toMatchObject({
      doc: { M: { a: { N: '1' }, b: { M: { c: { S: 'v' } } } } },
      seq: { L: [{ N: '1' }, { S: 'two' }, { M: { deep: { S: 'v' } } }] },
    });
    expect(updated('REMOVE doc.b', undefined).doc).toEqual({ M: { a: { N: '1' } } });
  });

  it('adds to numbers and sets, and deletes from sets', () => {
    expect(updated('ADD n :n', { ':n': { N: '-6' } }).n).toEqual({ N: '-1' });
    expect(updated('ADD fresh :n', { ':n': { N: '2' } }).fresh).toEqual({ N: '2' });
    expect(updated('ADD tags :t', { ':t': { SS: ['z', 'x'] } }).tags).toEqual({ SS: ['x', 'y', 'z'] });
    expect(updated('ADD nums :t', { ':t': { NS: ['2.50', '-3'] } }).nums).toEqual({ NS: ['-3', '1', '2.5'] });
    expect(updated('DELETE tags :t', { ':t': { SS: ['x', 'q'] } }).tags).toEqual({ SS: ['y'] });
  });

  it('removes a set whose last member is deleted', () => {
    expect(updated('DELETE tags :t', { ':t': { SS: ['x', 'y'] } })).not.toHaveProperty('tags');
  });
});

describe('a projection', () => {
  function shown(text: string): unknown {
    return withThings(ITEM).ask('GetItem', { TableName: 'Things', Key: KEY, ProjectionExpression: text }).Item;
  }

  it.each([
    ['n, s', { n: ITEM.n, s: ITEM.s }],
    ['doc.b.c', { doc: { M: { b: { M: { c: { S: 'd' } } } } } }],
    ['seq[2].deep, seq[0]', { seq: { L: [{ N: '1' }, { M: { deep: { S: 'z' } } }] } }],
    ['nothing, n.x, seq[9], doc.b.q', {}],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('refuses paths that overlap', () => {
    const input = { TableName: 'Things', Key: KEY, ProjectionExpression: 'doc, doc.a' };
    expect(withThings().errorOf('GetItem', input).message).toBe(
      '1 validation error detected: Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these ' +
        'paths; path one: [doc], path two: [doc, a]',
    );
  });
});
