/**
 * Reads JSON texts, each text once.
 *
 * Handlers are told and answer the same few texts in thousands of runs of one exploration. The values are frozen, since all runs share
 * them. It holds only short texts, and only the latest of them; what it returns never depends on what it holds.
 */

import type { Input } from './answer.ts';
import { isRecord } from './request.ts';

/** What a text holds, if it is JSON. Why it is none is not kept, because engines word it differently. */
export type JsonText = { readonly isJson: true; readonly value: unknown } | { readonly isJson: false };

/** Texts longer than this are read each time. */
const LONGEST_CHARACTERS = 4_096;
/** At this number of texts, all are forgotten. */
const MOST_TEXTS = 256;

const known = new Map<string, JsonText>();

/** Reads a text that may be no JSON. */
export function readJsonText(text: string): JsonText {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = parsed(text);
  if (text.length > LONGEST_CHARACTERS) return read;
  if (known.size >= MOST_TEXTS) known.clear();
  if (read.isJson) freezeAll(read.value);
  known.set(text, read);
  return read;
}

/** The value of a text that is JSON for certain. Throws `SyntaxError` if it is not. */
export function valueOfJsonText(text: string): unknown {
  const read = readJsonText(text);
  return read.isJson ? read.value : JSON.parse(text);
}

/** The JSON object that a text holds; null if it holds another value or is no JSON. It is frozen, as all runs may share it. */
export function recordInJsonText(text: string): Input | null {
  const read = readJsonText(text);
  return read.isJson && isRecord(read.value) ? read.value : null;
}

function parsed(text: string): JsonText {
  try {
    return { isJson: true, value: JSON.parse(text) as unknown };
  } catch {
    return { isJson: false };
  }
}

/** A short text is nested no deeper than the stack allows. */
function freezeAll(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeAll(part);
}
