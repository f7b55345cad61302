/**
 * The page on which terminal texts are laid out: width, colour, line breaks.
 *
 * One colour for broken, one for held, grey for context. Each comes with a sign or a word, so that nothing is lost without
 * colour. The caller decides whether there is colour; nothing here inspects a terminal.
 */

export interface Page {
  /** How many columns a line may have. */
  readonly columns: number;
  readonly color: boolean;
  /** A person reads it on a terminal. Where a program or a file receives it, long lines of code and events stay whole. */
  readonly isTerminal?: boolean;
}

/** The page when nothing is known about the terminal. */
export const PLAIN_PAGE: Page = { columns: 80, color: false };

export type Tone = 'broken' | 'held' | 'context' | 'strong';

const CODES: Readonly<Record<Tone, readonly [string, string]>> = {
  broken: ['\u001b[31m', '\u001b[39m'],
  held: ['\u001b[32m', '\u001b[39m'],
  context: ['\u001b[90m', '\u001b[39m'],
  strong: ['\u001b[1m', '\u001b[22m'],
};

/** The text in its tone, if the page has colour. */
export function paint(page: Page, tone: Tone, text: string): string {
  if (!page.color || text === '') return text;
  const [open, close] = CODES[tone];
  return `${open}${text}${close}`;
}

/** Breaks a text at spaces into lines of at most `width`; a longer word stays whole. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
}

/** The text as lines of the page, each with `indent` spaces before it. */
export function block(page: Page, text: string, indent = 2): readonly string[] {
  return wrap(text, page.columns - indent).map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
}

/**
 * A line of code's own making (a log line, an event) with all of its text. On a terminal it goes on below, two columns further
 * in, and breaks inside words where it must; elsewhere it stays one line.
 */
export function folded(text: string, page: Page, indent = 0): readonly string[] {
  const before = ' '.repeat(indent);
  if (page.isTerminal !== true) return [`${before}${text}`];
  const [first = '', ...more] = broken(text, page.columns - indent, page.columns - indent - 2);
  return [`${before}${first}`, ...more.map((line) => `${before}  ${line}`)];
}

/** The text in pieces of at most `first` and then `others` characters, at a space where one is near the end of a piece. */
function broken(text: string, first: number, others: number): readonly string[] {
  const pieces: string[] = [];
  let rest = [...text];
  while (rest.length > (pieces.length === 0 ? first : others)) {
    const width = Math.max(1, pieces.length === 0 ? first : others);
    const space = rest.lastIndexOf(' ', width);
    const end = space > width * 0.6 ? space : width;
    pieces.push(rest.slice(0, end).join(''));
    rest = rest.slice(end === space ? end + 1 : end);
  }
  return [...pieces, rest.join('')];
}

/** Cuts a text to `width`, and ends it with an ellipsis if something was cut off. */
export function clip(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Fills with spaces on the right. Counts characters and not bytes. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

/**
 * Removes control characters from a text that a learner's code wrote, so that it can neither repaint the verdict nor reverse
 * its direction. Line breaks and tabs stay.
 */
export function harmless(text: string): string {
  return [...text].filter((character) => !isControl(character.codePointAt(0) ?? 0)).join('');
}

/** C0 and C1 control characters except tab and line feed, and Unicode's directional controls. */
function isControl(code: number): boolean {
  if (code === 0x09 || code === 0x0a) return false;
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && [...line].length + 1 + [...word].length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
