/**
 * Reading event patterns: JSON text into rules, or why it is none. What AWS has beyond these rules is refused by name.
 *
 * Syntax: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, and for filters of Lambda
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */

import type { Pattern, Rule, Scalar } from './matches.ts';

export type EventPatternReading =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** `reason`: in the words of AWS's event ruler, without the place. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** AWS knows it, the simulator doesn't. */
  | { readonly kind: 'not-simulated'; readonly what: string };

/** Where a pattern stands: AWS's services do not all take the same operators. */
export interface PatternDialect {
  /** How a finding names an operator: `filter operator`. */
  readonly operatorName: string;
  /** Operators that are refused by name. */
  readonly notSimulated: readonly string[];
}

class NotAPattern extends Error {}
class NotSimulated extends Error {}

const OPERATORS = ['=', '<', '<=', '>', '>='];
const NO_OBJECT = 'Filter is not an object';

/** Reads one pattern. */
export function readEventPattern(text: string, dialect: PatternDialect): EventPatternReading {
  try {
    return { kind: 'pattern', pattern: patternOf(JSON.parse(text) as unknown, dialect) };
  } catch (error) {
    if (error instanceof NotSimulated) return { kind: 'not-simulated', what: error.message };
    if (error instanceof NotAPattern) return { kind: 'invalid', reason: error.message };
    if (error instanceof SyntaxError) return { kind: 'invalid', reason: NO_OBJECT };
    throw error;
  }
}

function patternOf(value: unknown, dialect: PatternDialect, owner: string | null = null): Pattern {
  if (!isObject(value)) throw new NotAPattern(owner === null ? NO_OBJECT : `"${owner}" must be an object or an array`);
  const fields: Pattern['fields'][number][] = [];
  const or: Pattern[][] = [];
  for (const [name, is] of Object.entries(value)) {
    if (name === '$or' && Array.isArray(is)) or.push(is.map((choice) => patternOf(choice, dialect)));
    else fields.push({ name, is: Array.isArray(is) ? rulesOf(is, dialect) : patternOf(is, dialect, name) });
  }
  if (fields.length + or.length === 0) throw new NotAPattern('Empty objects are not allowed');
  return { fields, or };
}

function rulesOf(list: readonly unknown[], dialect: PatternDialect): readonly Rule[] {
  if (list.length === 0) throw new NotAPattern('Empty arrays are not allowed');
  return list.map((value) => ruleOf(value, dialect));
}

function ruleOf(value: unknown, dialect: PatternDialect): Rule {
  if (isScalar(value)) return { kind: 'equals', value };
  if (!isObject(value)) throw new NotAPattern('Match value must be String, number, true, false, or null');
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) throw new NotAPattern('Only one key allowed in match expression');
  const [operator, operand] = entry;
  if (dialect.notSimulated.includes(operator)) throw new NotSimulated(`The ${dialect.operatorName} «${operator}»`);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new NotAPattern('exists match pattern must be either true or false.');
      return { kind: 'exists', exists: operand };
    case 'prefix':
    case 'suffix':
      if (isObject(operand) && 'equals-ignore-case' in operand)
        throw new NotSimulated(`The ${dialect.operatorName} «${operator}» with «equals-ignore-case»`);
      return { kind: operator, value: textOf(operator, operand) };
    case 'equals-ignore-case':
      return { kind: operator, value: textOf(operator, operand) };
    case 'wildcard':
      return { kind: 'wildcard', pieces: piecesOf(textOf(operator, operand)) };
    case 'numeric':
      return { kind: 'numeric', tests: numericOf(operand) };
    case 'anything-but':
      return { kind: 'anything-but', rules: exceptionsOf(operand, dialect) };
    default:
      throw new NotAPattern(`Unrecognized match type ${operator}`);
  }
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw new NotAPattern(`${operator} match pattern must be a string`);
  return operand;
}

/** What a value may be anything but: one rule or value, or a list of them. */
function exceptionsOf(operand: unknown, dialect: PatternDialect): readonly Rule[] {
  const [operator, nested] = isObject(operand) ? (Object.entries(operand)[0] ?? []) : [];
  if (Array.isArray(nested)) throw new NotSimulated(`A list under «${operator}» of «anything-but»`);
  return (Array.isArray(operand) ? operand : [operand]).map((one) => ruleOf(one, dialect));
}

/** A backslash takes from an asterisk or a backslash its meaning. Two asterisks in a row are refused, as AWS does. */
function piecesOf(text: string): readonly string[] {
  const pieces = [''];
  for (const [token] of text.matchAll(/\\[\s\S]?|[\s\S]/g)) {
    const last = pieces.length - 1;
    if (token === '*') {
      if (last > 0 && pieces[last] === '') throw new NotAPattern('Consecutive wildcard characters');
      pieces.push('');
    } else if (token === '\\*' || token === '\\\\') pieces[last] += token.slice(1);
    else if (token.startsWith('\\')) throw new NotAPattern('Invalid escape character');
    else pieces[last] += token;
  }
  return pieces;
}

/** `[">", 0, "<=", 5]`. */
function numericOf(operand: unknown): readonly { readonly operator: string; readonly than: number }[] {
  if (!Array.isArray(operand)) throw new NotAPattern('Value of numeric must be an array.');
  const list: readonly unknown[] = operand;
  if (list.length === 0 || list.length % 2 !== 0)
    throw new NotAPattern('Value of numeric must be pairs of operator and number');
  return list.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const than = list[index + 1];
    if (typeof operator !== 'string' || !OPERATORS.includes(operator))
      throw new NotAPattern(`Unrecognized numeric range operator: ${String(operator)}`);
    if (typeof than !== 'number') throw new NotAPattern(`Value of ${operator} must be numeric`);
    return [{ operator, than }];
  });
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
