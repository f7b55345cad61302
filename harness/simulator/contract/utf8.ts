/**
 * Converts text to UTF-8 and back. Most texts are short ASCII, for which the platform's encoders would cost more than the rest
 * of a step.
 */

const SHORT = 256;

/** The UTF-8 bytes of a text. */
export function toUtf8(text: string): Uint8Array {
  const { length } = text;
  if (length > SHORT) return new TextEncoder().encode(text);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return new TextEncoder().encode(text);
    bytes[at] = unit;
  }
  return bytes;
}

/** The text of UTF-8 bytes. An invalid sequence becomes �, as in the platform's decoder. */
export function fromUtf8(bytes: Uint8Array): string {
  const { length } = bytes;
  if (length > SHORT) return new TextDecoder().decode(bytes);
  let text = '';
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return new TextDecoder().decode(bytes);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The number of UTF-8 bytes of a text. */
export function utf8Length(text: string): number {
  const { length } = text;
  if (length > SHORT) return new TextEncoder().encode(text).byteLength;
  for (let at = 0; at < length; at += 1)
    if (text.charCodeAt(at) >= 0x80) return new TextEncoder().encode(text).byteLength;
  return length;
}
