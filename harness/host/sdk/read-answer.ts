/**
 * Creates the output of a command from an answer, by schema, out of this realm's own objects.
 *
 * The answer's objects may come from another realm, and the learner never holds one of them: members that the schema names
 * are copied, all others are left out, as in the SDK. Blobs become the types that the SDK returns.
 */

import type { NormalizedSchema } from '@smithy/core/schema';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { setKey } from './data-key.ts';

export type AnswerReader = (value: unknown) => unknown;

/** Creates readers, one per schema. */
export class AnswerReaders {
  readonly #known = new Map<unknown, AnswerReader>();

  of(ns: NormalizedSchema): AnswerReader {
    if (ns.getMergedTraits().httpPayload && ns.isBlobSchema()) return readPayload;
    const schema = ns.getSchema();
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    let made: AnswerReader = copyPlain;
    if (typeof schema === 'object') this.#known.set(schema, (value) => made(value));
    made = this.#make(ns);
    this.#known.set(schema, made);
    return made;
  }

  #make(ns: NormalizedSchema): AnswerReader {
    if (ns.isUnitSchema()) return () => ({});
    if (ns.isUnionSchema()) return copyPlain;
    if (ns.isStructSchema()) return this.#struct(ns);
    if (ns.isListSchema()) return readList(this.of(ns.getValueSchema()));
    if (ns.isMapSchema()) return readMap(this.of(ns.getValueSchema()));
    if (ns.isBlobSchema()) return readBytes;
    if (ns.isTimestampSchema()) return readTimestamp;
    return copyPlain;
  }

  #struct(ns: NormalizedSchema): AnswerReader {
    const members = Object.entries(ns.getMemberSchemas()).map(([name, member]) => ({ name, read: this.of(member) }));
    return (value) => {
      const from = value as Readonly<Record<string, unknown>>;
      const output: Record<string, unknown> = {};
      for (const { name, read } of members) {
        const member = from[name];
        if (member !== undefined && member !== null) output[name] = read(member);
      }
      return output;
    };
  }
}

function readPayload(value: unknown): unknown {
  return Uint8ArrayBlobAdapter.mutate(readBytes(value));
}

/** Bytes may come from another realm, where `instanceof` would not recognise them. */
function readBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(value) ? new Uint8Array(value as Uint8Array) : new TextEncoder().encode(String(value));
}

/** An instant may be a date, its ISO text, or the seconds since 1970 of the wire format. */
function readTimestamp(value: unknown): Date {
  if (typeof value === 'number') return new Date(value * 1000);
  if (typeof value === 'string') return new Date(value);
  return new Date((value as Date).getTime());
}

function readList(read: AnswerReader): AnswerReader {
  return (value) => {
    const list: unknown[] = [];
    for (const member of value as readonly unknown[]) list.push(read(member));
    return list;
  };
}

function readMap(read: AnswerReader): AnswerReader {
  return (value) => {
    const from = value as Readonly<Record<string, unknown>>;
    const map: Record<string, unknown> = {};
    for (const key of Object.keys(from)) setKey(map, key, read(from[key]));
    return map;
  };
}

/** Attribute values and documents carry their types themselves. */
function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return readBytes(value);
  return Array.isArray(value) ? copyPlainList(value) : copyPlainMap(value);
}

const copyPlainList = readList(copyPlain);
const copyPlainMap = readMap(copyPlain);
