/**
 * The items that a service stores, in words for people: which attributes changed, and to which value.
 *
 * A service supplies the words for each attribute; this file chooses which attributes to show. It compares values for equality
 * and nothing else.
 */

/** One attribute: the stored value, and its words: `1`, `"done"`, `[2 entries]`. */
export interface Attribute {
  readonly stored: unknown;
  readonly words: string;
}

/** An item: its attributes by name. */
export type Item = Readonly<Record<string, Attribute>>;

/** At most this many attributes are listed. */
const MOST_TOLD = 2;

/** The names of the attributes in which two states of an item differ, in the order of the newer state. */
export function changedAttributes(before: Item | null, after: Item | null, key: Item | null): readonly string[] {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return names.filter(
    (name) =>
      !(name in (key ?? {})) && JSON.stringify(before?.[name]?.stored) !== JSON.stringify(after?.[name]?.stored),
  );
}

/**
 * «bumps = 1», «status = "done" and version = 2», or «nothing» for an item that does not exist. Without names, all attributes.
 */
export function sayAttributes(item: Item | null, names: readonly string[]): string {
  if (item === null) return 'nothing';
  const said = names.length > 0 ? names : Object.keys(item);
  const shown = said.slice(0, MOST_TOLD).map((name) => `${name} = ${item[name]?.words ?? 'nothing'}`);
  const more = said.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
}
