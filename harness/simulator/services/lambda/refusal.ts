/**
 * What Lambda answers to a value that it does not take, wherever it stands in a request.
 *
 * A member is named as in the request, and told as in AWS's message. What one operation alone refuses stands beside it, and so do the few
 * values that AWS calls invalid without a `Type` (LS-04, LS-12, LS-40).
 */

import { type AwsAnswer, fail } from '../../contract/answer.ts';
import { memberBreaks } from '../../contract/refusal.ts';

/** A value that has the form and makes no sense. */
export function lambdaInvalid(message: string): AwsAnswer {
  return fail('InvalidParameterValueException', message, 400, { Type: 'User' });
}

/** A member that the request has to have. */
export function lambdaMemberMissing(member: string): AwsAnswer {
  return fail('ValidationException', memberBreaks('null', toldAsPlace(member), 'not be null'));
}

/** A member whose value breaks a rule: «Value '0' at 'maxItems' failed to satisfy constraint: Member must …». */
export function lambdaMemberBroken(value: unknown, member: string, constraint: string): AwsAnswer {
  return fail('ValidationException', memberBreaks(`'${String(value)}'`, toldAsPlace(member), constraint));
}

/** A member whose value is none of those that there are. */
export function lambdaNotOneOf(value: unknown, member: string, values: readonly string[]): AwsAnswer {
  return lambdaMemberBroken(value, member, `satisfy enum value set: [${values.join(', ')}]`);
}

function toldAsPlace(member: string): string {
  return `${member.slice(0, 1).toLowerCase()}${member.slice(1)}`;
}
