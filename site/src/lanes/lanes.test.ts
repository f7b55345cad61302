/** The drawing of a run: its marks, its positions, and that nothing in it is markup. */

import { describe, expect, it } from 'vitest';
import { lostUpdateTrace, TraceWriter } from '../../../harness/grader/fixtures/trace-writer.ts';
import { picture } from '../picture.ts';
import { layOut } from './layout.ts';
import { drawSvg } from './svg.ts';
import { inWords } from './words.ts';

describe('the drawing of a lost update', () => {
  const marked = [{ kind: 'erases', step: 6, whose: 'bump#1', since: 4 }] as const;
  const drawing = layOut(lostUpdateTrace(), { marked });

  it('has a lane for each invocation and for the table', () => {
    expect(drawing.lanes.map(({ name }) => name)).toEqual(['bump#1', 'bump#2', 'table Counters']);
  });

  it('numbers the steps as the sentences do, starts in a row together', () => {
    expect(drawing.marks.map(({ label }) => label)).toEqual(['1–2', '3', '4', '5', '6']);
  });

  it('draws what was violated: from the stale read to the write that erased, and from the write that it erased', () => {
    const [gap, harm] = drawing.threads;
    const [, , read, erased, write] = drawing.marks;
    expect(drawing.threads).toHaveLength(2);
    expect(gap).toEqual({ x: drawing.lanes[1]?.x, fromY: read?.y, toY: write?.y });
    expect(harm).toEqual({ x: drawing.lanes[2]?.x, fromY: erased?.y, toY: write?.y });
    expect(write?.broken).toBe(true);
  });

  it('marks the two steps that, the other way round, would have saved the run, and no others', () => {
    const swapped = layOut(lostUpdateTrace(), { swap: { first: 4, second: 5 } });
    expect(swapped.marks.filter(({ swapped }) => swapped).map(({ label }) => label)).toEqual(['4', '5']);
    expect(drawSvg(swapped, '').match(/⇅ \d+/g)).toEqual(['⇅ 4', '⇅ 5']);
    expect(drawSvg(drawing, '')).not.toContain('⇅');
  });

  it('keeps every text inside, and texts of one row apart', () => {
    for (const { texts } of drawing.marks) {
      const ends = texts.map(({ x, text }) => x + text.length * 8);
      expect(Math.max(...ends)).toBeLessThanOrEqual(drawing.width);
      const onLine = texts.filter(({ dy = 0 }) => dy === 0);
      for (const [index, { x }] of onLine.slice(1).entries()) expect(x).toBeGreaterThan(ends[index] ?? 0);
    }
  });

  it('says below a step what is wrong with it, so that no width hides it', () => {
    const [, effect, judged] = drawing.marks.at(-1)?.texts ?? [];
    expect(judged).toMatchObject({ x: effect?.x, text: 'erases bump#1’s', tone: 'broken' });
    expect(judged?.dy).toBeGreaterThan(0);
  });

  it('says the same in words, one sentence per step', () => {
    expect(inWords(lostUpdateTrace(), marked)).toEqual([
      'bump#1 starts.',
      'bump#2 starts.',
      'bump#1 get finds nothing.',
      'bump#2 get finds nothing.',
      'bump#1 put: the table Counters now holds bumps = 1.',
      'bump#2 put: the table Counters now holds bumps = 1. This erases the write of bump#1.',
    ]);
  });
});

it('a run of which nothing is said to be wrong has no red thread and nothing broken', () => {
  const { threads, marks } = layOut(lostUpdateTrace());
  expect(threads).toEqual([]);
  expect(marks.filter(({ broken }) => broken)).toEqual([]);
});

it('each time that something happened too often is marked, and said', () => {
  const marked = [1, 2].map((nth) => ({ kind: 'repeats', step: 4 + nth, nth }) as const);
  expect(layOut(lostUpdateTrace(), { marked }).marks.filter(({ broken }) => broken)).toHaveLength(2);
  expect(inWords(lostUpdateTrace(), marked).at(-1)).toBe(
    'bump#2 put: the table Counters now holds bumps = 1, the second time.',
  );
});

it('a run in which nothing can be seen is an empty drawing', () => {
  expect(layOut([]).marks).toEqual([]);
});

it('text that looks like markup is text, also in the label', () => {
  const hostile = '<img src=x onerror=alert(1)>"';
  const trace = new TraceWriter().start(hostile).get(hostile, { bumps: { S: hostile } }).trace;
  const { svg } = picture(trace, hostile);
  expect(svg).not.toContain('<img');
  expect(svg).toContain('&#60;img');
  expect(drawSvg(layOut(trace), '"')).toContain('aria-label="&#34;"');
});
