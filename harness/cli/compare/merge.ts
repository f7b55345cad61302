/**
 * A three-way merge of lines: joins two sides' changes to one base in one text, or says where they conflict.
 *
 * It never writes conflict markers: a text with a conflict is not merged at all. Changes that touch each other are a conflict,
 * unless both sides made the same change.
 */

import { linesOf, matchLines } from './lines.ts';
import { changesBetween } from './unified.ts';

export type Merged =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'conflicts'; readonly conflicts: readonly MergeConflict[] };

/** Lines counted from 1. */
export interface MergeConflict {
  /** The line of `mine` at which it begins. */
  readonly mineLine: number;
  /** The line of `theirs`. */
  readonly theirsLine: number;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
  /** Where the edited lines begin on that side. */
  readonly at: number;
}

/** Merges what `mine` and `theirs` each changed in `base`. */
export function mergeThree(base: string, mine: string, theirs: string): Merged {
  const lines = linesOf(base);
  const left = editsOf(lines, linesOf(mine));
  const right = editsOf(lines, linesOf(theirs));
  const merged: string[] = [];
  const conflicts: MergeConflict[] = [];
  let at = 0;
  for (const { from, to, ours, others } of groupsOf(left, right)) {
    merged.push(...lines.slice(at, from));
    const [own, other] = [applied(lines, from, to, ours), applied(lines, from, to, others)];
    if (others.length === 0 || same(own, other)) merged.push(...own);
    else if (ours.length === 0) merged.push(...other);
    else conflicts.push({ mineLine: (ours[0]?.at ?? 0) + 1, theirsLine: (others[0]?.at ?? 0) + 1 });
    at = to;
  }
  if (conflicts.length > 0) return { kind: 'conflicts', conflicts };
  return { kind: 'merged', text: [...merged, ...lines.slice(at)].join('') };
}

function editsOf(base: readonly string[], side: readonly string[]): readonly Edit[] {
  return changesBetween(matchLines(base, side), base.length, side.length).map(({ a, aEnd, b, bEnd }) => ({
    from: a,
    to: aEnd,
    lines: side.slice(b, bEnd),
    at: b,
  }));
}

interface Group {
  from: number;
  to: number;
  readonly ours: Edit[];
  readonly others: Edit[];
}

/** Groups the edits of both sides that touch each other, from the top. Adjacent edits touch, too. */
function groupsOf(left: readonly Edit[], right: readonly Edit[]): readonly Group[] {
  const all = [...left.map((edit) => ({ edit, own: true })), ...right.map((edit) => ({ edit, own: false }))].sort(
    (x, y) => x.edit.from - y.edit.from || x.edit.to - y.edit.to,
  );
  const groups: Group[] = [];
  for (const { edit, own } of all) {
    let group = groups.at(-1);
    if (group === undefined || edit.from > group.to) {
      group = { from: edit.from, to: edit.to, ours: [], others: [] };
      groups.push(group);
    }
    group.to = Math.max(group.to, edit.to);
    (own ? group.ours : group.others).push(edit);
  }
  return groups;
}

/** Lines `from` to `to` of the base with this side's edits. */
function applied(base: readonly string[], from: number, to: number, edits: readonly Edit[]): readonly string[] {
  const result: string[] = [];
  let at = from;
  for (const edit of edits) {
    result.push(...base.slice(at, edit.from), ...edit.lines);
    at = edit.to;
  }
  return [...result, ...base.slice(at, to)];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
