/**
 * Operations on DynamoDB's sets: union for `ADD`, difference for `DELETE`.
 *
 * Sets are sorted and without duplicates (`attribute-value.ts`), and these functions keep them so. Two sets of different
 * types can't be combined: the result is `undefined`, and the caller refuses in AWS's words.
 */

import type { AttributeValue } from '../attribute-value.ts';
import { compareBytes, compareUtf8 } from '../byte-order.ts';
import { compareNumbers } from '../number.ts';

type Order<T> = (a: T, b: T) => number;

/** All members of both sets. */
export function setWith(set: AttributeValue, more: AttributeValue): AttributeValue | undefined {
  if ('SS' in set && 'SS' in more) return Object.freeze({ SS: union(set.SS, more.SS, compareUtf8) });
  if ('NS' in set && 'NS' in more) return Object.freeze({ NS: union(set.NS, more.NS, compareNumbers) });
  if ('BS' in set && 'BS' in more) return Object.freeze({ BS: union(set.BS, more.BS, compareBytes) });
  return undefined;
}

/** The members of `set` that `less` does not have; `empty` if none is left, since no set may be empty. */
export function setWithout(set: AttributeValue, less: AttributeValue): AttributeValue | 'empty' | undefined {
  if ('SS' in set && 'SS' in less) {
    const SS = difference(set.SS, less.SS, compareUtf8);
    return SS.length === 0 ? 'empty' : Object.freeze({ SS });
  }
  if ('NS' in set && 'NS' in less) {
    const NS = difference(set.NS, less.NS, compareNumbers);
    return NS.length === 0 ? 'empty' : Object.freeze({ NS });
  }
  if ('BS' in set && 'BS' in less) {
    const BS = difference(set.BS, less.BS, compareBytes);
    return BS.length === 0 ? 'empty' : Object.freeze({ BS });
  }
  return undefined;
}

function union<T>(set: readonly T[], more: readonly T[], order: Order<T>): readonly T[] {
  return Object.freeze([...set, ...difference(more, set, order)].sort(order));
}

function difference<T>(set: readonly T[], less: readonly T[], order: Order<T>): readonly T[] {
  return Object.freeze(set.filter((member) => !less.some((other) => order(member, other) === 0)));
}
