/**
 * Writes a zip archive in memory, in which Lambda takes code.
 *
 * Deflated entries and a directory, nothing else: no folders, no encryption, no files beyond 4 GB. Equal files give equal
 * bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION_2_0 = 20;
const UTF8_NAMES = 1 << 11;
const DEFLATED = 8;
/** 1 January 1980, the earliest date in zip. With the current date, equal files would give different archives. */
const FIRST_DAY = (1 << 5) | 1;
/** A regular file that every user may read; made on Unix. */
const MADE_ON_UNIX = (3 << 8) | VERSION_2_0;
const READABLE_FILE = 0o100644 * 0x10000;

/** Packs files: path → text or bytes. */
export function zip(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    const name = Buffer.from(path, 'utf8');
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const shared = sharedFields(plain, packed, name);
    const local = Buffer.concat([u32(LOCAL_HEADER), u16(VERSION_2_0), shared, u16(0), name, packed]);
    entries.push(local);
    directory.push(
      Buffer.concat([
        ...[u32(DIRECTORY_HEADER), u16(MADE_ON_UNIX), u16(VERSION_2_0), shared],
        // No extra field, no comment, first disk, no internal attributes.
        ...[u16(0), u16(0), u16(0), u16(0), u32(READABLE_FILE), u32(offset), name],
      ]),
    );
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = [u32(END_OF_DIRECTORY), u16(0), u16(0), u16(files.size), u16(files.size), u32(list.length), u32(offset)];
  return Buffer.concat([...entries, list, ...end, u16(0)]);
}

/** The fields that an entry shares with its line in the directory, from the flags to the length of the name. */
function sharedFields(plain: Buffer, packed: Buffer, name: Buffer): Buffer {
  return Buffer.concat([
    ...[u16(UTF8_NAMES), u16(DEFLATED), u16(0), u16(FIRST_DAY)],
    ...[u32(crc32(plain)), u32(packed.length), u32(plain.length), u16(name.length)],
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
