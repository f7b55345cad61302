/**
 * What a violation is about: the names that it gives, found again in the keys and requests of the trace.
 *
 * Patterns speak only of their subject: a stale write on another order explains nothing. If a violation names nothing that the
 * trace knows, every pattern may speak.
 */

import type { Violation } from '../../course/lab.ts';
import type { Access } from '../../simulator/contract/shown.ts';
import type { Trace } from '../../simulator/trace.ts';

/** Shorter names are not looked for in a headline, because «1» occurs in many sentences. */
const SHORTEST_NAME = 3;

export class Subject {
  /** Something happened more often than it should. */
  readonly tooOften: boolean;
  readonly #names: ReadonlySet<string>;

  constructor({ headline, about }: Violation, trace: Trace, accesses: readonly Access[]) {
    const known = new Set([...accesses.flatMap(({ path }) => namesInKey(path)), ...trace.flatMap(namesInRequest)]);
    const said = [...known].filter((name) => isNamedIn(headline, name));
    this.#names = new Set([...(about?.names ?? []), ...said]);
    this.tooOften = about?.tooOften === true;
  }

  /** Whether these names belong to what the violation is about. */
  concerns(names: readonly string[]): boolean {
    return this.#names.size === 0 || this.nameAmong(names) !== null;
  }

  /** The first of these names that the violation gives; null if it gives none of them. */
  nameAmong(names: readonly string[]): string | null {
    return names.find((name) => this.#names.has(name)) ?? null;
  }
}

/** The values in the key of an item, from its footprint's path: «o-17». */
export function namesInKey(path: string): readonly string[] {
  return [...path.matchAll(/"(?:S|N|B)":"([^"]+)"/g)].map(([, name = '']) => name);
}

/** The texts in a request to a downstream or in the body of a message, one level deep. */
export function namesIn(request: unknown): readonly string[] {
  return Object.values(Object(request) as object).filter((value) => typeof value === 'string');
}

function namesInRequest({ event }: Trace[number]): readonly string[] {
  return event.kind === 'downstream-entered' ? namesIn(event.request) : [];
}

/** Whether a sentence holds a name as a word of its own: «o-17», and not «o-170». */
export function isNamedIn(sentence: string, name: string): boolean {
  if (name.length < SHORTEST_NAME) return false;
  const isOfWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);
  for (let at = sentence.indexOf(name); at >= 0; at = sentence.indexOf(name, at + 1))
    if (!isOfWord(sentence[at - 1]) && !isOfWord(sentence[at + name.length])) return true;
  return false;
}
