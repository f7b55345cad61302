/**
 * Filter policies: which messages a subscriber wants to hear of, by their attributes or by their text (SN-17).
 *
 * The language is that of simulator/event-pattern/; what it is held against is said here.
 */

import { readJsonText, recordInJsonText } from '../../contract/json-text.ts';
import { unmodelled } from '../../contract/refusal.ts';
import { utf8Length } from '../../contract/utf8.ts';
import { matches, type Pattern, valueMatches } from '../../event-pattern/matches.ts';
import { type PatternDialect, readEventPattern } from '../../event-pattern/read-pattern.ts';
import { unreachable } from '../../kernel/bug.ts';
import type { MessageAttributeMap } from './message-attributes.ts';
import { parameterInvalid } from './refusal.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';
export const FILTER_POLICY_SCOPES: readonly FilterPolicyScope[] = ['MessageAttributes', 'MessageBody'];

export interface FilterPolicy {
  readonly scope: FilterPolicyScope;
  readonly pattern: Pattern;
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;
const MOST_BYTES = 262_144;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
const FILTER_POLICY_DIALECT: PatternDialect = {
  operatorName: 'operator of filter policies',
  notSimulated: [],
  takesNested: true,
  unknown: [
    ...['wildcard', 'prefix equals-ignore-case', 'suffix equals-ignore-case'],
    ...['anything-but suffix', 'anything-but equals-ignore-case', 'anything-but wildcard'],
  ],
};

/** Reads a policy; null for one that asks for nothing. `reason`: how AWS begins to say why it is none. */
export function readFilterPolicy(text: string, scope: FilterPolicyScope, reason: string): FilterPolicy | null {
  const policy = recordInJsonText(text);
  if (policy === null) throw parameterInvalid(`${reason}FilterPolicy: failed to parse JSON.`);
  const keys = Object.keys(policy);
  if (keys.length === 0) return null;
  if (keys.length > MOST_KEYS)
    throw parameterInvalid(`${reason}FilterPolicy: Filter policy can not have more than 5 keys`);
  const reading = readEventPattern(text, FILTER_POLICY_DIALECT);
  switch (reading.kind) {
    case 'not-simulated':
      throw unmodelled(reading.what);
    case 'invalid':
      throw parameterInvalid(`${reason}FilterPolicy: ${reading.reason}`);
    case 'pattern': {
      const { pattern } = reading;
      if (scope === 'MessageAttributes' && isNested(pattern))
        throw parameterInvalid(`${reason}Filter policy scope MessageAttributes does not support nested filter policy`);
      if (combinationsOfValues(pattern) > MOST_COMBINATIONS || utf8Length(text) > MOST_BYTES)
        throw parameterInvalid(`${reason}FilterPolicy: Filter policy is too complex`);
      return { scope, pattern };
    }
    default:
      return unreachable(reading, 'reading of a filter policy');
  }
}

function isNested({ fields, or }: Pattern): boolean {
  return fields.some(({ is }) => 'fields' in is) || or.flat().some(isNested);
}

/**
 * How complex a policy is: the product of the numbers of values, each as often as its key is deep. Of alternatives, the sum.
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
function combinationsOfValues({ fields, or }: Pattern, depth = 1): number {
  const values = fields.map(({ is }) => ('fields' in is ? combinationsOfValues(is, depth + 1) : is.length * depth));
  const choices = or.map((list) => list.reduce((sum, choice) => sum + combinationsOfValues(choice, depth), 0));
  return [...values, ...choices].reduce((product, number) => product * number, 1);
}

/** Whether a subscriber wants to hear of a message. One that is no JSON object has no fields that a policy could ask for. */
export function isWanted(
  { scope, pattern }: FilterPolicy,
  { text, attributes }: { readonly text: string; readonly attributes: MessageAttributeMap },
): boolean {
  if (scope === 'MessageAttributes') return matches(pattern, valuesOf(attributes), valueMatches);
  const body = recordInJsonText(text);
  return body !== null && matches(pattern, body);
}

/** What policies see of attributes: texts, numbers, and the elements of a list. Bytes are passed over. */
function valuesOf(attributes: MessageAttributeMap): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (DataType === 'String.Array') values[name] = listIn(StringValue);
    else if (DataType.startsWith('Number')) values[name] = Number(StringValue);
    else if (DataType.startsWith('String')) values[name] = StringValue;
  }
  return values;
}

/** The elements of a list; a text that is none has none, and matches no policy that asks for one. */
function listIn(text: string): unknown {
  const read = readJsonText(text);
  return read.isJson && Array.isArray(read.value) ? read.value : {};
}
