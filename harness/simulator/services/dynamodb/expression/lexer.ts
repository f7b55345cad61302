/**
 * Splits an expression into tokens. It knows characters, not grammar: keywords are words like any other.
 *
 * A word begins with a letter. AWS's lexer knows no names that begin with `_` or a digit (they need a placeholder), so `_`
 * alone is a token that no grammar accepts.
 */

export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'symbol' | 'unknown' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offsets in the expression, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /(?<space>[ \t\r\n]+)|(?<name>#\w+)|(?<value>:\w+)|(?<word>[A-Za-z]\w*)|(?<number>\d+)|(?<symbol><=|>=|<>|[()[\],.=<>+-])|(?<unknown>.)/gsu;

/** The tokens of `text`, followed by one of kind `end`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = kindOf(match.groups ?? {});
    if (kind === undefined) continue;
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: text.length, end: text.length });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): TokenKind | undefined {
  if (groups.word !== undefined) return 'word';
  if (groups.symbol !== undefined) return 'symbol';
  if (groups.name !== undefined) return 'name';
  if (groups.value !== undefined) return 'value';
  if (groups.number !== undefined) return 'number';
  return groups.unknown === undefined ? undefined : 'unknown';
}
