/**
 * How a setting of a mapping is refused. What is refused stands where the setting is read.
 */

import { type AwsAnswer, fail } from '../../contract/answer.ts';
import { memberBreaks } from '../../contract/refusal.ts';

/** «1 validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy constraint: Member must …» */
export function settingBroken(value: unknown, place: string, constraint: string): AwsAnswer {
  return fail('ValidationException', memberBreaks(`'${String(value)}'`, place, constraint));
}

/** A setting that has the form and makes no sense. */
export function invalidSetting(message: string): AwsAnswer {
  return fail('InvalidParameterValueException', message, 400, { Type: 'User' });
}

/** The reading of a setting that ends with this answer. */
export function settingRefused(answer: AwsAnswer): { readonly ok: false; readonly answer: AwsAnswer } {
  return { ok: false, answer };
}
