/**
 * DynamoDB's Number: a decimal of up to 38 significant digits between 1E-130 and 9.99…E+125, exact.
 *
 * A number is kept as the text that DynamoDB prints: no exponent, no needless zeros, no minus zero. Equal numbers have equal
 * texts. Arithmetic uses BigInt, except for integers that fit a double. Nothing is ever rounded.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */

/** A number as DynamoDB prints it. Only this file creates them. */
export type NumberText = string;

/** Why a text is not a Number, in AWS's words. */
export type NumberResult =
  | { readonly ok: true; readonly text: NumberText }
  | { readonly ok: false; readonly message: string };

const NUMERIC = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const SMALL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

const NOT_NUMERIC = 'The parameter cannot be converted to a numeric value';
const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const TOO_PRECISE = 'Attempting to store more than 38 significant digits in a Number';

/** `coefficient × 10^exponent`. */
interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Reads a Number as a client may write it (`+1`, `01.50`, `1e3`) and returns it as DynamoDB prints it. */
export function readNumber(text: string): NumberResult {
  if (SMALL_INTEGER.test(text)) return { ok: true, text };
  const match = NUMERIC.exec(text);
  if (match === null) return { ok: false, message: `${NOT_NUMERIC}: ${text}` };
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const written = whole + fraction;
  if (written === '') return { ok: false, message: text === '' ? NOT_NUMERIC : `${NOT_NUMERIC}: ${text}` };
  const digits = written.replace(/^0+/, '');
  if (digits === '') return { ok: true, text: '0' };
  return print(sign === '-', digits, Number(exponent) - fraction.length);
}

/** `a + b`, exactly, or why the sum is not a Number. */
export function addNumbers(a: NumberText, b: NumberText): NumberResult {
  if (SMALL_INTEGER.test(a) && SMALL_INTEGER.test(b)) return { ok: true, text: String(Number(a) + Number(b)) };
  const [x, y] = aligned(decimal(a), decimal(b));
  return fromDecimal({ coefficient: x.coefficient + y.coefficient, exponent: x.exponent });
}

/** `a - b`, exactly, or why the difference is not a Number. */
export function subtractNumbers(a: NumberText, b: NumberText): NumberResult {
  return addNumbers(a, negated(b));
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareNumbers(a: NumberText, b: NumberText): number {
  if (a === b) return 0;
  if (SMALL_INTEGER.test(a) && SMALL_INTEGER.test(b)) return Number(a) - Number(b);
  const [x, y] = aligned(decimal(a), decimal(b));
  return x.coefficient < y.coefficient ? -1 : x.coefficient > y.coefficient ? 1 : 0;
}

/** The number of significant digits of a Number; zero has one. Storage and size are counted from it. */
export function significantDigits(text: NumberText): number {
  let digits = 0;
  let zeros = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '-' || letter === '.') continue;
    if (letter !== '0') {
      digits += zeros + 1;
      zeros = 0;
    } else if (digits > 0) zeros += 1;
  }
  return Math.max(1, digits);
}

function negated(text: NumberText): NumberText {
  if (text === '0') return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

function decimal(text: NumberText): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { coefficient: BigInt(text), exponent: 0 };
  return { coefficient: BigInt(text.slice(0, point) + text.slice(point + 1)), exponent: point + 1 - text.length };
}

function aligned(a: Decimal, b: Decimal): [Decimal, Decimal] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [scaledTo(a, exponent), scaledTo(b, exponent)];
}

function scaledTo(value: Decimal, exponent: number): Decimal {
  if (value.exponent === exponent) return value;
  return { coefficient: value.coefficient * 10n ** BigInt(value.exponent - exponent), exponent };
}

function fromDecimal(value: Decimal): NumberResult {
  if (value.coefficient === 0n) return { ok: true, text: '0' };
  const negative = value.coefficient < 0n;
  return print(negative, String(negative ? -value.coefficient : value.coefficient), value.exponent);
}

/** Prints ±digits × 10^exponent; `digits` does not begin with zero. */
function print(negative: boolean, digits: string, exponent: number): NumberResult {
  const magnitude = digits.length - 1 + exponent;
  if (magnitude > MAX_MAGNITUDE) return { ok: false, message: OVERFLOW };
  if (magnitude < MIN_MAGNITUDE) return { ok: false, message: UNDERFLOW };
  const significant = digits.replace(/0+$/, '');
  if (significant.length > MAX_DIGITS) return { ok: false, message: TOO_PRECISE };
  return { ok: true, text: (negative ? '-' : '') + plain(significant, magnitude) };
}

function plain(significant: string, magnitude: number): string {
  if (magnitude < 0) return `0.${'0'.repeat(-magnitude - 1)}${significant}`;
  const wholeLength = magnitude + 1;
  if (significant.length <= wholeLength) return significant.padEnd(wholeLength, '0');
  return `${significant.slice(0, wholeLength)}.${significant.slice(wholeLength)}`;
}
