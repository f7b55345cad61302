import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, matchLines } from './lines.ts';
import { mergeThree } from './merge.ts';
import { unifiedDiff } from './unified.ts';

/** Texts that have lines in common, with and without a line break at the end. */
const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

const diff = (before: string, after: string) =>
  unifiedDiff({ name: 'before', text: before }, { name: 'after', text: after });

/** Applies a diff as `patch` does. */
function patch(before: string, hunks: readonly string[]): string {
  const lines = linesOf(before);
  const patched: string[] = [];
  let at = 0;
  for (const [index, line] of hunks.entries()) {
    const unended = hunks[index + 1]?.startsWith('\\') === true;
    const content = `${line.slice(1)}${unended ? '' : '\n'}`;
    const header = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (header !== null) {
      const from = Number(header[1]) - (header[2] === '0' ? 0 : 1);
      patched.push(...lines.slice(at, from));
      at = from;
    } else if (line.startsWith(' ') || line.startsWith('-')) {
      expect(lines[at]).toBe(content);
      at += 1;
    }
    if (header === null && (line.startsWith(' ') || line.startsWith('+'))) patched.push(content);
  }
  return [...patched, ...lines.slice(at)].join('');
}

/** The length of the longest common subsequence, by the well-known table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const row = table[i] ?? [];
      row[j] =
        a[i - 1] === b[j - 1]
          ? (table[i - 1]?.[j - 1] ?? 0) + 1
          : Math.max(table[i - 1]?.[j] ?? 0, table[i]?.[j - 1] ?? 0);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}

describe('lines in common', () => {
  it('are as many as possible, equal, and in order', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [a, b] = [linesOf(before), linesOf(after)];
        const matches = matchLines(a, b);
        expect(matches.reduce((sum, { length }) => sum + length, 0)).toBe(longestCommon(a, b));
        let [x, y] = [0, 0];
        for (const match of matches) {
          expect(match.a).toBeGreaterThanOrEqual(x);
          expect(match.b).toBeGreaterThanOrEqual(y);
          expect(a.slice(match.a, match.a + match.length)).toEqual(b.slice(match.b, match.b + match.length));
          [x, y] = [match.a + match.length, match.b + match.length];
        }
      }),
      { numRuns: 500 },
    );
  });

  it('cover a text completely if it is compared with itself', () => {
    fc.assert(fc.property(text, (whole) => linesOf(whole).join('') === whole));
  });

  it('are found at both ends of texts that have nothing else in common, without a long search', () => {
    const many = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`);
    const matches = matchLines(['first\n', ...many('a'), 'last\n'], ['first\n', ...many('b'), 'last\n']);
    expect(matches).toEqual([
      { a: 0, b: 0, length: 1 },
      { a: 20_001, b: 20_001, length: 1 },
    ]);
  });
});

describe('a unified diff', () => {
  it('turns the first text into the second', () => {
    fc.assert(
      fc.property(text, text, (before, after) => patch(before, diff(before, after).slice(2)) === after),
      { numRuns: 500 },
    );
  });

  it('of equal texts is empty', () => {
    fc.assert(fc.property(text, (same) => diff(same, same).length === 0));
  });

  it('shows three lines around a change', () => {
    expect(diff('1\n2\n3\n4\n5\n6\n7\n8\n', '1\n2\n3\n4\nfive\n6\n7\n8\n')).toEqual([
      '--- before',
      '+++ after',
      '@@ -2,7 +2,7 @@',
      ' 2',
      ' 3',
      ' 4',
      '-5',
      '+five',
      ' 6',
      ' 7',
      ' 8',
    ]);
  });

  it('marks a last line without a line break', () => {
    expect(diff('a', 'a\n').slice(2)).toEqual(['@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+a']);
  });
});

describe('a three-way merge', () => {
  const merged = (value: string) => ({ kind: 'merged', text: value });

  it('takes the side that changed something', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeThree(base, changed, base)).toEqual(merged(changed));
        expect(mergeThree(base, base, changed)).toEqual(merged(changed));
        expect(mergeThree(base, changed, changed)).toEqual(merged(changed));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same result when the sides are exchanged', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const [there, back] = [mergeThree(base, mine, theirs), mergeThree(base, theirs, mine)];
        expect(there.kind).toBe(back.kind);
        if (there.kind === 'merged') expect(back).toEqual(there);
      }),
      { numRuns: 500 },
    );
  });

  it('joins changes in different places', () => {
    expect(mergeThree('1\n2\n3\n4\n5\n', 'one\n2\n3\n4\n5\n', '1\n2\n3\n4\n5\n6\n')).toEqual(
      merged('one\n2\n3\n4\n5\n6\n'),
    );
  });

  it('names the lines where both sides changed the same place', () => {
    expect(mergeThree('1\n2\n3\n', '0\n1\nmine\n3\n', '1\ntheirs\n3\n')).toEqual({
      kind: 'conflicts',
      conflicts: [{ mineLine: 3, theirsLine: 2 }],
    });
  });

  it('does not decide which of two neighbouring insertions comes first', () => {
    expect(mergeThree('1\n2\n', '1\nmine\n2\n', '1\ntheirs\n2\n').kind).toBe('conflicts');
  });
});
