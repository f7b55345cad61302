/**
 * DynamoDB items in words: what changed, and to what.
 *
 * Reads attribute values as the wire has them (`{ "N": "1" }`) and falls back to plain JSON. Changes nothing, compares
 * nothing but equality.
 */

export type Item = Readonly<Record<string, unknown>>;

/** The item, or null if the value is none: absent, or not an object. */
export function asItem(value: unknown): Item | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : null;
}

/** The attributes in which two states of an item differ, in the order of the newer one. */
export function changedAttributes(before: Item | null, after: Item | null, key: Item | null): readonly string[] {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return names.filter(
    (name) => !(name in (key ?? {})) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
}

/** «bumps = 1», «status = "done" and version = 2», «nothing» for an item that is not there. Without names: all of it. */
export function sayAttributes(item: Item | null, names: readonly string[]): string {
  if (item === null) return 'nothing';
  const said = names.length > 0 ? names : Object.keys(item);
  const shown = said.slice(0, 2).map((name) => `${name} = ${sayValue(item[name])}`);
  const more = said.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
}

/** One attribute value: `1`, `"done"`, `[2 entries]`. */
export function sayValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const [type, content] = typed(value);
  if (type === 'N') return String(content);
  if (type === 'S') return shorten(JSON.stringify(content));
  if (type === 'NULL') return 'null';
  if (type === 'L' && Array.isArray(content)) return `[${content.length} entries]`;
  if (type === 'M') return '{…}';
  return shorten(JSON.stringify(content) ?? 'nothing');
}

function typed(value: unknown): readonly [string, unknown] {
  const entries = Object.entries(asItem(value) ?? {});
  const only = entries.length === 1 ? entries[0] : undefined;
  return only === undefined ? ['', value] : only;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
