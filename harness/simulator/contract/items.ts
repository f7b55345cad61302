/**
 * Items that a service keeps, as people read them: what changed, and to what.
 *
 * A service says each attribute in its own words; what is done with them here is the same for all. Compares nothing but equality.
 */

/** One attribute: as it was stored, and in words: `1`, `"done"`, `[2 entries]`. */
export interface Attribute {
  readonly stored: unknown;
  readonly words: string;
}

/** An item, by the names of its attributes. */
export type Item = Readonly<Record<string, Attribute>>;

/** So many attributes are told one by one. */
const MOST_TOLD = 2;

/** The attributes in which two states of an item differ, in the order of the newer one. */
export function changedAttributes(before: Item | null, after: Item | null, key: Item | null): readonly string[] {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return names.filter(
    (name) =>
      !(name in (key ?? {})) && JSON.stringify(before?.[name]?.stored) !== JSON.stringify(after?.[name]?.stored),
  );
}

/** «bumps = 1», «status = "done" and version = 2», «nothing» for an item that is not there. Without names: all of it. */
export function sayAttributes(item: Item | null, names: readonly string[]): string {
  if (item === null) return 'nothing';
  const said = names.length > 0 ? names : Object.keys(item);
  const shown = said.slice(0, MOST_TOLD).map((name) => `${name} = ${item[name]?.words ?? 'nothing'}`);
  const more = said.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
}
