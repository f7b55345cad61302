/**
 * Where a payload stops being JSON, and in which words.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOfPayload } from './payload-problem.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('LS-30 a payload that is no JSON', () => {
  it.each([
    ['{"a":', 'Unexpected end-of-input', 1, 7],
    ['hello', "Unrecognized token 'hello': was expecting (JSON String, Number,", 1, 7],
    ["{'a': 1}", "Unexpected character (''' (code 39)): expected a valid value", 1, 3],
    ['{\n"a": 1,\n}', "Unexpected character ('}' (code 125)): expected", 3, 2],
    ['[1, 2', 'Unexpected end-of-input', 1, 7],
    ['[1, 02]', "Unrecognized token '02'", 1, 8],
    ['1 2', "Unrecognized token '2'", 1, 5],
    ['"\u0001"', `Unexpected character ('"' (code 34))`, 1, 2],
    ['\u0001', 'Unexpected character ((CTRL-CHAR, code 1))', 1, 2],
    ['{"a" "b"}', `Unexpected character ('"' (code 34))`, 1, 7],
    ['{"a": tru}', "Unrecognized token 'tru'", 1, 11],
  ])('is told with its place: %j', (payload, problem, line, column) => {
    const told = problemOfPayload(payload);
    expect(told.slice(0, problem.length)).toBe(problem);
    const place = `\n at [Source: (byte[])"${payload}"; line: ${line}, column: ${column}]`;
    expect(told.slice(-place.length)).toBe(place);
  });

  it('is shown in part if it is long', () => {
    expect(problemOfPayload('x'.repeat(600))).toContain(`${'x'.repeat(500)}"[truncated 100 bytes]; line: 1`);
  });

  it('ends too early only if a continuation could make it JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, anywhere) => {
        const at = anywhere % (json.length + 1);
        const broken = `${json.slice(0, at)}!${json.slice(at)}`;
        if (isJson(broken)) return;
        expect(problemOfPayload(broken)).toMatch(/^Un(recognized token '|expected character \()/);
      }),
    );
  });
});
