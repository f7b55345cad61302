/**
 * Two texts as a unified diff, in the form that `patch` and `git apply` read.
 *
 * It adds no colour and no words; its callers do. Equal texts give no lines.
 */

import { linesOf, type Match, matchLines } from './lines.ts';

/** The number of equal lines shown around a change. */
const CONTEXT = 3;

export interface Named {
  /** The name in the header. */
  readonly name: string;
  readonly text: string;
}

interface Change {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** The lines of the diff, without line breaks. */
export function unifiedDiff(before: Named, after: Named): readonly string[] {
  const [a, b] = [linesOf(before.text), linesOf(after.text)];
  const hunks = hunksOf(changesBetween(matchLines(a, b), a.length, b.length));
  if (hunks.length === 0) return [];
  return [`--- ${before.name}`, `+++ ${after.name}`, ...hunks.flatMap((hunk) => sayHunk(hunk, a, b))];
}

/** The changes between the matches: lines of the one text that replace lines of the other. */
export function changesBetween(matches: readonly Match[], aLength: number, bLength: number): readonly Change[] {
  const changes: Change[] = [];
  let [a, b] = [0, 0];
  for (const match of [...matches, { a: aLength, b: bLength, length: 0 }]) {
    if (match.a > a || match.b > b) changes.push({ a, aEnd: match.a, b, bEnd: match.b });
    a = match.a + match.length;
    b = match.b + match.length;
  }
  return changes;
}

/** Joins changes whose contexts touch into one hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.a - last.aEnd <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function sayHunk(hunk: readonly Change[], a: readonly string[], b: readonly string[]): readonly string[] {
  const first = hunk[0];
  const last = hunk.at(-1);
  if (first === undefined || last === undefined) return [];
  const lead = Math.min(CONTEXT, first.a);
  const trail = Math.min(CONTEXT, a.length - last.aEnd);
  const from = first.a - lead;
  const aCount = last.aEnd + trail - from;
  const bCount = last.bEnd + trail - (first.b - lead);
  const said = [`@@ -${range(from, aCount)} +${range(first.b - lead, bCount)} @@`];
  let at = from;
  for (const change of hunk) {
    said.push(...a.slice(at, change.a).flatMap((line) => sayLine(' ', line)));
    said.push(...a.slice(change.a, change.aEnd).flatMap((line) => sayLine('-', line)));
    said.push(...b.slice(change.b, change.bEnd).flatMap((line) => sayLine('+', line)));
    at = change.aEnd;
  }
  return [...said, ...a.slice(at, at + trail).flatMap((line) => sayLine(' ', line))];
}

/** The format's count of lines: «12,3», «12», and «11,0» for no line after line 11. */
function range(from: number, lines: number): string {
  if (lines === 0) return `${from},0`;
  return lines === 1 ? `${from + 1}` : `${from + 1},${lines}`;
}

function sayLine(sign: ' ' | '-' | '+', line: string): readonly string[] {
  if (line.endsWith('\n')) return [`${sign}${line.slice(0, -1)}`];
  return [`${sign}${line}`, '\\ No newline at end of file'];
}
