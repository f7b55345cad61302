/**
 * Copies a command's input, by schema, into plain data that no other code holds.
 *
 * It reads only members that the schema names, each value once, so nothing can be smuggled by `toJSON`, extra members or a
 * later change. It handles only well-typed input; for any other it gives up ({@link UNUSUAL}), and the SDK's own serialiser
 * decides what is sent. It is no validator: the service refuses wrong values.
 */

import type { NormalizedSchema } from '@smithy/core/schema';
import { setKey } from './data-key.ts';

/** Thrown if only the SDK's own serialiser knows how an input is sent. It is always caught in this folder. */
export const UNUSUAL = new Error('only the SDK itself knows how this input is sent');

export type Copier = (value: unknown) => unknown;

const ATTRIBUTE_VALUE = 'com.amazonaws.dynamodb#AttributeValue';

/** Creates copiers, one per schema; `token` fills in idempotency tokens that the learner left out. */
export class InputCopiers {
  readonly #known = new Map<unknown, Copier>();
  readonly #token: () => string;

  constructor(token: () => string) {
    this.#token = token;
  }

  of(ns: NormalizedSchema): Copier {
    const schema = ns.getSchema();
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    let made: Copier = () => giveUp();
    const late: Copier = (value) => made(value);
    if (typeof schema === 'object') this.#known.set(schema, late);
    made = this.#make(ns);
    this.#known.set(schema, made);
    return made;
  }

  #make(ns: NormalizedSchema): Copier {
    if (ns.isUnitSchema()) return () => ({});
    if (ns.isStructSchema()) return ns.getName(true) === ATTRIBUTE_VALUE ? copyAttributeValue : this.#struct(ns);
    if (ns.isListSchema()) return copyList(this.of(ns.getValueSchema()), isSparse(ns));
    if (ns.isMapSchema()) return copyMap(this.of(ns.getValueSchema()), isSparse(ns));
    if (ns.isStreaming()) return giveUp;
    if (ns.isBlobSchema()) return copyBytes;
    if (ns.isStringSchema()) return ns.getMergedTraits().mediaType === undefined ? copyString : giveUp;
    if (ns.isBooleanSchema()) return copyBoolean;
    if (ns.isNumericSchema()) return copyNumber;
    return giveUp;
  }

  #struct(ns: NormalizedSchema): Copier {
    const members = Object.entries(ns.getMemberSchemas()).map(([name, member]) => {
      const traits = member.getMergedTraits();
      const missing = traits.idempotencyToken ? this.#token : traits.httpLabel ? giveUp : null;
      return { name, copy: this.of(member), missing };
    });
    return (value) => {
      const from = record(value);
      if (typeof from.__type === 'string') giveUp();
      const copy: Record<string, unknown> = {};
      for (const { name, copy: copyMember, missing } of members) {
        const member = from[name];
        if (member !== undefined && member !== null) copy[name] = copyMember(member);
        else if (missing !== null) copy[name] = member === null ? giveUp() : missing();
      }
      return copy;
    };
  }
}

function giveUp(): never {
  throw UNUSUAL;
}

function isSparse(ns: NormalizedSchema): boolean {
  return ns.getMergedTraits().sparse !== undefined;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return giveUp();
  return value as Record<string, unknown>;
}

function copyString(value: unknown): string {
  return typeof value === 'string' ? value : giveUp();
}

function copyBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : giveUp();
}

function copyNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : giveUp();
}

/** The SDK sends a string as its UTF-8 bytes if a blob is required. */
function copyBytes(value: unknown): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? new Uint8Array(value) : giveUp();
}

function copyList(copyMember: Copier, sparse: boolean): Copier {
  if (sparse) return giveUp;
  return (value) => {
    if (!Array.isArray(value)) return giveUp();
    const copy: unknown[] = [];
    for (const member of value) if (member !== undefined && member !== null) copy.push(copyMember(member));
    return copy;
  };
}

function copyMap(copyMember: Copier, sparse: boolean): Copier {
  if (sparse) return giveUp;
  return (value) => {
    const from = record(value);
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(from)) {
      const member = from[key];
      if (member !== undefined && member !== null) setKey(copy, key, copyMember(member));
    }
    return copy;
  };
}

const copyStrings = copyWhole(copyString);
const copyBlobs = copyWhole((value) => (value instanceof Uint8Array ? new Uint8Array(value) : giveUp()));

/** In an attribute value an empty element is not left out but refused by the service. */
function copyWhole(copyMember: Copier): Copier {
  return (value) => (Array.isArray(value) ? value.map(copyMember) : giveUp());
}

function copyAttributeValue(value: unknown): Record<string, unknown> {
  const from = record(value);
  const copy: Record<string, unknown> = {};
  for (const type in from) {
    const member = from[type];
    if (member !== undefined && member !== null) copy[type] = copyAttributeMember(type, member);
  }
  return copy;
}

function copyAttributeMember(type: string, value: unknown): unknown {
  switch (type) {
    case 'S':
    case 'N':
      return copyString(value);
    case 'BOOL':
    case 'NULL':
      return copyBoolean(value);
    case 'M':
      return copyAttributeMap(value);
    case 'L':
      return copyAttributeList(value);
    case 'SS':
    case 'NS':
      return copyStrings(value);
    case 'B':
      return value instanceof Uint8Array ? new Uint8Array(value) : giveUp();
    case 'BS':
      return copyBlobs(value);
    default:
      return giveUp();
  }
}

const copyAttributeMap = copyMap(copyAttributeValue, false);
const copyAttributeList = copyWhole(copyAttributeValue);
