/**
 * Finds the lines that two texts have in common: Myers' shortest edit script, over whole lines.
 *
 * A line includes its line break, so a missing one at the end is a difference like any other. If two texts have almost nothing
 * in common, the search is given up, and everything between their equal ends counts as changed.
 *
 */

/** A run of `length` equal lines: from line `a` of the first text and line `b` of the second, counted from 0. */
export interface Match {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** At most this many differing lines are searched for; the memory of the search grows with the square. */
const MOST_EDITS = 2_000;

/** The text as lines, each with its line break; the last one may have none. An empty text has no lines. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The common lines, as runs in order. Between two runs lines were replaced. No two runs touch. */
export function matchLines(a: readonly string[], b: readonly string[]): readonly Match[] {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middle = matchMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return joined([
    { a: 0, b: 0, length: head },
    ...middle.map((match) => ({ a: match.a + head, b: match.b + head, length: match.length })),
    { a: a.length - tail, b: b.length - tail, length: tail },
  ]);
}

/** Joins runs that touch, and drops empty ones. */
function joined(matches: readonly Match[]): readonly Match[] {
  const runs: Match[] = [];
  for (const match of matches) {
    const last = runs.at(-1);
    if (match.length === 0) continue;
    if (last !== undefined && last.a + last.length === match.a && last.b + last.length === match.b) {
      runs[runs.length - 1] = { ...last, length: last.length + match.length };
    } else {
      runs.push(match);
    }
  }
  return runs;
}

/**
 * Searches along the diagonals k = x − y. `ends[d]` holds how far each diagonal came with d edits; the way back through them is
 * the shortest edit script.
 */
function matchMiddle(a: readonly string[], b: readonly string[]): readonly Match[] {
  if (a.length === 0 || b.length === 0) return [];
  const ends: Int32Array[] = [];
  for (let edits = 0; edits <= Math.min(MOST_EDITS, a.length + b.length); edits += 1) {
    const reached = new Int32Array(2 * edits + 1);
    const before = ends.at(-1);
    ends.push(reached);
    for (let k = -edits; k <= edits; k += 2) {
      let x = startOn(before, edits, k);
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      reached[k + edits] = x;
      if (x >= a.length && y >= b.length) return wayBack(ends, a.length, b.length);
    }
  }
  return [];
}

/** Where a path with `edits` edits enters diagonal k: one line down from k + 1, or one to the right from k − 1. */
function startOn(before: Int32Array | undefined, edits: number, k: number): number {
  if (before === undefined) return 0;
  const at = (diagonal: number) => before[diagonal + edits - 1] ?? -1;
  return comesFromAbove(at, edits, k) ? at(k + 1) : at(k - 1) + 1;
}

function comesFromAbove(at: (diagonal: number) => number, edits: number, k: number): boolean {
  return k === -edits || (k !== edits && at(k - 1) < at(k + 1));
}

function wayBack(ends: readonly Int32Array[], aLength: number, bLength: number): readonly Match[] {
  const matches: Match[] = [];
  let x = aLength;
  let y = bLength;
  for (let edits = ends.length - 1; edits >= 0; edits -= 1) {
    const k = x - y;
    const before = ends[edits - 1];
    const start = startOn(before, edits, k);
    matches.push({ a: start, b: start - k, length: x - start });
    if (before === undefined) break;
    const at = (diagonal: number) => before[diagonal + edits - 1] ?? -1;
    const above = comesFromAbove(at, edits, k);
    x = above ? start : start - 1;
    y = above ? start - k - 1 : start - k;
  }
  return matches.reverse();
}
