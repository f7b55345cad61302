/**
 * Numbers in requests that are too small or too large, in Lambda's words.
 */

import { type AwsAnswer, fail, type Input } from '../../contract/answer.ts';
import { memberBreaks } from '../../contract/refusal.ts';

/** By the member's name in the request; `member` is its name in AWS's message. */
type Limits = Readonly<Record<string, { readonly member: string; readonly least: number; readonly most: number }>>;

/** The refusal of the first number that is out of its bounds; null if none is. */
export function numberOutOfBounds(input: Input, limits: Limits): AwsAnswer | null {
  for (const [name, { member, least, most }] of Object.entries(limits)) {
    const value = input[name];
    if (typeof value !== 'number' || (value >= least && value <= most)) continue;
    const rule = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    return fail('ValidationException', memberBreaks(`'${value}'`, member, `have value ${rule}`), 400);
  }
  return null;
}
