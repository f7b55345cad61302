/**
 * Reading filter patterns: JSON text into rules, or why it is none. What AWS has beyond these rules is refused by name.
 *
 * Syntax: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */

import type { Pattern, Rule, Scalar } from './matches.ts';

export type PatternReading =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'invalid' }
  /** AWS knows it, the simulator doesn't. */
  | { readonly kind: 'not-simulated'; readonly what: string };

class NotAPattern extends Error {}
class NotSimulated extends Error {}

const REFUSED_OPERATORS = ['wildcard', 'cidr'];
const OPERATORS = ['=', '<', '<=', '>', '>='];

/** Reads one pattern of a `FilterCriteria`. */
export function readPattern(text: string): PatternReading {
  try {
    return { kind: 'pattern', pattern: patternOf(JSON.parse(text) as unknown) };
  } catch (error) {
    if (error instanceof NotSimulated) return { kind: 'not-simulated', what: error.message };
    if (error instanceof NotAPattern || error instanceof SyntaxError) return { kind: 'invalid' };
    throw error;
  }
}

function patternOf(value: unknown): Pattern {
  if (!isObject(value)) throw new NotAPattern();
  const fields: Pattern['fields'][number][] = [];
  const or: Pattern[][] = [];
  for (const [name, is] of Object.entries(value)) {
    if (name === '$or' && Array.isArray(is)) or.push(is.map(patternOf));
    else fields.push({ name, is: Array.isArray(is) ? rulesOf(is) : patternOf(is) });
  }
  if (fields.length + or.length === 0) throw new NotAPattern();
  return { fields, or };
}

function rulesOf(list: readonly unknown[]): readonly Rule[] {
  if (list.length === 0) throw new NotAPattern();
  return list.map(ruleOf);
}

function ruleOf(value: unknown): Rule {
  if (isScalar(value)) return { kind: 'equals', value };
  if (!isObject(value)) throw new NotAPattern();
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) throw new NotAPattern();
  const [operator, operand] = entry;
  if (REFUSED_OPERATORS.includes(operator)) throw new NotSimulated(`The filter operator «${operator}»`);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new NotAPattern();
      return { kind: 'exists', exists: operand };
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      if (typeof operand !== 'string') throw new NotAPattern();
      return { kind: operator, value: operand };
    case 'numeric':
      return { kind: 'numeric', tests: numericOf(operand) };
    case 'anything-but':
      return { kind: 'anything-but', rules: (Array.isArray(operand) ? operand : [operand]).map(ruleOf) };
    default:
      throw new NotAPattern();
  }
}

/** `[">", 0, "<=", 5]`. */
function numericOf(operand: unknown): readonly { readonly operator: string; readonly than: number }[] {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) throw new NotAPattern();
  const list: readonly unknown[] = operand;
  return list.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const than = list[index + 1];
    if (typeof operator !== 'string' || !OPERATORS.includes(operator) || typeof than !== 'number')
      throw new NotAPattern();
    return [{ operator, than }];
  });
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
