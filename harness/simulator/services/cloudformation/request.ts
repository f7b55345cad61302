/**
 * Members of requests in CloudFormation's words: the stack that is meant, its template, its parameters (CF-01, CF-02).
 */

import type { Input } from '../../contract/answer.ts';
import { asTold, memberBreaks, unmodelled } from '../../contract/refusal.ts';
import { isGiven, isRecord, RequestReader } from '../../contract/request.ts';
import { placeOf, stackInvalid, stackMemberMissing } from './refusal.ts';
import { type CloudFormationState, type StackState, stackNamed } from './state.ts';
import { templateHead } from './template-head.ts';

const wrong = (member: string, value: unknown) =>
  stackInvalid(memberBreaks(`'${asTold(value)}'`, placeOf(member), 'be of the right type'));

/** Reads members, and refuses them as CloudFormation does. */
export const MEMBERS_OF_STACKS = new RequestReader({
  missing: stackMemberMissing,
  wrongType: wrong,
  outOfBounds: wrong,
  notOneOf: wrong,
});

/** A text, or nothing where it is empty: a form has no other way to say so. */
export function stackTextIn(input: Input, member: string): string | undefined {
  const text = MEMBERS_OF_STACKS.optionalText(input, member);
  return text === '' ? undefined : text;
}

/** The stack that a request means by its name or its id; undefined if there is none. A deleted one is found by its id alone. */
export function stackMeant(
  state: CloudFormationState,
  input: Input,
): { readonly asked: string; readonly stack?: StackState } {
  const asked = stackTextIn(input, 'StackName');
  if (asked === undefined) throw stackMemberMissing('StackName');
  const stack = state.stacks.get(asked) ?? stackNamed(state, asked);
  return stack === undefined ? { asked } : { asked, stack };
}

/** The name of the stack that a request means, for its footprint, whether or not there is one. */
export function stackNameIn({ StackName }: Input): string {
  const asked = typeof StackName === 'string' ? StackName : '';
  return asked.startsWith('arn:') ? (asked.split('/')[1] ?? '') : asked;
}

/** CF-02: the template that a request gives. `before`: that of the stack, if there is one. */
export function templateIn(input: Input, before: string | null): string {
  if (isGiven(input.TemplateURL)) throw unmodelled('TemplateURL (there are no buckets here: give a TemplateBody)');
  const body = stackTextIn(input, 'TemplateBody');
  const isSame = MEMBERS_OF_STACKS.boolean(input, 'UsePreviousTemplate') === true;
  if (isSame && body !== undefined)
    throw stackInvalid('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  if (isSame && before !== null) return before;
  if (body === undefined) throw stackInvalid('Either Template URL or Template Body must be specified.');
  return body;
}

/**
 * CF-02: the value of each parameter that the template declares. One that the request does not name has its default, whatever it was
 * before. `before`: the values of the stack, if there is one.
 */
export function parametersIn(
  input: Input,
  template: string,
  before: Readonly<Record<string, string>> | null,
): Readonly<Record<string, string>> {
  const declared = templateHead(template).parameters;
  const given = givenParameters(input, before);
  const unknown = [...given.keys()].filter((name) => !declared.some((one) => one.name === name));
  if (unknown.length > 0) throw stackInvalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = declared.map(({ name, usual }) => [name, given.get(name) ?? usual] as const);
  const missing = values.filter(([, value]) => value === null).map(([name]) => name);
  if (missing.length > 0) throw stackInvalid(`Parameters: [${missing.join(', ')}] must have values`);
  return Object.fromEntries(values.map(([name, value]) => [name, value ?? '']));
}

function givenParameters(input: Input, before: Readonly<Record<string, string>> | null): ReadonlyMap<string, string> {
  const list = isGiven(input.Parameters) ? input.Parameters : [];
  if (!Array.isArray(list) || !list.every(isRecord)) throw wrong('Parameters', list);
  return new Map(
    list.map((one) => {
      const name = MEMBERS_OF_STACKS.text(one, 'ParameterKey');
      const value = MEMBERS_OF_STACKS.optionalText(one, 'ParameterValue');
      if (MEMBERS_OF_STACKS.boolean(one, 'UsePreviousValue') !== true) return [name, value ?? ''] as const;
      const because = `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true `;
      if (value !== undefined && value !== '') throw stackInvalid(`${because}and non empty value for a parameter`);
      const previous = before !== null && Object.hasOwn(before, name) ? before[name] : undefined;
      if (previous === undefined) throw stackInvalid(`${because}for a parameter key not in the previous template`);
      return [name, previous] as const;
    }),
  );
}

/** The capabilities that a request gives. */
export function capabilitiesIn(input: Input): readonly string[] {
  return MEMBERS_OF_STACKS.texts(input, 'Capabilities');
}

/** Refuses by name a flag that is set and not modelled. */
export function refuseFlags(operation: string, input: Input, flags: Readonly<Record<string, string>>): void {
  for (const [flag, advice] of Object.entries(flags)) {
    if (MEMBERS_OF_STACKS.boolean(input, flag) === true) throw unmodelled(`${flag} in ${operation} (${advice})`);
  }
}
