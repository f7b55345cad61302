/**
 * «Did you mean …?»: finds the known name that is nearest to a mistyped one.
 *
 * It counts insertions, deletions, replacements and swaps of neighbours. It suggests nothing if no name is near.
 */

/** The nearest of `known`, if at most a third of its letters differ (and at least one may). */
export function nearName(typed: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, distance: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined) return null;
  return best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

/** « Did you mean X?», with a space before it; or empty. */
export function sayNearName(typed: string, known: readonly string[]): string {
  const near = nearName(typed, known);
  return near === null ? '' : ` Did you mean ${near}?`;
}

function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swap));
    }
  }
  return at(a.length, b.length);
}
