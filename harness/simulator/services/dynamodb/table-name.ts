/**
 * The name that a learner's template gives a table.
 *
 * Only for readers: calls and footprints use the physical name.
 */

/** «table Counters»: the lane of a table. */
export function tableLane(table: string): string {
  return `table ${shortTable(table)}`;
}

/** «Counters» for a table that the stack has named `lost-update-Counters-1A2B3C4D5E6F`. */
export function shortTable(table: string): string {
  return /-([A-Za-z0-9]+)-[A-Z0-9]{8,}$/.exec(table)?.[1] ?? table;
}
