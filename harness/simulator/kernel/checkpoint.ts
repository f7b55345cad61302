/**
 * Checkpoints: what lets a part of a run be put back to where it was, so that a later run can go on from there.
 *
 * A part takes a checkpoint of itself by remembering what it may change. It is taken between two steps, when all code waits. Objects that
 * closures on the agenda hold stay the same objects and get their old contents back; what never changes is shared. Runs nothing.
 */

/**
 * Puts a part back to where it was when the checkpoint was taken. It may be called any number of times.
 *
 * @returns False if the part can't be put back any more, because it has forgotten what it needs. Then the run must begin at its start.
 */
export type PutBack = () => boolean;

/** A part of a run that can be put back. */
export interface Restorable {
  /** Null if the part can't be put back to where it is now. */
  checkpoint(): PutBack | null;
}

/** Fills a map with the entries that it had before. The map stays the same object. */
export function refill<Key, Value>(map: Map<Key, Value>, entries: ReadonlyMap<Key, Value>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
