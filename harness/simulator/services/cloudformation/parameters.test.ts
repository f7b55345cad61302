/**
 * Parameters: values and defaults, each constraint, each type.
 */

import { describe, expect, it } from 'vitest';
import { findingsOf, type Options, standing } from './stack-for-tests.ts';

const template = (declaration: string) =>
  `Parameters:\n  P: ${declaration}\nResources:\n  Log: { Type: AWS::Logs::LogGroup }\nOutputs:\n  It: { Value: !Sub "\${P}" }\n`;
const value = (declaration: string, options: Options = {}) =>
  standing(template(declaration), options).deployment.outputs.It;
const wrong = (declaration: string, given?: string) =>
  findingsOf(template(declaration), given === undefined ? {} : { parameters: { P: given } });

describe('a value', () => {
  it('is the given one, or else the default', () => {
    expect(value('{ Type: String, Default: a }')).toBe('a');
    expect(value('{ Type: String, Default: a }', { parameters: { P: 'b' } })).toBe('b');
    expect(value("{ Type: String, Default: '' }")).toBe('');
    expect(value('{ Type: Number, Default: 5 }')).toBe('5');
    expect(value('{ Type: CommaDelimitedList, Default: "a, b" }')).toBe('a,b');
    expect(value('{ Type: List<Number>, Default: "1, 2" }')).toBe('1,2');
  });

  it('that is not given is reported at the parameter', () => {
    expect(wrong('{ Type: String }')).toEqual(['2:3 The parameter P has no value. Give it one, or a Default.']);
  });

  it('for a parameter that is not declared is reported at the section', () => {
    expect(findingsOf(template('{ Type: String, Default: a }'), { parameters: { Seats: '3' } })).toEqual([
      '1:1 This deployment gives a value to the parameter «Seats», which the template does not declare. Declare it under Parameters.',
    ]);
  });

  it('may have at most 4,096 bytes', () => {
    expect(wrong('{ Type: String }', 'x'.repeat(4097))).toEqual([
      '2:3 The value of the parameter P is longer than 4,096 bytes.',
    ]);
  });
});

describe('a constraint', () => {
  it.each([
    ['{ Type: Number }', 'many', '2:3 The parameter P must be a number, not «many».'],
    ['{ Type: List<Number> }', '1,x', '2:3 The parameter P must be a number, not «x».'],
    ['{ Type: Number, MinValue: 1 }', '0', '2:3 The parameter P must be at least 1, not «0».'],
    ['{ Type: Number, MaxValue: 900 }', '901', '2:3 The parameter P must be at most 900, not «901».'],
    ['{ Type: String, MinLength: 2 }', 'a', '2:3 The parameter P must be at least 2 characters long, not «a».'],
    ['{ Type: String, MaxLength: 2 }', 'abc', '2:3 The parameter P must be at most 2 characters long, not «abc».'],
    ['{ Type: String, AllowedValues: [a, b] }', 'c', '2:3 The parameter P must be a or b, not «c».'],
    ['{ Type: String, AllowedPattern: "[a-z]+" }', 'a1', '2:3 The parameter P must be of the form [a-z]+, not «a1».'],
    [
      '{ Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: only letters }',
      'a1',
      '2:3 The parameter P must be of the form [a-z]+, not «a1» (only letters).',
    ],
    ['{ Type: String, NoEcho: true, AllowedValues: [a] }', 'secret', '2:3 The parameter P must be a.'],
  ])('%s given %s', (declaration, given, finding) => {
    expect(wrong(declaration, given)).toEqual([finding]);
  });

  it('that the default breaks is reported at the default', () => {
    expect(wrong('{ Type: Number, Default: x }')).toEqual(['2:31 The parameter P must be a number, not «x».']);
  });

  it('accepts a value that satisfies it', () => {
    expect(value('{ Type: String, AllowedPattern: "^[a-z][a-z0-9-]*$", MaxLength: 9, Default: shop-1 }')).toBe(
      'shop-1',
    );
    expect(value('{ Type: Number, MinValue: 1, MaxValue: 900, Default: 900 }')).toBe('900');
    expect(value('{ Type: CommaDelimitedList, AllowedValues: [a, b], Default: "b,a" }')).toBe('b,a');
  });

  it('that could run for very long is refused by name', () => {
    for (const pattern of ['(a+)+b', '(a|a)*b', '.*.*.*.*b', '(a)\\\\1', '((a))*', '(?=a)']) {
      expect(wrong(`{ Type: String, Default: a, AllowedPattern: "${pattern}" }`)[0], pattern).toContain(
        'is not simulated',
      );
    }
    expect(wrong('{ Type: String, Default: a, AllowedPattern: "[a" }')).toEqual([
      '2:50 AllowedPattern is not a regular expression that the simulator understands.',
    ]);
  });
});

describe('a declaration', () => {
  it.each([
    ['[a]', '2:3 The parameter P must be a map with a Type, not a list.'],
    ['{ Default: a }', '2:3 The parameter P needs a Type: String, Number, CommaDelimitedList or List<Number>.'],
    [
      '{ Type: string, Default: a }',
      "2:14 A parameter's Type must be String, Number, CommaDelimitedList or List<Number>, not «string». Did you mean String?",
    ],
    [
      '{ Type: AWS::SSM::Parameter::Value<String>, Default: a }',
      '2:14 The parameter type «AWS::SSM::Parameter::Value<String>» is not simulated. Use String and give the value itself.',
    ],
    ['{ Type: String, Defualt: a }', '2:22 A parameter has no member «Defualt». Did you mean Default?'],
    ['{ Type: String, Default: !Ref AWS::Region }', '2:31 Default must be text, not the function Ref.'],
    ['{ Type: String, Default: a, AllowedValues: a }', '2:49 AllowedValues must be a list of texts.'],
    ['{ Type: String, Default: a, MinLength: x }', '2:45 MinLength must be a whole number, at least 0, not «x».'],
  ])('%s', (declaration, finding) => {
    expect(wrong(declaration)).toContain(finding);
  });
});
