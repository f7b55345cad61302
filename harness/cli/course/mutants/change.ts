/**
 * One change to a right answer, as a mutation operator makes it: a piece of one file, and what stands in its place.
 */

/** A text without meaning for the program: it may differ between two spellings of one change. */
const SPACE = /\s+/g;

export interface MutantChange {
  readonly path: string;
  /** Offsets into the file's text. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The operator's name: «ConditionalExpression», «DroppedAwait». */
  readonly operator: string;
}

/** The files with the change in them. */
export function changed(files: ReadonlyMap<string, string>, change: MutantChange): ReadonlyMap<string, string> {
  const text = files.get(change.path) ?? '';
  const mutated = text.slice(0, change.start) + change.replacement + text.slice(change.end);
  return new Map(files).set(change.path, mutated);
}

/** What stood there and what stands there now, each on one line: what identifies a change when line numbers move. */
export interface ChangeInWords {
  readonly was: string;
  readonly is: string;
  /** From 1. */
  readonly line: number;
}

export function toldOf(
  files: ReadonlyMap<string, string>,
  { path, start, end, replacement }: MutantChange,
): ChangeInWords {
  const text = files.get(path) ?? '';
  return {
    was: onOneLine(text.slice(start, end)),
    is: onOneLine(replacement),
    line: text.slice(0, start).split('\n').length,
  };
}

/** The text on one line, with single spaces. */
export function onOneLine(text: string): string {
  return text.replace(SPACE, ' ').trim();
}
