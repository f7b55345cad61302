import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJsonText, recordInJsonText, valueOfJsonText } from './json-text.ts';

it('reads what JSON.parse reads, the first time and every time after it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const expected: unknown = JSON.parse(text);
      for (const value of [valueOfJsonText(text), valueOfJsonText(text)]) expect(value).toEqual(expected);
      expect(readJsonText(text)).toEqual({ isJson: true, value: expected });
    }),
  );
});

it('says that a text is no JSON, and leaves why to those who ask', () => {
  expect(readJsonText('visitors')).toEqual({ isJson: false });
  expect(readJsonText('visitors')).toEqual({ isJson: false });
  expect(() => valueOfJsonText('visitors')).toThrow(SyntaxError);
});

it('gives a run nothing that another run can change', () => {
  const value = valueOfJsonText('{"order":{"lines":[1]}}') as { order: { lines: number[] } };
  expect(() => value.order.lines.push(2)).toThrow(TypeError);
  expect(valueOfJsonText('{"order":{"lines":[1]}}')).toEqual({ order: { lines: [1] } });
});

it('reads the deepest nesting that a short text has', () => {
  const text = `${'['.repeat(2_048)}${']'.repeat(2_048)}`;
  expect(JSON.stringify(valueOfJsonText(text))).toBe(text);
});

it('finds the object of a text, and none in a text that is a list, another value or no JSON', () => {
  expect(recordInJsonText('{"order":7}')).toEqual({ order: 7 });
  for (const text of ['[{"order":7}]', 'null', '7', '"order"', '', '{']) expect(recordInJsonText(text)).toBeNull();
});
