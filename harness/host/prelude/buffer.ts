/**
 * `Buffer`, as the package `buffer` has it, and what Node has beside: base64url, names of newer methods, the module's own members.
 *
 * Base64url is base64 with two other letters and no padding. The package reads both alphabets under the name `base64`, as
 * Node does, so that only writing has to be told apart.
 */

import { Buffer } from 'buffer/index.js';
import { atobOf, btoaOf } from './base64.ts';
import { invalidArgument } from './node-errors.ts';
import { RealmTextDecoder } from './text.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

const isBase64Url = (encoding: unknown): boolean =>
  typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';

/** Lets a method take base64url for base64 in the arguments from `first` on, which name an encoding if they are texts. */
function readBase64Url(owner: object, name: string, first: number): void {
  const original = Reflect.get(owner, name) as Method;
  replaceMethod(owner, name, function (...args) {
    const translated = args.map((arg, at) => (at >= first && isBase64Url(arg) ? 'base64' : arg));
    return original.apply(this, translated);
  });
}

function replaceMethod(owner: object, name: string, value: Method): void {
  Object.defineProperty(value, 'name', { value: name });
  Object.defineProperty(owner, name, { value, configurable: true, enumerable: true, writable: true });
}

function teachBase64Url(): void {
  readBase64Url(Buffer, 'from', 1);
  readBase64Url(Buffer, 'byteLength', 1);
  readBase64Url(Buffer, 'alloc', 2);
  for (const name of ['write', 'fill', 'indexOf', 'lastIndexOf', 'includes']) readBase64Url(Buffer.prototype, name, 1);
  const isEncoding = Reflect.get(Buffer, 'isEncoding') as Method;
  replaceMethod(Buffer, 'isEncoding', (encoding) => isBase64Url(encoding) || isEncoding(encoding));
  const write = Reflect.get(Buffer.prototype, 'toString') as Method;
  const written: Method = function (encoding, ...range) {
    if (!isBase64Url(encoding)) return write.call(this, encoding ?? 'utf8', ...range);
    return String(write.call(this, 'base64', ...range))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '');
  };
  replaceMethod(Buffer.prototype, 'toString', written);
  replaceMethod(Buffer.prototype, 'toLocaleString', written);
}

/** Node spells each of these in two ways, and the package in one. */
function addNewerNames(): void {
  for (const access of ['read', 'write']) {
    for (const order of ['LE', 'BE']) {
      const method = Reflect.get(Buffer.prototype, `${access}BigUInt64${order}`) as Method;
      Object.defineProperty(Buffer.prototype, `${access}BigUint64${order}`, { value: method, enumerable: true });
    }
  }
}

teachBase64Url();
addNewerNames();

/** The bytes of a text in this encoding, or those of a view or a buffer, which are not copied. */
export function dataBytes(data: unknown, name: string, encoding = 'utf8'): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  throw invalidArgument(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

/** A Buffer over the same bytes. */
export function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

function isUtf8(input: unknown): boolean {
  try {
    new RealmTextDecoder('utf-8', { fatal: true }).decode(dataBytes(input, 'input') as Uint8Array<ArrayBuffer>);
    return true;
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return false;
    throw error;
  }
}

/** `node:buffer`. The limits are those of Node on 64 bits. https://nodejs.org/api/buffer.html#buffer-constants */
export const bufferModule = {
  Buffer,
  atob: atobOf,
  btoa: btoaOf,
  isUtf8,
  isAscii: (input: unknown): boolean => dataBytes(input, 'input').every((byte) => byte < 128),
  kMaxLength: Number.MAX_SAFE_INTEGER,
  kStringMaxLength: 536_870_888,
  constants: { MAX_LENGTH: Number.MAX_SAFE_INTEGER, MAX_STRING_LENGTH: 536_870_888 },
  INSPECT_MAX_BYTES: 50,
};

export { Buffer };
