/**
 * Filters: which messages go to the function, and that the others are deleted.
 */

import { describe, expect, it } from 'vitest';
import type { Input } from '../../contract/answer.ts';
import { aboutOf, acknowledgedIn, batchesIn, QueueMappings } from './mappings-for-tests.ts';

/** Whether a filter with this pattern lets a message with this body through. */
function passes(pattern: object, body: string, more: Input = {}): boolean {
  const mappings = new QueueMappings();
  mappings.create({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } });
  mappings.put(['m1', { body, ...more }]);
  const about = aboutOf(mappings.poll());
  const isThrough = about.includes('invoke');
  expect(about).toEqual(['poll', isThrough ? 'invoke' : 'acknowledge']);
  return isThrough;
}

describe('FilterCriteria', () => {
  it('SE-15 a message that does not match is deleted without an invocation', () => {
    expect(passes({ body: { kind: ['order'] } }, '{"kind":"order"}')).toBe(true);
    expect(passes({ body: { kind: ['order'] } }, '{"kind":"refund"}')).toBe(false);
  });

  it('SE-15 of a batch only what matches goes to the function', () => {
    const mappings = new QueueMappings();
    mappings.create({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"n":[1]}}' }] } });
    mappings.put(['m1', { body: '{"n":1}' }], ['m2', { body: '{"n":2}' }]);
    const effects = mappings.poll();
    expect(aboutOf(effects)).toEqual(['poll', 'acknowledge', 'invoke']);
    expect(acknowledgedIn(effects)).toEqual(['handle of m2']);
    expect(batchesIn(effects)).toEqual([['m1']]);
  });

  it('SE-15 one of several filters is enough', () => {
    const mappings = new QueueMappings();
    const Filters = [{ Pattern: '{"body":{"n":[1]}}' }, { Pattern: '{"body":{"n":[2]}}' }];
    mappings.create({ FilterCriteria: { Filters } });
    mappings.put(...[1, 2, 3].map((n) => [`m${n}`, { body: JSON.stringify({ n }) }] as const));
    expect(acknowledgedIn(mappings.poll())).toEqual(['handle of m3']);
  });

  it('SE-15 looks for fields in any depth of a body, and for one of several patterns', () => {
    const pattern = { body: { $or: [{ a: { b: [1] } }, { c: [{ prefix: 'eu-' }] }] } };
    expect(passes(pattern, '{"a":{"b":1}}')).toBe(true);
    expect(passes(pattern, '{"c":"eu-west-1"}')).toBe(true);
    expect(passes(pattern, '{"a":1,"c":"us-eu-1"}')).toBe(false);
  });

  it('SE-15 a pattern for the members of a body does not match a body that is not JSON, and the other way round', () => {
    expect(passes({ body: { a: [1] } }, 'a = 1')).toBe(false);
    expect(passes({ body: [{ prefix: '{' }] }, '{"a":1}')).toBe(false);
    expect(passes({ body: [{ prefix: 'a' }] }, 'a = 1')).toBe(true);
  });

  it('SE-15 looks at attributes too', () => {
    const messageAttributes = { tenant: { stringValue: 'a', dataType: 'String' } };
    const pattern = { messageAttributes: { tenant: { stringValue: ['a'] } } };
    expect(passes(pattern, 'any', { messageAttributes })).toBe(true);
    expect(passes(pattern, 'any')).toBe(false);
  });

  it('SE-15 looks into the member that the source calls its body, and takes any other as it is', () => {
    const mappings = new QueueMappings();
    mappings.describeSource({ bodyMember: 'data' });
    mappings.create({ FilterCriteria: { Filters: [{ Pattern: '{"data":{"n":[1]},"body":["{}"]}' }] } });
    mappings.put(['m1', { data: '{"n":1}', body: '{}' }], ['m2', { data: '{"n":2}', body: '{}' }]);
    mappings.put(['m3', { data: '{"n":1}', body: '{"n":1}' }]);
    expect(batchesIn(mappings.poll())).toEqual([['m1']]);
  });
});
