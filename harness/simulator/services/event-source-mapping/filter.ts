/**
 * Event filtering: does a pattern let a record through (SE-15)?
 *
 * A pattern looks at the record; under its body (`body` of a queue's record) it looks into the text as JSON. A record that does not
 * have the form that the pattern asks for is not let through. The language of patterns is in simulator/event-pattern/.
 */

import { type FieldPattern, isRules, matches, obeys, type Pattern, valueMatches } from '../../event-pattern/matches.ts';
import type { PatternDialect } from '../../event-pattern/read-pattern.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
export const FILTER_DIALECT: PatternDialect = {
  operatorName: 'filter operator',
  notSimulated: ['wildcard', 'cidr'],
  takesNested: false,
};

/** Whether a record goes to the function. `bodyMember`: the one that holds what a sender wrote, as text. */
export function letsThrough(pattern: Pattern, record: Readonly<Record<string, unknown>>, bodyMember: string): boolean {
  return matches(pattern, record, (is, value, name) =>
    name === bodyMember ? bodyMatches(is, String(value)) : valueMatches(is, value),
  );
}

/** Rules ask for a plain text, fields for a JSON object; a body of the other form is not let through. */
function bodyMatches(is: FieldPattern, body: string): boolean {
  const json = objectIn(body);
  if (isRules(is)) return json === null && is.some((rule) => obeys(rule, body));
  return json !== null && matches(is, json);
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
