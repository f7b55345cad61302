/** Members with another JSON type than their own are refused before an operation looks at them. */

import { expect, it } from 'vitest';
import { type MemberForms, withoutNulls, wrongForm } from './member-forms.ts';

const FORMS: MemberForms = {
  Name: 'text',
  Count: 'number',
  Share: 'double',
  IsOn: 'flag',
  Names: { list: 'text' },
  Variables: { map: 'text' },
  Target: { structure: { Arn: 'text' } },
};

it('lets through what has its form, what is not given, and what has no form here', () => {
  const given = {
    Name: 'a',
    Count: 1,
    Share: 0.5,
    IsOn: false,
    Names: ['a'],
    Variables: { a: 'b' },
    Target: { Arn: 'a', More: 1 },
  };
  for (const input of [given, {}, { Name: null, Target: { Arn: undefined } }, { Other: 1 }])
    expect(wrongForm(input, FORMS)).toBeNull();
});

it.each([
  [{ Name: 1.5 }, 'NUMBER_VALUE cannot be converted to String'],
  [{ Name: {} }, 'START_OBJECT cannot be converted to String'],
  [{ Count: '1' }, 'STRING_VALUE cannot be converted to Integer'],
  [{ Count: 1.5 }, 'NUMBER_VALUE cannot be converted to Integer'],
  [{ Share: '0.5' }, 'STRING_VALUE cannot be converted to Double'],
  [{ IsOn: [] }, 'START_ARRAY cannot be converted to Boolean'],
  [{ Names: 'a' }, 'Unexpected value type in payload'],
  [{ Names: [null] }, 'Unexpected value type in payload'],
  [{ Names: [true] }, 'TRUE_VALUE cannot be converted to String'],
  [{ Variables: { a: 7 } }, 'NUMBER_VALUE cannot be converted to String'],
  [{ Target: ['a'] }, 'Unexpected value type in payload'],
  [{ Target: { Arn: false } }, 'FALSE_VALUE cannot be converted to String'],
])('refuses %o', (input, message) => {
  expect(wrongForm(input, FORMS)).toEqual({
    ok: false,
    error: { code: 'SerializationException', message, status: 400 },
  });
});

it('takes a null for a member that is not given, at any depth', () => {
  const instant = new Date(0);
  expect(withoutNulls({ Name: null, Target: { Arn: null, More: [null] }, At: instant })).toEqual({
    Target: { More: [null] },
    At: instant,
  });
  const input = { Name: 'a', Target: { Arn: 'b' } };
  expect(withoutNulls(input)).toBe(input);
});
