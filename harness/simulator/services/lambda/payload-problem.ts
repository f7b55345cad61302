/**
 * Says why a payload is no JSON, in the words of the parser that AWS uses (Jackson, LS-30).
 *
 * It finds the place by itself: the sentence of the engine's own `JSON.parse` differs from engine to engine, and would come into the trace. Of Jackson's sentences
 * it has those for a token, for a character and for an end that come too early.
 */

/** A whole string, number or literal. */
const SCALAR =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const WORD = /[\w$.+-]+/y;
const SPACE = /[ \t\r\n]*/y;
/** A longer payload is shown in part. */
const SHOWN_CHARACTERS = 500;
const A_VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** `text` is no JSON. The sentence for AWS's answer, without its beginning. */
export function problemOfPayload(text: string): string {
  const at = breaksAt(text);
  const word = matchAt(WORD, text, at);
  const [problem, end] =
    at >= text.length
      ? ['Unexpected end-of-input', at + 1]
      : word === ''
        ? [`Unexpected character (${named(text.charAt(at))}): expected a valid value ${A_VALUE}`, at + 1]
        : [`Unrecognized token '${word}': was expecting ${A_VALUE}`, at + word.length + 1];
  const lines = text.slice(0, at).split('\n');
  const column = end + 1 - (at - (lines.at(-1) ?? '').length);
  return `${problem}\n at [Source: (byte[])${shown(text)}; line: ${lines.length}, column: ${column}]`;
}

function named(character: string): string {
  const code = character.charCodeAt(0);
  return code < 32 ? `(CTRL-CHAR, code ${code})` : `'${character}' (code ${code})`;
}

function shown(text: string): string {
  const left = text.length - SHOWN_CHARACTERS;
  return left <= 0 ? `"${text}"` : `"${text.slice(0, SHOWN_CHARACTERS)}"[truncated ${left} bytes]`;
}

/** Where the first part stands that can't belong to a JSON text. */
function breaksAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let wanted: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'next' = 'value';
  for (;;) {
    at += matchAt(SPACE, text, at).length;
    const character = text.charAt(at);
    if (wanted === 'next') {
      const inside = open.at(-1);
      if (character === ',' && inside !== undefined) wanted = inside === '{' ? 'key' : 'value';
      else if (character !== '' && character === closing(inside)) open.pop();
      else return at;
      at++;
    } else if (wanted.endsWith('-or-end') && character === closing(open.at(-1))) {
      open.pop();
      wanted = 'next';
      at++;
    } else if (wanted.startsWith('key')) {
      const key = character === '"' ? matchAt(SCALAR, text, at) : '';
      const colon = at + key.length + matchAt(SPACE, text, at + key.length).length;
      if (key === '' || text.charAt(colon) !== ':') return key === '' ? at : colon;
      at = colon + 1;
      wanted = 'value';
    } else if (character === '{' || character === '[') {
      open.push(character);
      wanted = character === '{' ? 'key-or-end' : 'value-or-end';
      at++;
    } else {
      const scalar = matchAt(SCALAR, text, at);
      if (scalar === '') return at;
      at += scalar.length;
      wanted = 'next';
    }
  }
}

function closing(open: '{' | '[' | undefined): string | null {
  return open === undefined ? null : open === '{' ? '}' : ']';
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
