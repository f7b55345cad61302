/**
 * Paths into an event: `$`, `$.detail.items[0].name`, `$.detail['full name']`. What a path leads to is used elsewhere.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html. AWS knows wildcards as well; they are refused by name.
 */

/** The members and the indices that lead to a part of an event; none lead to all of it. */
export type JsonPath = readonly (string | number)[];

/** A path that the simulator can follow. */
export const JSON_PATH = /^\$(\.[A-Za-z0-9_-]+|\[\d+\]|\['[^'\]]+'\])*$/;
const STEP = /\.([A-Za-z0-9_-]+)|\[(\d+)\]|\['([^'\]]+)'\]/g;

/** Null: the text is no path, or one with a wildcard. */
export function readJsonPath(text: string): JsonPath | null {
  if (!JSON_PATH.test(text)) return null;
  return [...text.matchAll(STEP)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? quoted ?? '') : Number(index),
  );
}

/** The part of a value to which a path leads; undefined if there is none. */
export function partAt(value: unknown, path: JsonPath): unknown {
  let part = value;
  for (const step of path) {
    const isThere = typeof part === 'object' && part !== null && Object.hasOwn(part, step);
    part = isThere ? (part as Readonly<Record<string | number, unknown>>)[step] : undefined;
  }
  return part;
}
