/**
 * Numbers in requests that are too small or too large, in Lambda's words.
 */

import type { AwsAnswer, Input } from '../../contract/answer.ts';
import { lambdaMemberBroken } from './refusal.ts';

/** By the member's name. */
type Limits = Readonly<Record<string, { readonly least: number; readonly most: number }>>;

/** The refusal of the first number that is out of its bounds; null if none is. */
export function numberOutOfBounds(input: Input, limits: Limits): AwsAnswer | null {
  for (const [member, { least, most }] of Object.entries(limits)) {
    const value = input[member];
    if (typeof value !== 'number' || (value >= least && value <= most)) continue;
    const rule = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    return lambdaMemberBroken(value, member, `have value ${rule}`);
  }
  return null;
}
