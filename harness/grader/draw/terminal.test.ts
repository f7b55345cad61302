import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { explain } from '../explain/explain.ts';
import { ACT_KINDS, HOSTILE_TEXTS, traceOfActs } from '../fixtures/any-trace.ts';
import { counter, lostUpdateTrace, TraceWriter } from '../fixtures/trace-writer.ts';
import type { Page } from '../report/page.ts';
import { rowsOf } from './rows.ts';
import { drawTrace } from './terminal.ts';

/** The drawing of a failing run of which an explanation says what is wrong. */
const drawOn = (trace: Trace, page: Page) =>
  drawTrace(trace, page, { marked: explain(trace, { headline: 'It went wrong.', hintId: 'any' }).marked });
const draw = (trace: Trace, columns = 80) => drawOn(trace, { columns, color: false });
const threeInvocations = () =>
  new TraceWriter()
    .sendInvokes('bump#1', 'bump#2', 'bump#3')
    .start('bump#1')
    .start('bump#2')
    .start('bump#3')
    .get('bump#1', null)
    .sleep('bump#2', 4_120)
    .get('bump#2', null)
    .put('bump#1', null, counter(1))
    .put('bump#2', counter(1), counter(1))
    .get('bump#3', null)
    .refusedPut('bump#3', counter(1))
    .fail('bump#3', 'ConditionalCheckFailedException', 'The conditional request failed')
    .get('scenario', counter(1)).trace;

describe('the drawing', () => {
  it('has a lane per invocation and table, a number per step, and an arrow for each write', () => {
    expect(draw(lostUpdateTrace())).toEqual([
      '      bump#1         bump#2         table Counters',
      '1–2   starts         starts',
      '3     get → nothing',
      '4                    get → nothing',
      '5     put ────────────────────────▶ bumps = 1',
      "6                    put ─────────▶ bumps = 1  ◀ erases bump#1's write",
    ]);
  });

  it('marks the two steps that, the other way round, would have saved the run', () => {
    const drawn = drawTrace(lostUpdateTrace(), { columns: 80, color: false }, { swap: { first: 4, second: 5 } });
    expect(drawn.filter((line) => line.includes('⇅'))).toEqual([
      '4 ⇅                  get → nothing',
      '5 ⇅   put ────────────────────────▶ bumps = 1',
    ]);
    expect(draw(lostUpdateTrace()).join('')).not.toContain('⇅');
  });

  it('shows the time where it moved, what was refused, what failed, and what the scenario saw', () => {
    expect(draw(threeInvocations(), 100)).toEqual([
      '      bump#1         bump#2         bump#3                  table Counters',
      '1–3   starts         starts         starts',
      '4     get → nothing',
      '      · at 4.1 s',
      '5                    wakes',
      '6                    get → nothing',
      '7     put ────────────────────────────────────────────────▶ bumps = 1',
      "8                    put ─────────────────────────────────▶ bumps = 1  ◀ erases bump#1's write",
      '9                                   get → nothing',
      '10                                  put ✗ condition failed',
      '                                    ✗ ConditionalCheckFailedException',
      '11                                                          read: bumps = 1',
    ]);
  });

  it.each([40, 60, 78, 80, 100, 120])('stays within %d columns', (columns) => {
    for (const line of draw(threeInvocations(), columns)) expect([...line].length).toBeLessThanOrEqual(columns);
  });

  it('becomes a list when the page is too narrow for the lanes', () => {
    const writer = new TraceWriter();
    for (let number = 1; number <= 9; number += 1) writer.start(`bump#${number}`).get(`bump#${number}`, null);
    expect(draw(writer.trace).slice(0, 3)).toEqual([
      '1     bump#1  starts',
      '2     bump#1  get → nothing',
      '3     bump#2  starts',
    ]);
  });

  it('shows the time in a list, too', () => {
    const lanes = draw(threeInvocations(), 100).filter((line) => line.includes('· at'));
    expect(lanes).toEqual(['      · at 4.1 s']);
    expect(draw(threeInvocations(), 40).filter((line) => line.includes('· at'))).toEqual(lanes);
    expect(draw(threeInvocations(), 40)[0]).toBe('1     bump#1          starts');
  });

  it('leaves out the middle of a long run, and says how much', () => {
    const writer = new TraceWriter().start('bump#1');
    for (let number = 0; number < 100; number += 1) writer.get('bump#1', counter(number));
    const lines = draw(writer.trace);
    expect(lines.length).toBe(41);
    expect(lines[11]).toBe('      … 62 steps …');
    expect(lines.at(-1)).toBe('101   get → bumps = 99');
  });

  it('counts the lines that say the time among those of a long run', () => {
    const writer = new TraceWriter().start('bump#1');
    for (let number = 0; number < 100; number += 1) writer.sleep('bump#1', 1_000).get('bump#1', counter(number));
    const lines = draw(writer.trace);
    expect(lines.length).toBeLessThanOrEqual(42);
    expect(lines.filter((line) => line.includes('· at')).length).toBe(14);
    expect(lines.at(-1)).toBe('201   get → bumps = 99');
  });

  it('says the same without colour', () => {
    const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    const coloured = drawOn(threeInvocations(), { columns: 100, color: true });
    expect(coloured.join('\n')).toMatch(colours);
    expect(coloured.map((line) => line.replace(colours, ''))).toEqual(draw(threeInvocations(), 100));
  });

  it('shows faults where they strike', () => {
    const { trace } = new TraceWriter().start('bump#1').put('bump#1', null, counter(1)).fault('bump#1', 'crash-after');
    expect(draw(trace).at(-1)).toBe('      ✗ crashes after the call');
  });

  it('shows what fails right at the start, in its lane', () => {
    const { trace } = new TraceWriter().start('bump#1').fail('bump#1', 'TypeError', 'no').start('bump#2');
    expect(draw(trace)).toEqual(['      bump#1       bump#2', '1–2   starts       starts', '      ✗ TypeError']);
  });

  it('is empty for a run in which nothing happened', () => {
    expect(draw([])).toEqual([]);
  });
});

describe('four stories', () => {
  const both = () => new TraceWriter().start('bump#1').start('bump#2');
  const lostByThree = new TraceWriter()
    .start('bump#1')
    .start('bump#2')
    .start('bump#3')
    .get('bump#1', null)
    .get('bump#2', null)
    .get('bump#3', null)
    .put('bump#1', null, counter(1))
    .put('bump#2', counter(1), counter(1))
    .put('bump#3', counter(1), counter(1)).trace;
  const crashed = both()
    .get('bump#1', null)
    .put('bump#1', null, counter(1))
    .fault('bump#1', 'crash-after')
    .get('bump#2', counter(1)).trace;
  const refused = both()
    .get('bump#1', null)
    .put('bump#2', null, counter(1))
    .refusedPut('bump#1', counter(1))
    .fail('bump#1', 'ConditionalCheckFailedException', 'The conditional request failed').trace;

  it.each([
    [80, 'lost by two', lostUpdateTrace()],
    [120, 'lost by two', lostUpdateTrace()],
    [80, 'lost by three', lostByThree],
    [120, 'lost by three', lostByThree],
    [80, 'a crash', crashed],
    [120, 'a crash', crashed],
    [80, 'a failed condition', refused],
    [120, 'a failed condition', refused],
  ])('in %d columns: %s', (columns, _, trace) => {
    expect(draw(trace, columns).join('\n')).toMatchSnapshot();
  });
});

describe('a run that is too long', () => {
  const busy = () => {
    const writer = new TraceWriter().start('bump#1').start('bump#2').start('bump#3').get('bump#1', null);
    for (let times = 0; times < 60; times += 1) writer.get('bump#3', null);
    return writer.put('bump#2', null, counter(1)).put('bump#1', counter(1), counter(1));
  };

  it('counts the steps outside the conflict', () => {
    expect(draw(busy().trace)).toContain('      … 60 further steps of bump#3 …');
    expect(draw(busy().trace).at(-1)).toMatch(/^66 .*◀ erases/);
  });

  it('keeps every step of the conflict', () => {
    const writer = new TraceWriter().start('bump#1').start('bump#2');
    for (let times = 0; times < 50; times += 1) writer.get('bump#1', null);
    writer.put('bump#2', null, counter(1)).put('bump#1', counter(1), counter(1));
    for (let times = 0; times < 50; times += 1) writer.put('bump#1', counter(1), counter(1));
    const lines = draw(writer.trace);
    for (const number of [52, 53, 54]) expect(lines.filter((line) => line.startsWith(`${number} `))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('◀'))).toHaveLength(1);
  });
});

describe('any run', () => {
  const act = fc.record({
    kind: fc.constantFrom(...ACT_KINDS),
    who: fc.integer({ min: 1, max: 8 }),
    count: fc.nat({ max: 9 }),
    text: fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' })),
  });
  const anyTrace = fc.array(act, { maxLength: 80, size: 'max' }).map(traceOfActs);
  const columns = fc.integer({ min: 40, max: 140 });

  it('fits its page, one line per line, without a control character', () => {
    fc.assert(
      fc.property(anyTrace, columns, (trace, width) => {
        for (const line of draw(trace, width)) {
          expect([...line].length).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        }
      }),
    );
  });

  it('has every step drawn or counted', () => {
    fc.assert(
      fc.property(anyTrace, columns, (trace, width) => {
        const counted = draw(trace, width).map((line) => {
          const [, left] = /^ {6}… ([\d,]+) (?:further )?steps?\b/.exec(line) ?? [];
          if (left !== undefined) return Number(left.replace(',', ''));
          const [, from, to] = /^(\d+)(?:–(\d+))?/.exec(line) ?? [];
          return from === undefined ? 0 : Number(to ?? from) - Number(from) + 1;
        });
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(rowsOf(trace).length);
      }),
    );
  });
});
