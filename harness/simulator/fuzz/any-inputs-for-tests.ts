/**
 * For tests: inputs of an operation, valid and invalid. Valid ones come from its service, or are built by the shape that the SDK gives the operation;
 * invalid ones are either with a few places spoiled.
 */

import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import type { Input } from '../contract/answer.ts';
import { isRecord } from '../contract/request.ts';
import type { SdkOperation } from './sdk-operations-for-tests.ts';
import { LONG_TEXTS, NUMBERS, textsFor } from './words-for-tests.ts';

/** How deep an input is nested at most. Attribute values contain one another. */
const DEEPEST = 6;

/** Inputs of an operation. `own`: what its service gives as inputs for tests, if it simulates the operation. */
export function anyInputsOf(
  { input: shape }: SdkOperation,
  own: fc.Arbitrary<Input> | undefined,
  words: readonly string[],
): fc.Arbitrary<Input> {
  const byShape = valuesOf(shape, '', words, 0) as fc.Arbitrary<Input>;
  if (own === undefined) return byShape.map((input) => asSent(shape, input));
  const merged = fc.tuple(own, byShape).map(([valid, any]): Input => ({ ...any, ...valid }));
  const inputs = fc.oneof(
    { weight: 3, arbitrary: own },
    { weight: 4, arbitrary: own.chain((input) => spoiled(input, words)) },
    { weight: 2, arbitrary: fc.tuple(own, byShape).chain(([valid, any]) => someOf(valid, any)) },
    { weight: 1, arbitrary: byShape },
    { weight: 1, arbitrary: merged.chain((input) => spoiled(input, words)) },
  );
  return inputs.map((input) => asSent(shape, input));
}

/** The path, the headers and the query of a request hold texts, whatever a client was given. */
function asSent(shape: NormalizedSchema, input: Input): Input {
  const members = new Map(Object.entries(shape.isStructSchema() ? shape.getMemberSchemas() : {}));
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const { httpLabel, httpQuery, httpHeader } = members.get(name)?.getMergedTraits() ?? {};
      const isText = [httpLabel, httpQuery, httpHeader].some((trait) => trait !== undefined);
      const isGiven = value !== undefined && value !== null;
      return [name, isText && isGiven && typeof value !== 'string' ? JSON.stringify(value) : value] as const;
    }),
  );
}

/** Values of a shape, with members that are there or not, and numbers and texts of any size. */
function valuesOf(
  shape: NormalizedSchema,
  member: string,
  words: readonly string[],
  depth: number,
): fc.Arbitrary<unknown> {
  if (shape.isDocumentSchema()) return fc.jsonValue({ maxDepth: 2 });
  if (shape.isStructSchema()) return structuresOf(shape, words, depth);
  if (shape.isListSchema()) {
    if (depth >= DEEPEST) return fc.constant([]);
    const one = valuesOf(shape.getValueSchema(), member, words, depth + 1);
    return fc.array(one, { maxLength: 3, depthIdentifier: 'any' });
  }
  if (shape.isMapSchema()) {
    if (depth >= DEEPEST) return fc.constant({});
    const one = valuesOf(shape.getValueSchema(), member, words, depth + 1);
    return fc.dictionary(textsFor(member, words), one, { maxKeys: 3, noNullPrototype: true });
  }
  if (shape.isBlobSchema()) return fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.constant(new Uint8Array(0)));
  if (shape.isTimestampSchema()) return fc.constantFrom(new Date(0), new Date(1_767_600_000_000));
  if (shape.isBooleanSchema()) return fc.boolean();
  if (shape.isNumericSchema()) return NUMBERS;
  return textsFor(member, words);
}

function structuresOf(shape: NormalizedSchema, words: readonly string[], depth: number): fc.Arbitrary<Input> {
  const members = Object.entries(shape.getMemberSchemas());
  if (depth >= DEEPEST || members.length === 0) return fc.constant({});
  const one = fc
    .constantFrom(...members)
    .chain(([name, of]) => valuesOf(of, name, words, depth + 1).map((value) => [name, value] as const));
  const most = shape.isUnionSchema() ? 1 : 4;
  return fc.array(one, { minLength: 1, maxLength: most }).map((all) => Object.fromEntries(all));
}

/** A valid input in which one member is another of its shape, or one is added. */
function someOf(valid: Input, any: Input): fc.Arbitrary<Input> {
  const members = Object.entries(any);
  if (members.length === 0) return fc.constant(valid);
  return fc.constantFrom(...members).map(([name, value]) => ({ ...valid, [name]: value }));
}

/** A place in an input: the names and indices that lead there. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((one, at) => pathsIn(one, [...path, at]))];
  if (!isRecord(value) || 'getTime' in value) return [path];
  return [path, ...Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]))];
}

const REMOVED = Symbol('removed');

/** What stands at a place instead. */
function insteadOf(value: unknown, member: string, words: readonly string[]): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>(
    null,
    true,
    {},
    [],
    '',
    7,
    [null],
    { a: 1 },
    new Uint8Array([255]),
    new Date(0),
  );
  const doubled = Array.isArray(value) ? [...value, ...value] : value;
  const many = Array.isArray(value) ? Array.from({ length: 11 }, () => value[0]) : [value];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(REMOVED) },
    { weight: 3, arbitrary: wrong },
    { weight: 5, arbitrary: typeof value === 'number' ? NUMBERS : textsFor(member, words) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(doubled, many, { [member]: value }) },
    { weight: 1, arbitrary: NUMBERS },
  );
}

function spoiled(input: Input, words: readonly string[]): fc.Arbitrary<Input> {
  const paths = pathsIn(input).filter((path) => path.length > 0);
  if (paths.length === 0) return fc.constantFrom<Input>({ Unknown: 1 }, { constructor: {} }, {});
  const one = fc.constantFrom(...paths).chain((path) => {
    const member = String(path.findLast((part) => typeof part === 'string') ?? '');
    return fc
      .oneof({ weight: 30, arbitrary: insteadOf(at(input, path), member, words) }, { weight: 1, arbitrary: LONG_TEXTS })
      .map((value) => ({ path, value }));
  });
  return fc
    .array(one, { minLength: 1, maxLength: 2 })
    .map((all) => all.reduce((result, { path, value }) => replaced(result, path, value) as Input, input));
}

function at(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined) return value;
  return at((value as Readonly<Record<string | number, unknown>> | undefined)?.[first], rest);
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    const next = value.map((one, place) => (place === first ? replaced(one, rest, by) : (one as unknown)));
    return next.filter((one) => one !== REMOVED);
  }
  if (!isRecord(value)) return value;
  const { [first]: _gone, ...others } = value;
  const inside = replaced(value[first], rest, by);
  return inside === REMOVED ? others : { ...others, [first]: inside };
}
