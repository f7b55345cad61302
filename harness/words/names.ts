/**
 * Names in sentences: the nearest known name, a readable list, a value cut to a reasonable length.
 *
 * It handles text only and does not know what the names refer to.
 */

/** Typed names appear in sentences. Longer ones than this are cut. */
const LONGEST_QUOTE = 60;

/** «value» on one line, cut if it is long. */
export function quote(value: string): string {
  const flat = value.replace(/\s+/g, ' ');
  return `«${flat.length > LONGEST_QUOTE ? `${flat.slice(0, LONGEST_QUOTE)}…` : flat}»`;
}

/** The names as alternatives: `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** ` Did you mean X?` with a space before it; empty if no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === null ? '' : ` Did you mean ${near}?`;
}

/**
 * The known name that `name` was probably meant to be: it differs only in case or in a few letters, or one is a beginning of
 * the other. Of equal distances, the first known name wins.
 */
export function nearest(name: string, known: Iterable<string>): string | null {
  if (name.length === 0 || name.length > LONGEST_QUOTE) return null;
  const wanted = name.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = distanceOf(wanted, candidate.toLowerCase());
    if (distance !== null && (best === null || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

/** The distance between two names; null if they are too far apart to be the same word. */
function distanceOf(wanted: string, candidate: string): number | null {
  const family = /^(?:aws|fn)::/.exec(wanted)?.[0];
  if (family !== undefined && candidate.startsWith(family)) {
    return distanceOf(wanted.slice(family.length), candidate.slice(family.length));
  }
  const edits = editDistance(wanted, candidate);
  if (edits <= (wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 4)))) return edits;
  const overlap = sharedBeginning(wanted, candidate);
  // «ReservedConcurrency» for ReservedConcurrentExecutions, «Table» for TableName: most of the word matches.
  if (overlap >= 4 && overlap >= wanted.length * 0.7) return edits + wanted.length;
  return null;
}

function sharedBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The number of letters to insert, delete, change or swap with a neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
