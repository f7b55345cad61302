/**
 * Event patterns: does a pattern match a value?
 *
 * A pattern has the form of what it matches: fields within fields, and at the leaves a list of rules, of which one must be obeyed. Reading
 * patterns is in read-pattern.ts; which events and records are matched is the business of the services that use them.
 */

import { unreachable } from '../kernel/bug.ts';
import { type IpRange, isInRange } from './ip-range.ts';

/** The largest number that patterns compare: https://github.com/aws/event-ruler#numeric-matching */
export const LARGEST_NUMBER = 5e9;

export type Scalar = string | number | boolean | null;

export type Rule =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'equals-ignore-case'; readonly value: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly value: string }
  | { readonly kind: 'prefix-ignore-case' | 'suffix-ignore-case'; readonly value: string }
  | { readonly kind: 'exists'; readonly exists: boolean }
  | { readonly kind: 'numeric'; readonly tests: readonly { readonly operator: string; readonly than: number }[] }
  | { readonly kind: 'cidr'; readonly range: IpRange }
  /** What stands between the asterisks; from the first piece to the last. */
  | { readonly kind: 'wildcard'; readonly pieces: readonly string[] }
  | { readonly kind: 'anything-but'; readonly rules: readonly Rule[] };

/** What a pattern asks of one field. */
export type FieldPattern = readonly Rule[] | Pattern;

/** All fields must match; of a field's rules, one. `or`: of each list of patterns, one. */
export interface Pattern {
  readonly fields: readonly { readonly name: string; readonly is: FieldPattern }[];
  readonly or: readonly (readonly Pattern[])[];
}

/** Whether an object matches. `fieldMatches` may be replaced where a field's value is no plain value. */
export function matches(
  pattern: Pattern,
  value: object,
  fieldMatches: (is: FieldPattern, value: unknown, name: string) => boolean = valueMatches,
): boolean {
  const fields = pattern.fields.every(({ name, is }) =>
    fieldMatches(is, Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined, name),
  );
  return fields && pattern.or.every((choices) => choices.some((choice) => matches(choice, value, fieldMatches)));
}

/** Whether a field's value matches. Of a list, one element is enough. */
export function valueMatches(is: FieldPattern, value: unknown): boolean {
  if (!isRules(is)) {
    const within = typeof value === 'object' && value !== null ? value : {};
    return Array.isArray(within) ? within.some((one) => valueMatches(is, one)) : matches(is, within);
  }
  if (Array.isArray(value) && value.length > 0) return value.some((one) => is.some((rule) => obeys(rule, one)));
  return is.some((rule) => obeys(rule, value));
}

/** Whether a field is asked for its own value, not for fields within it. */
export function isRules(is: FieldPattern): is is readonly Rule[] {
  return Array.isArray(is);
}

/** Whether a value obeys one rule; `undefined` stands for a field that is not there. */
export function obeys(rule: Rule, value: unknown): boolean {
  if (rule.kind === 'exists') return rule.exists === (value !== undefined && !isObject(value));
  if (value === undefined || isObject(value)) return false;
  switch (rule.kind) {
    case 'equals':
      return value === rule.value;
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === rule.value.toLowerCase();
    case 'prefix':
      return typeof value === 'string' && value.startsWith(rule.value);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(rule.value);
    case 'prefix-ignore-case':
      return typeof value === 'string' && value.toLowerCase().startsWith(rule.value.toLowerCase());
    case 'suffix-ignore-case':
      return typeof value === 'string' && value.toLowerCase().endsWith(rule.value.toLowerCase());
    case 'cidr':
      return typeof value === 'string' && isInRange(value, rule.range);
    case 'numeric':
      return isComparable(value) && rule.tests.every(({ operator, than }) => compares(value, operator, than));
    case 'wildcard':
      return typeof value === 'string' && consistsOf(value, rule.pieces);
    case 'anything-but':
      return !rule.rules.some((one) => obeys(one, value));
    default:
      return unreachable(rule, 'rule of a pattern');
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isComparable(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_NUMBER;
}

function compares(value: number, operator: string, than: number): boolean {
  switch (operator) {
    case '=':
      return value === than;
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '>':
      return value > than;
    default:
      return value >= than;
  }
}

/** Whether a text is these pieces in this order, with anything between them and nothing before the first or after the last. */
function consistsOf(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
