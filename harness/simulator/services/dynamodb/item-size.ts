/**
 * The size of an item as DynamoDB counts it: names and values in UTF-8, with the overheads that AWS documents.
 *
 * It determines the 400 KB limit of an item and the 1 MB pages of Query and Scan. AWS calls its rule for numbers
 * «approximately»; the formula here applies that rule literally.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

import { utf8Length } from '../../contract/utf8.ts';
import type { AttributeMap, AttributeValue } from './attribute-value.ts';
import { significantDigits } from './number.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
export const MAX_ITEM_BYTES = 400 * 1024;

const DOCUMENT_OVERHEAD_BYTES = 3;
const ELEMENT_OVERHEAD_BYTES = 1;

/** The size of an item, in bytes. */
export function itemSizeBytes(item: AttributeMap): number {
  let bytes = 0;
  for (const name in item) bytes += utf8Length(name) + valueSizeBytes(item[name] as AttributeValue);
  return bytes;
}

/** The size of one value without its name, in bytes. */
export function valueSizeBytes(value: AttributeValue): number {
  if ('S' in value) return utf8Length(value.S);
  if ('N' in value) return numberSizeBytes(value.N);
  if ('B' in value) return value.B.length;
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return sum(value.SS, utf8Length);
  if ('NS' in value) return sum(value.NS, numberSizeBytes);
  if ('BS' in value) return sum(value.BS, (member) => member.length);
  if ('L' in value) {
    return DOCUMENT_OVERHEAD_BYTES + sum(value.L, (element) => ELEMENT_OVERHEAD_BYTES + valueSizeBytes(element));
  }
  return DOCUMENT_OVERHEAD_BYTES + ELEMENT_OVERHEAD_BYTES * Object.keys(value.M).length + itemSizeBytes(value.M);
}

function numberSizeBytes(text: string): number {
  return 1 + Math.ceil(significantDigits(text) / 2) + (text.startsWith('-') ? 1 : 0);
}

function sum<T>(members: readonly T[], size: (member: T) => number): number {
  return members.reduce((total, member) => total + size(member), 0);
}
