/**
 * Attribute values in a few words, as a drawing shows them: `1`, `"done"`, `[2 entries]`.
 *
 * Reads values in their wire format (`{ "N": "1" }`); a value of another shape is shown as plain JSON.
 */

import { count } from '../../../words/phrases.ts';
import type { Item } from '../../contract/items.ts';
import type { SayNumber } from './times-of-run.ts';

/** A value's words are cut at this number of characters. */
const LONGEST = 40;

/** The item with its attributes in words; null if the value is not an item. `sayNumber` has words for the run's times. */
export function itemInWords(value: unknown, sayNumber: SayNumber = (digits) => digits): Item | null {
  const item = recordOf(value);
  if (item === null) return null;
  return Object.fromEntries(
    Object.entries(item).map(([name, stored]) => [name, { stored, words: sayValue(stored, sayNumber) }]),
  );
}

/** The value if it is an object but not a list. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function sayValue(value: unknown, sayNumber: SayNumber): string {
  const [type, content] = typed(value);
  if (type === 'N') return sayNumber(String(content));
  if (type === 'S') return shorten(JSON.stringify(content));
  if (type === 'NULL') return 'null';
  if (type === 'L' && Array.isArray(content)) return `[${count(content.length, 'entry', 'entries')}]`;
  if (type === 'M') return '{…}';
  return shorten(JSON.stringify(content) ?? 'nothing');
}

function typed(value: unknown): readonly [string, unknown] {
  const entries = Object.entries(recordOf(value) ?? {});
  const only = entries.length === 1 ? entries[0] : undefined;
  return only === undefined ? ['', value] : only;
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
