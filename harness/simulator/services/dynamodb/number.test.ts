/**
 * Laws of DynamoDB's Number, against an oracle of scaled BigInts.
 *
 * Numbers are generated as coefficient and exponent, so that long, short, huge and tiny ones all occur.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNumbers, compareNumbers, readNumber, significantDigits, subtractNumbers } from './number.ts';

const OFFSET = 200;

interface Drawn {
  readonly text: string;
  /** The value times 10^OFFSET, exactly. */
  readonly scaled: bigint;
}

const drawn: fc.Arbitrary<Drawn> = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.bigInt({ min: -2000n, max: 2000n })),
    fc.oneof(fc.integer({ min: -120, max: 80 }), fc.integer({ min: -3, max: 3 })),
  )
  .map(([coefficient, exponent]) => ({
    text: `${coefficient}e${exponent}`,
    scaled: coefficient * 10n ** BigInt(exponent + OFFSET),
  }));

function scaledOf(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(OFFSET - fraction.length);
}

function digitsOf(scaled: bigint): number {
  return String(scaled < 0n ? -scaled : scaled).replace(/0+$/, '').length;
}

function textOf(result: ReturnType<typeof readNumber>): string {
  return result.ok ? result.text : result.message;
}

function normal(text: string): string {
  const result = readNumber(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.text;
}

describe('numbers', () => {
  it('keep their value exactly when they are read', () => {
    fc.assert(
      fc.property(drawn, ({ text, scaled }) => {
        expect(scaledOf(normal(text))).toBe(scaled);
      }),
    );
  });

  it('are printed in one way only: reading a printed number changes nothing', () => {
    fc.assert(
      fc.property(drawn, ({ text }) => {
        const printed = normal(text);
        expect(printed).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
        expect(normal(printed)).toBe(printed);
      }),
    );
  });

  it('add and subtract exactly, or refuse because 38 digits do not hold the result', () => {
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        for (const [result, scaled] of [
          [addNumbers(normal(a.text), normal(b.text)), a.scaled + b.scaled],
          [subtractNumbers(normal(a.text), normal(b.text)), a.scaled - b.scaled],
        ] as const) {
          if (result.ok) expect(scaledOf(result.text)).toBe(scaled);
          else expect(digitsOf(scaled)).toBeGreaterThan(38);
        }
      }),
    );
  });

  it('compare by value', () => {
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        const expected = a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0;
        expect(Math.sign(compareNumbers(normal(a.text), normal(b.text)))).toBe(expected);
      }),
    );
  });

  it('have as many significant digits as their value needs', () => {
    fc.assert(
      fc.property(drawn, ({ text, scaled }) => {
        expect(significantDigits(normal(text))).toBe(scaled === 0n ? 1 : digitsOf(scaled));
      }),
    );
  });

  it.each([
    ['007', '7'],
    ['+5', '5'],
    ['-0', '0'],
    ['0e500', '0'],
    ['1.500', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['12.3E-4', '0.00123'],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['9.9e125', `99${'0'.repeat(124)}`],
  ])('%s is printed as %s', (written, printed) => {
    expect(normal(written)).toBe(printed);
  });

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['.', 'The parameter cannot be converted to a numeric value: .'],
    ['1 ', 'The parameter cannot be converted to a numeric value: 1 '],
    ['0x10', 'The parameter cannot be converted to a numeric value: 0x10'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['-1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
  ])('%s is refused', (written, message) => {
    expect(textOf(readNumber(written))).toBe(message);
  });

  it('overflow when a sum leaves the range', () => {
    expect(textOf(addNumbers(normal('9e125'), normal('1e125')))).toContain('Number overflow');
  });
});
