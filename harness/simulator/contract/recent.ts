/**
 * What happened under a key within the last minutes: sends that make later ones duplicates, receives that may be repeated.
 *
 * What is older is forgotten now and then, in one go, and never one by one: a map whose first entries are deleted all the time is walked through in
 * vain. So an entry may be older than it is remembered, and a reader compares its instant.
 */

/** Something that happened at an instant of virtual time. */
export interface Happened {
  readonly atMs: number;
}

export interface Recent<Value extends Happened> {
  readonly byKey: Map<string, Value>;
  /** The number of entries at which the old ones are forgotten next. */
  forgetsAt: number;
}

/** With fewer entries than this, none is forgotten. */
const FEW = 1_000;

export function newRecent<Value extends Happened>(): Recent<Value> {
  return { byKey: new Map(), forgetsAt: FEW };
}

/** A copy that shares what never changes. */
export function cloneRecent<Value extends Happened>({ byKey, forgetsAt }: Recent<Value>): Recent<Value> {
  return { byKey: new Map(byKey), forgetsAt };
}

/** What happened under a key less than `forMs` ago; null if nothing did. */
export function recalled<Value extends Happened>(
  { byKey }: Recent<Value>,
  key: string,
  nowMs: number,
  forMs: number,
): Value | null {
  const value = byKey.get(key);
  return value !== undefined && nowMs - value.atMs < forMs ? value : null;
}

/** Remembers it for at least `forMs`. Each entry is looked at a few times on average until it is forgotten. */
export function rememberRecent<Value extends Happened>(
  recent: Recent<Value>,
  key: string,
  value: Value,
  forMs: number,
): void {
  const { byKey } = recent;
  byKey.set(key, value);
  if (byKey.size < recent.forgetsAt) return;
  for (const [old, { atMs }] of byKey) if (value.atMs - atMs >= forMs) byKey.delete(old);
  recent.forgetsAt = Math.max(FEW, 2 * byKey.size);
}
