/**
 * Reading the rules of one field: `["a", { "prefix": "b" }, { "anything-but": [1, 2] }]`. How fields make a pattern is in read-pattern.ts.
 *
 * What is a rule, and the words for what is none, follow AWS's own ruler:
 * https://github.com/aws/event-ruler/blob/9c483bd1f9f7ec94c4750db4aa91228972d8950c/src/main/software/amazon/event/ruler/JsonRuleCompiler.java
 */

import { readIpRange } from './ip-range.ts';
import { LARGEST_NUMBER, type Rule, type Scalar } from './matches.ts';

/** Where a pattern stands: AWS's services do not all take the same operators. */
export interface PatternDialect {
  /** How a finding names an operator: `filter operator`. */
  readonly operatorName: string;
  /** Operators that are refused by name. */
  readonly notSimulated: readonly string[];
  /** Whether `prefix` and `suffix` take `equals-ignore-case`, and the operators of `anything-but` take lists; if not, they are refused by name. */
  readonly takesNested: boolean;
  /** Operators that the service itself lacks, which it refuses as if they were none: `wildcard`, or `anything-but suffix` for one within another. */
  readonly unknown?: readonly string[];
}

/** The text is no pattern; the message is AWS's reason. */
export class NotAPattern extends Error {}
/** AWS knows what the message names, and the simulator doesn't. */
export class NotSimulated extends Error {}

const COMPARISONS = ['=', '<', '<=', '>', '>='];
const IGNORE_CASE = 'equals-ignore-case';
const ONE_KEY = 'Only one key allowed in match expression';
const ANYTHING_BUT_VALUE = 'Value of anything-but must be an array or single string/number value.';

/** The rules of one field. */
export function readRules(list: readonly unknown[], dialect: PatternDialect): readonly Rule[] {
  if (list.length === 0) throw new NotAPattern('Empty arrays are not allowed');
  return list.map((value) => ruleOf(value, dialect));
}

function ruleOf(value: unknown, dialect: PatternDialect): Rule {
  if (isScalar(value)) return { kind: 'equals', value };
  if (!isJsonObject(value)) throw new NotAPattern('Match value must be String, number, true, false, or null');
  const [operator, operand] = onlyEntry(value, 'Match expression name not found');
  refuseByName(operator, dialect);
  if (isUnknown(operator, dialect)) throw new NotAPattern(`Unrecognized match type ${operator}`);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new NotAPattern('exists match pattern must be either true or false.');
      return { kind: 'exists', exists: operand };
    case 'prefix':
    case 'suffix':
      return affixOf(operator, operand, dialect);
    case IGNORE_CASE:
      return { kind: operator, value: textOf(operator, operand) };
    case 'wildcard':
      return { kind: 'wildcard', pieces: piecesOf(textOf(operator, operand)) };
    case 'numeric':
      return { kind: 'numeric', tests: comparisonsOf(operand) };
    case 'cidr':
      return rangeOf(operand);
    case 'anything-but':
      return { kind: 'anything-but', rules: exceptionsOf(operand, dialect) };
    default:
      throw new NotAPattern(`Unrecognized match type ${operator}`);
  }
}

function refuseByName(operator: string, { notSimulated, operatorName }: PatternDialect): void {
  if (notSimulated.includes(operator)) throw new NotSimulated(`The ${operatorName} «${operator}»`);
}

function isUnknown(operator: string, { unknown = [] }: PatternDialect): boolean {
  return unknown.includes(operator);
}

function onlyEntry(value: object, ifNone: string): readonly [name: string, operand: unknown] {
  const [entry, ...more] = Object.entries(value) as [string, unknown][];
  if (entry === undefined) throw new NotAPattern(ifNone);
  if (more.length > 0) throw new NotAPattern(ONE_KEY);
  return entry;
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw new NotAPattern(`${operator} match pattern must be a string`);
  return operand;
}

/** `{ "prefix": "a" }`, or `{ "prefix": { "equals-ignore-case": "a" } }`. */
function affixOf(operator: 'prefix' | 'suffix', operand: unknown, dialect: PatternDialect): Rule {
  const { operatorName, takesNested } = dialect;
  if (!isJsonObject(operand) || isUnknown(`${operator} ${IGNORE_CASE}`, dialect))
    return { kind: operator, value: textOf(operator, operand) };
  const name = operator === 'prefix' ? 'Prefix' : 'Suffix';
  const [nested, text] = onlyEntry(operand, `${name} expression name not found`);
  if (nested !== IGNORE_CASE) throw new NotAPattern(`Unsupported ${operator} pattern: ${nested}`);
  if (!takesNested) throw new NotSimulated(`The ${operatorName} «${operator}» with «${IGNORE_CASE}»`);
  return { kind: `${operator}-ignore-case`, value: textOf(nested, text) };
}

function rangeOf(operand: unknown): Rule {
  // The ruler speaks of a prefix here.
  const range = readIpRange(textOf('prefix', operand));
  if ('problem' in range) throw new NotAPattern(range.problem);
  return { kind: 'cidr', range };
}

/** What a value may be anything but: a value, a list of values of one kind, or what an operator matches. */
function exceptionsOf(operand: unknown, dialect: PatternDialect): readonly Rule[] {
  if (isJsonObject(operand)) return exceptionsByOperator(operand, dialect);
  if (Array.isArray(operand)) return exceptionsInList(operand);
  if (typeof operand !== 'string' && typeof operand !== 'number') throw new NotAPattern(ANYTHING_BUT_VALUE);
  return [{ kind: 'equals', value: operand }];
}

function exceptionsInList(list: readonly unknown[]): readonly Rule[] {
  const rules = list.map((value): Rule => {
    if (typeof value === 'string' || typeof value === 'number') return { kind: 'equals', value };
    throw new NotAPattern('Inside anything but list, start|null|boolean is not supported.');
  });
  if (new Set(list.map((value) => typeof value)).size !== 1)
    throw new NotAPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  return rules;
}

function exceptionsByOperator(operand: object, dialect: PatternDialect): readonly Rule[] {
  const [operator, nested] = onlyEntry(operand, 'Anything-But expression name not found');
  const isKnown = ['prefix', 'suffix', IGNORE_CASE, 'wildcard'].includes(operator);
  if (!isKnown || isUnknown(`anything-but ${operator}`, dialect))
    throw new NotAPattern(`Unsupported anything-but pattern: ${operator}`);
  refuseByName(operator, dialect);
  if (Array.isArray(nested) && !dialect.takesNested)
    throw new NotSimulated(`A list under «${operator}» of «anything-but»`);
  if (!Array.isArray(nested) && !['string', 'number'].includes(typeof nested))
    throw new NotAPattern(ANYTHING_BUT_VALUE);
  const texts: readonly unknown[] = Array.isArray(nested) ? nested : [nested];
  return texts.map((text) => {
    if (typeof text !== 'string') throw new NotAPattern(whyNoException(operator));
    if (text === '' && operator.endsWith('fix')) throw new NotAPattern('Null prefix/suffix not allowed');
    return ruleOf({ [operator]: text }, dialect);
  });
}

function whyNoException(operator: string): string {
  if (operator === IGNORE_CASE)
    return 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.';
  return `${operator === 'wildcard' ? 'wildcard' : 'prefix/suffix'} match pattern must be a string`;
}

/** A backslash takes from an asterisk or a backslash its meaning. The ruler counts places from the quotation mark before the text. */
function piecesOf(text: string): readonly string[] {
  const pieces = [''];
  for (const { 0: token, index } of text.matchAll(/\\[\s\S]?|[\s\S]/g)) {
    if (token === '*') {
      if (text.startsWith('**', index)) throw new NotAPattern(`Consecutive wildcard characters at pos ${index + 1}`);
      pieces.push('');
    } else if (token === '\\*' || token === '\\\\') pieces[pieces.length - 1] += token.slice(1);
    else if (token.startsWith('\\')) throw new NotAPattern(`Invalid escape character at pos ${index + 1}`);
    else pieces[pieces.length - 1] += token;
  }
  return pieces;
}

type Comparison = (Rule & { readonly kind: 'numeric' })['tests'][number];

/** `["=", 3]`, `["<", 5]`, `[">", 0, "<=", 5]`. */
function comparisonsOf(operand: unknown): readonly Comparison[] {
  if (!Array.isArray(operand)) throw new NotAPattern('Value of numeric must be an array.');
  const [operator, than, ...rest]: readonly unknown[] = operand;
  if (typeof operator !== 'string')
    throw new NotAPattern(`Invalid member in numeric match: ${operator === undefined ? ']' : String(operator)}`);
  if (!COMPARISONS.includes(operator)) throw new NotAPattern(`Unrecognized numeric range operator: ${operator}`);
  const bottom = comparison(operator, than);
  if (rest.length === 0) return [bottom];
  if (!operator.startsWith('>')) throw new NotAPattern('Too many elements in numeric expression');
  const [second, other, ...more] = rest;
  if (typeof second !== 'string') throw new NotAPattern(`Bad value in numeric range: ${String(second)}`);
  if (second !== '<' && second !== '<=') throw new NotAPattern(`Bad numeric range operator: ${second}`);
  const top = comparison(second, other);
  if (more.length > 0) throw new NotAPattern('Too many terms in numeric range expression');
  if (bottom.than >= top.than) throw new NotAPattern('Bottom must be less than top');
  return [bottom, top];
}

function comparison(operator: string, than: unknown): Comparison {
  if (typeof than !== 'number')
    throw new NotAPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  if (Math.abs(than) > LARGEST_NUMBER) throw new NotAPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  return { operator, than };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Whether a value of JSON is an object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
