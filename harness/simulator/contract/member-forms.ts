/**
 * The JSON types that the members of a request must have, and the answer to a request in which one has another.
 *
 * AWS answers it where it reads the JSON, before an operation sees the request. For APIs whose operations rely on that; those of others read each
 * member themselves (`request.ts`) and have words of their own. AWS documents no words for it: these are DynamoDB's.
 */

import { type AwsAnswer, fail, type Input } from './answer.ts';
import { isGiven, isRecord } from './request.ts';

/** The form of one value; a structure may have members beside those that are named here. */
export type MemberForm =
  | 'text'
  | 'number'
  /** A number that may have a fraction. */
  | 'double'
  | 'flag'
  | { readonly list: MemberForm }
  | { readonly map: MemberForm }
  | { readonly structure: MemberForms };

export type MemberForms = Readonly<Record<string, MemberForm>>;

/** `SerializationException` for the first member that has another form; null if all have theirs or are not given. */
export function wrongForm(input: Input, forms: MemberForms): AwsAnswer | null {
  const words = wrongMember(input, forms);
  return words === null ? null : fail('SerializationException', words);
}

/** The input without the members that are null, also in structures: to AWS they are not given. The same object if there are none. */
export function withoutNulls(input: Input): Input {
  let isSame = true;
  const given: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(input)) {
    const kept = isPlain(value) ? withoutNulls(value) : value;
    if (kept !== value || kept === null) isSame = false;
    if (kept !== null) given[member] = kept;
  }
  return isSame ? input : given;
}

/** Dates are no structures. */
function isPlain(value: unknown): value is Input {
  return isRecord(value) && !('getTime' in value);
}

function wrongMember(input: Input, forms: MemberForms): string | null {
  for (const [member, form] of Object.entries(forms)) {
    const value = Object.hasOwn(input, member) ? input[member] : undefined;
    const words = isGiven(value) ? wrongValue(value, form) : null;
    if (words !== null) return words;
  }
  return null;
}

function wrongValue(value: unknown, form: MemberForm): string | null {
  if (form === 'text') return typeof value === 'string' ? null : `${jsonKind(value)} cannot be converted to String`;
  if (form === 'number') return isNumber(value) ? null : `${jsonKind(value)} cannot be converted to Integer`;
  if (form === 'double') return typeof value === 'number' ? null : `${jsonKind(value)} cannot be converted to Double`;
  if (form === 'flag') return typeof value === 'boolean' ? null : `${jsonKind(value)} cannot be converted to Boolean`;
  if ('list' in form) {
    if (!Array.isArray(value)) return UNEXPECTED;
    return firstOf(value.map((one: unknown) => (isGiven(one) ? wrongValue(one, form.list) : UNEXPECTED)));
  }
  if (!isRecord(value)) return UNEXPECTED;
  if ('structure' in form) return wrongMember(value, form.structure);
  return firstOf(Object.values(value).map((one) => (isGiven(one) ? wrongValue(one, form.map) : UNEXPECTED)));
}

const UNEXPECTED = 'Unexpected value type in payload';

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

function firstOf(words: readonly (string | null)[]): string | null {
  return words.find((one) => one !== null) ?? null;
}

/** The kind of a JSON value, as AWS's reader of JSON names it. */
export function jsonKind(value: unknown): string {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return 'NUMBER_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}
