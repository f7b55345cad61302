/**
 * `TextEncoder` and `TextDecoder` for a bare realm, which has neither: UTF-8 and UTF-16 LE. Other encodings are refused by name.
 *
 * The host's own would do the work, but would hand the realm objects from outside.
 */

import { refuse } from './environment-now.ts';
import { invalidArgument, nodeError } from './node-errors.ts';

/** UTF-8 bytes; lone surrogates become U+FFFD, as the Encoding Standard has it. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text) bytes.push(...utf8BytesOf(letter));
  return Uint8Array.from(bytes);
}

function utf8BytesOf(letter: string): readonly number[] {
  let code = letter.codePointAt(0) ?? 0xfffd;
  if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}

export class RealmTextEncoder {
  readonly encoding = 'utf-8';

  encode(text: unknown = ''): Uint8Array {
    return utf8Bytes(String(text));
  }

  /** Writes whole characters as long as there is room. `read` counts UTF-16 units, `written` bytes. */
  encodeInto(text: unknown, view: unknown): { readonly read: number; readonly written: number } {
    if (typeof text !== 'string') throw invalidArgument('src', 'of type string', text);
    if (!(view instanceof Uint8Array)) throw invalidArgument('dest', 'an instance of Uint8Array', view);
    let read = 0;
    let written = 0;
    for (const letter of text) {
      const bytes = utf8BytesOf(letter);
      if (written + bytes.length > view.length) break;
      view.set(bytes, written);
      read += letter.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

/** https://encoding.spec.whatwg.org/#names-and-labels */
const LABELS: ReadonlyMap<string, 'utf-8' | 'utf-16le'> = new Map([
  ...['utf-8', 'utf8', 'unicode-1-1-utf-8', 'unicode11utf8', 'unicode20utf8', 'x-unicode20utf8'].map(
    (label) => [label, 'utf-8'] as const,
  ),
  ...['utf-16le', 'utf-16', 'ucs-2', 'unicode', 'csunicode', 'iso-10646-ucs-2', 'unicodefeff'].map(
    (label) => [label, 'utf-16le'] as const,
  ),
]);

export class RealmTextDecoder {
  readonly encoding: 'utf-8' | 'utf-16le';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    this.encoding =
      LABELS.get(String(label).trim().toLowerCase()) ??
      refuse(
        `Your code decodes text as «${String(label)}».`,
        'A lab decodes utf-8 and utf-16le; a Buffer reads latin1.',
      );
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  decode(input?: ArrayBufferView | ArrayBuffer, options: { stream?: boolean } = {}): string {
    if (options.stream === true)
      refuse('Your code decodes text in pieces.', 'Join the pieces with Buffer.concat, and decode them at once.');
    if (input === undefined) return '';
    if (!ArrayBuffer.isView(input) && !(input instanceof ArrayBuffer))
      throw invalidArgument('input', 'an instance of ArrayBuffer or ArrayBufferView', input);
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    const { text, valid } = this.encoding === 'utf-8' ? decodeUtf8(bytes) : decodeUtf16(bytes);
    if (this.fatal && !valid)
      throw nodeError(
        TypeError,
        'ERR_ENCODING_INVALID_ENCODED_DATA',
        `The encoded data was not valid for encoding ${this.encoding}`,
      );
    return text.startsWith('\ufeff') && !this.ignoreBOM ? text.slice(1) : text;
  }
}

interface Decoded {
  readonly text: string;
  /** Nothing had to be replaced by U+FFFD. */
  readonly valid: boolean;
}

function decodeUtf8(bytes: Uint8Array): Decoded {
  let text = '';
  let valid = true;
  let at = 0;
  while (at < bytes.length) {
    const { code, length } = decodeOne(bytes, at);
    text += String.fromCodePoint(code ?? 0xfffd);
    valid &&= code !== null;
    at += length;
  }
  return { text, valid };
}

/** One character, or null for the longest beginning of one that is cut off there. https://encoding.spec.whatwg.org/#utf-8-decoder */
function decodeOne(bytes: Uint8Array, at: number): { readonly code: number | null; readonly length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return { code: null, length: 1 };
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i += 1) {
    const next = bytes[at + i] ?? 0;
    const [lowest, highest] = i === 1 ? secondByteOf(first) : [0x80, 0xbf];
    if (next < lowest || next > highest) return { code: null, length: i };
    code = (code << 6) | (next & 63);
  }
  return { code, length };
}

/** What may follow a first byte, so that nothing is written longer than it must be, no surrogate and nothing after U+10FFFF. */
function secondByteOf(first: number): readonly [lowest: number, highest: number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  if (first === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

function decodeUtf16(bytes: Uint8Array): Decoded {
  let raw = '';
  for (let at = 0; at + 1 < bytes.length; at += 2)
    raw += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  const odd = bytes.length % 2 === 1;
  // A first surrogate at the end and the odd byte after it are one character that is cut off.
  const cutOff = odd && !/[\ud800-\udbff]$/.test(raw) ? '\ufffd' : '';
  return { text: raw.toWellFormed() + cutOff, valid: raw.isWellFormed() && !odd };
}
