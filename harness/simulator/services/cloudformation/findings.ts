/**
 * The findings about a template: sentences with a place.
 *
 * Collects findings while a template is read, so that all of them are reported at once, in line order. It judges and prints
 * nothing: the caller puts file and line in front of the message.
 */

/** Something to change in the template: what it is, where it is, and what to do about it. */
export interface TemplateFinding {
  /** One or two sentences; «Did you mean …?» where a near name exists. */
  readonly message: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `Resources.Bump.Properties.Foo`; empty for the template as a whole. */
  readonly path: string;
}

/** A place in the template's text, and the path of the value there. */
export interface TemplatePlace {
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/** The findings of one reading. */
export interface Findings {
  add(at: TemplatePlace, message: string): void;
  readonly count: number;
  /** In line order, without repetitions of a sentence at the same place. */
  inOrder(): TemplateFinding[];
}

/** Our limit, not AWS's: more findings help no reader, and hostile input must not fill memory. */
const MOST_FINDINGS = 100;
const LONGEST_SENTENCE = 1_000;

export function collectFindings(file: string): Findings {
  const found = new Map<string, TemplateFinding>();
  return {
    add(at, message) {
      if (found.size >= MOST_FINDINGS) return;
      const { line, column } = at;
      const finding = { message: printable(message), file, line, column, path: printable(at.path) };
      const key = `${line}:${column}:${message}`;
      if (!found.has(key)) found.set(key, finding);
    },
    get count() {
      return found.size;
    },
    inOrder() {
      return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
    },
  };
}

/**
 * Findings go to terminals, so characters that could control one (escape sequences, a change of writing direction) are shown
 * as a box.
 */
function printable(text: string): string {
  const short = text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{25a1}');
}
