/**
 * Reading event patterns: JSON text into fields and their rules, or why it is none. What AWS has beyond these rules is refused by name.
 *
 * Syntax: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, and for filters of Lambda
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */

import type { Pattern } from './matches.ts';
import { isJsonObject, NotAPattern, NotSimulated, type PatternDialect, readRules } from './read-rule.ts';

export type { PatternDialect } from './read-rule.ts';

export type EventPatternReading =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** `reason`: in the words of AWS's event ruler, without the place. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** AWS knows it, the simulator doesn't. */
  | { readonly kind: 'not-simulated'; readonly what: string };

const NO_OBJECT = 'Filter is not an object';

/** A field of this name within `$or` makes it a field like any other: https://github.com/aws/event-ruler#the-or-primitive */
const RESERVED: ReadonlySet<string> = new Set([
  ...['exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

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

/** Of how many plain patterns one of which must match a pattern with `$or` is made. */
export function combinationsOf({ fields, or }: Pattern): number {
  const within = fields.map(({ is }) => ('fields' in is ? combinationsOf(is) : 1));
  const choices = or.map((list) => list.reduce((sum, choice) => sum + combinationsOf(choice), 0));
  return [...within, ...choices].reduce((product, count) => product * count, 1);
}

function patternOf(value: unknown, dialect: PatternDialect, owner: string | null = null): Pattern {
  if (!isJsonObject(value))
    throw new NotAPattern(owner === null ? NO_OBJECT : `"${owner}" must be an object or an array`);
  const fields: Pattern['fields'][number][] = [];
  const or: Pattern[][] = [];
  for (const [name, is] of Object.entries(value)) {
    if (name === '$or' && isAlternative(is)) or.push(is.map((choice) => patternOf(choice, dialect)));
    else fields.push({ name, is: Array.isArray(is) ? readRules(is, dialect) : patternOf(is, dialect, name) });
  }
  if (fields.length + or.length === 0) throw new NotAPattern('Empty objects are not allowed');
  return { fields, or };
}

/** Whether a list under `$or` is one of alternatives: two objects at least, with fields of events. */
function isAlternative(list: unknown): list is readonly object[] {
  return (
    Array.isArray(list) &&
    list.length > 1 &&
    list.every((one) => isJsonObject(one) && Object.keys(one).every((name) => !RESERVED.has(name)))
  );
}
