/**
 * Whether code could not tell two pieces of plain data apart; the order of members counts, since code can see it.
 *
 * It compares commands with those of earlier runs. Data that is neither plain nor a blob is never the same; the worst effect
 * is that code runs again without need.
 */

/** Whether the two can't be told apart. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const kind: unknown = Object.getPrototypeOf(a);
  if (kind !== Object.getPrototypeOf(b)) return false;
  if (kind === Object.prototype || kind === null) return sameMembers(a as Members, b as Members);
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  return a instanceof Uint8Array && b instanceof Uint8Array && sameItems(a, b);
}

type Members = Readonly<Record<string, unknown>>;

function sameMembers(a: Members, b: Members): boolean {
  const others = Object.keys(b);
  let at = 0;
  for (const key in a) {
    if (key !== others[at] || !sameData(a[key], b[key])) return false;
    at += 1;
  }
  return at === others.length;
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (!sameData(a[at], b[at])) return false;
  return true;
}
