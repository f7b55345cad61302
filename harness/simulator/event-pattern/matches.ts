/**
 * Event filtering: does a pattern let a record through (SE-15)?
 *
 * A pattern looks at the record; under its body (`body` of a queue's record) it looks into the text as JSON. A record that does not
 * have the form that the pattern asks for is not let through. Reading patterns is in read-pattern.ts.
 */

import { unreachable } from '../kernel/bug.ts';

export type Scalar = string | number | boolean | null;

export type Rule =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'equals-ignore-case'; readonly value: string }
  | { readonly kind: 'prefix' | 'suffix'; readonly value: string }
  | { readonly kind: 'exists'; readonly exists: boolean }
  | { readonly kind: 'numeric'; readonly tests: readonly { readonly operator: string; readonly than: number }[] }
  | { readonly kind: 'anything-but'; readonly rules: readonly Rule[] };

/** All fields must match; of a field's rules, one. `or`: of each list of patterns, one. */
export interface Pattern {
  readonly fields: readonly { readonly name: string; readonly is: readonly Rule[] | Pattern }[];
  readonly or: readonly (readonly Pattern[])[];
}

/** Whether a record goes to the function. `bodyMember`: the one that holds what a sender wrote, as text. */
export function matches(pattern: Pattern, record: Readonly<Record<string, unknown>>, bodyMember: string): boolean {
  const fields = pattern.fields.every(({ name, is }) => {
    const member = Object.hasOwn(record, name) ? record[name] : undefined;
    return name === bodyMember ? bodyMatches(is, String(member)) : valueMatches(is, member);
  });
  return fields && pattern.or.every((choices) => choices.some((choice) => matches(choice, record, bodyMember)));
}

/** Rules ask for a plain text, fields for a JSON object; a body of the other form is not let through. */
function bodyMatches(is: readonly Rule[] | Pattern, body: string): boolean {
  const json = objectIn(body);
  if (isRules(is)) return json === null && is.some((rule) => obeys(rule, body));
  return json !== null && objectMatches(is, json);
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function objectMatches(pattern: Pattern, value: object): boolean {
  const fields = pattern.fields.every(({ name, is }) =>
    valueMatches(is, Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined),
  );
  return fields && pattern.or.every((choices) => choices.some((choice) => objectMatches(choice, value)));
}

function valueMatches(is: readonly Rule[] | Pattern, value: unknown): boolean {
  if (!isRules(is)) {
    const within = typeof value === 'object' && value !== null ? value : {};
    return Array.isArray(within) ? within.some((one) => valueMatches(is, one)) : objectMatches(is, within);
  }
  if (Array.isArray(value) && value.length > 0) return value.some((one) => is.some((rule) => obeys(rule, one)));
  return is.some((rule) => obeys(rule, value));
}

function isRules(is: readonly Rule[] | Pattern): is is readonly Rule[] {
  return Array.isArray(is);
}

function obeys(rule: Rule, value: unknown): boolean {
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
    case 'numeric':
      return typeof value === 'number' && rule.tests.every(({ operator, than }) => compares(value, operator, than));
    case 'anything-but':
      return !rule.rules.some((one) => obeys(one, value));
    default:
      return unreachable(rule, 'rule of a filter');
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
