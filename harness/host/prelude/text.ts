/**
 * `TextEncoder`, `TextDecoder` and `structuredClone` for a bare realm, which has none of them.
 *
 * The host's own would work, but would give the realm objects from outside. UTF-8 only.
 */

/** UTF-8 bytes; lone surrogates become U+FFFD, as in the Encoding Standard. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text) {
    let code = letter.codePointAt(0) ?? 0xfffd;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

export class RealmTextEncoder {
  readonly encoding = 'utf-8';

  encode(text = ''): Uint8Array {
    return utf8Bytes(String(text));
  }
}

export class RealmTextDecoder {
  readonly encoding = 'utf-8';
  readonly fatal: boolean;

  constructor(label = 'utf-8', options: { fatal?: boolean } = {}) {
    if (!/^utf-?8$/i.test(label)) throw new RangeError(`The encoding «${label}» is not available in a lab. Use utf-8.`);
    this.fatal = options.fatal ?? false;
  }

  decode(input?: ArrayBufferView | ArrayBuffer): string {
    if (input === undefined) return '';
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer as ArrayBuffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    const decoded = decodeUtf8(bytes);
    if (this.fatal && decoded.includes('\ufffd'))
      throw new TypeError('The encoded data was not valid for encoding utf-8');
    return decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const { code, length } = decodeOne(bytes, at);
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}

function decodeOne(bytes: Uint8Array, at: number): { readonly code: number; readonly length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return { code: 0xfffd, length: 1 };
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i += 1) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return { code: 0xfffd, length: i };
    code = (code << 6) | (next & 63);
  }
  const smallest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const valid = code >= smallest && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return { code: valid ? code : 0xfffd, length };
}

/**
 * `structuredClone` for the data that handlers clone: plain data, dates, maps, sets, bytes. Functions are refused as in the
 * standard.
 */
export function structuredCloneOf(value: unknown, seen = new Map<object, unknown>()): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`${String(value)} could not be cloned.`);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof Error) return Object.assign(new Error(value.message), { name: value.name, stack: value.stack });
  const copy: object =
    value instanceof Map ? new Map() : value instanceof Set ? new Set() : Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  if (value instanceof Map)
    for (const [key, member] of value)
      (copy as Map<unknown, unknown>).set(structuredCloneOf(key, seen), structuredCloneOf(member, seen));
  else if (value instanceof Set)
    for (const member of value) (copy as Set<unknown>).add(structuredCloneOf(member, seen));
  else
    for (const key of Object.keys(value))
      Object.assign(copy, { [key]: structuredCloneOf((value as Record<string, unknown>)[key], seen) });
  return copy;
}
