/**
 * Hostile input: the reader answers it with findings and comes to an end.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf, lambda, ROLE, standing, table } from './stack-for-tests.ts';

const LONG = 51_100;

const LIST = `Parameters: { L: { Type: CommaDelimitedList, Default: "${','.repeat(4000)}" } }\n`;
const GROUP = 'Resources:\n  A:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: ';
const TEXT = `Parameters: { T: { Type: String, Default: "${'x'.repeat(4000)}" } }\n`;

describe('a template that', () => {
  it.each([
    ['opens lists', '['.repeat(LONG)],
    ['opens maps', '{a: '.repeat(LONG / 4)],
    ['nests dashes', '- '.repeat(LONG / 2)],
    ['closes brackets', ']'.repeat(LONG)],
    ['has nothing but commas', `[${','.repeat(LONG)}`],
    ['has nothing but anchors', '&a '.repeat(LONG / 3)],
    ['nests 80 maps', `Resources: ${'{a: '.repeat(80)}1${'}'.repeat(80)}`],
    ['doubles aliases', 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n'],
    ['is far too long', 'x'.repeat(10_000_000)],
    ['has thousands of keys', Array.from({ length: LONG / 10 }, (_, index) => `k${index}: 1`).join('\n')],
    [
      'chains conditions',
      `Conditions:\n${Array.from({ length: 1500 }, (_, index) => `  C${index}: !Not [!Condition C${index + 1}]\n`).join('')}`,
    ],
    [
      'runs in a circle of 490',
      `Resources:\n${Array.from({ length: 490 }, (_, index) => `  R${index}: { Type: AWS::Logs::LogGroup, DependsOn: R${(index + 1) % 490} }\n`).join('')}`,
    ],
    ['joins with long delimiters', `${LIST}${GROUP}!Join ["${'x'.repeat(30_000)}", !Ref L]\n`],
    ['multiplies texts', `${TEXT}${GROUP}!Sub "${`\${T}`.repeat(9000)}"\n`],
    [
      'names what every object has',
      'Resources:\n  constructor: { Type: toString, DependsOn: valueOf }\n  __proto__: { Type: hasOwnProperty }\n',
    ],
  ])('%s is refused', (_, template) => {
    expect(findingsOf(template).length).toBeGreaterThan(0);
  });

  it('has a hundred mistakes and more gets a hundred findings', () => {
    const template = Array.from({ length: 300 }, (_, index) => `k${index}: 1`).join('\n');
    expect(findingsOf(template)).toHaveLength(100);
  });
});

describe('laws', () => {
  const GOOD = `Resources:\n${lambda('Bump', 'Timeout: 10')}${table('Table')}${ROLE}`;

  it('reading any text at all never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(findingsOf(text).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('a template that was cut, or partly overwritten, is read or refused, never a crash', () => {
    const pieces = fc.constantFrom(
      ...['\t', '{', ']', '!Ref', '!Sub "${', ': ', '\n', '*a', '&a', 'Fn::If', '"', '- ', '|', ''],
    );
    fc.assert(
      fc.property(fc.nat(GOOD.length), fc.nat(20), pieces, (at, length, piece) => {
        const broken = GOOD.slice(0, at) + piece + GOOD.slice(at + length);
        for (const finding of findingsOf(broken)) expect(finding).toMatch(/^[1-9]\d*:[1-9]\d* \S/);
      }),
      { numRuns: 500 },
    );
  });

  it('equal templates make equal calls, and a resource never comes before those that it needs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 12 }), (numbers) => {
        const needs = (index: number) => numbers.slice(0, index).filter((other) => (other + index) % 2 === 0);
        const lines = numbers.map((number, index) => {
          const before = needs(index).map((other) => `R${other}`);
          return `  R${number}: { Type: AWS::Logs::LogGroup, DependsOn: [${before.join(', ')}] }\n`;
        });
        const template = `Resources:\n${[...lines].reverse().join('')}`;
        const { deployment } = standing(template);
        expect(standing(template).deployment).toEqual(deployment);
        const order = deployment.resources.map(({ logicalId }) => logicalId);
        for (const [index, number] of numbers.entries()) {
          for (const other of needs(index))
            expect(order.indexOf(`R${other}`)).toBeLessThan(order.indexOf(`R${number}`));
        }
      }),
      { numRuns: 100 },
    );
  });
});
