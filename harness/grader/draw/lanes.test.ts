import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../simulator/trace.ts';
import { explain } from '../explain/explain.ts';
import { numberingOf } from '../explain/numbering.ts';
import { ACT_KINDS, HOSTILE_TEXTS, traceOf } from '../fixtures/any-trace.ts';
import { counter, lostUpdateTrace, TraceWriter } from '../fixtures/trace-writer.ts';
import { layOut } from './lanes.ts';

const act = fc.record({
  kind: fc.constantFrom(...ACT_KINDS),
  who: fc.integer({ min: 1, max: 5 }),
  count: fc.nat({ max: 9 }),
  text: fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' })),
});
const anyTrace = fc.array(act, { maxLength: 60, size: 'max' }).map(traceOf);

const both = () => new TraceWriter().sendInvokes('bump#1', 'bump#2').start('bump#1').start('bump#2');
const names = (trace: Trace) => layOut(trace).lanes.map(({ name }) => name);

describe('lanes', () => {
  it('are the invocations in the order of their start, then the tables', () => {
    const writer = new TraceWriter();
    for (const number of [1, 2, 10]) writer.start(`bump#${number}`);
    expect(names(writer.get('bump#10', null).get('bump#2', null).trace)).toEqual([
      'bump#1',
      'bump#2',
      'bump#10',
      'table Counters',
    ]);
  });

  it('leave the visitors out when they only send calls and look at the end', () => {
    expect(names(both().put('bump#1', null, counter(1)).get('scenario', counter(1)).trace)).not.toContain('visitors');
  });

  it('have the visitors first when they write', () => {
    expect(names(both().put('scenario', null, counter(0)).get('bump#1', counter(0)).trace)[0]).toBe('visitors');
  });

  it('reach from the first to the last thing in them', () => {
    const [first, second, table] = layOut(lostUpdateTrace()).lanes;
    expect(first).toMatchObject({ kind: 'invocation', fromRow: 0, toRow: 4 });
    expect(second).toMatchObject({ kind: 'invocation', fromRow: 1, toRow: 5 });
    expect(table).toMatchObject({ kind: 'table', fromRow: 2, toRow: 5 });
  });
});

describe('rows', () => {
  it('say who did what to which item, and what it holds afterwards', () => {
    const { rows } = layOut(lostUpdateTrace());
    expect(rows.map(({ number, lane, label, shared }) => [number, lane, label, shared?.value])).toEqual([
      [1, 0, 'starts', undefined],
      [2, 1, 'starts', undefined],
      [3, 0, 'get notify-me → nothing', 'nothing'],
      [4, 1, 'get notify-me → nothing', 'nothing'],
      [5, 0, 'put notify-me', 'bumps = 1'],
      [6, 1, 'put notify-me', 'bumps = 1'],
    ]);
  });

  it('know what the item holds when a condition fails', () => {
    const { trace } = both().put('bump#2', null, counter(4)).refusedPut('bump#1', counter(1));
    expect(layOut(trace).rows.at(-1)).toMatchObject({
      label: 'put notify-me ✗ condition failed',
      kind: 'trouble',
      shared: { item: 'notify-me', value: 'bumps = 4' },
    });
  });

  it('tell how long somebody sleeps, what an invocation answers, and a crash', () => {
    const { trace } = both()
      .sleep('bump#1', 120)
      .put('bump#1', null, counter(1))
      .end('bump#1')
      .get('bump#2', counter(1))
      .fault('bump#2', 'crash-after');
    const { rows } = layOut(trace);
    expect(rows.flatMap(({ number, notes }) => notes.map(({ text }) => `${number} ${text}`))).toEqual([
      '2 sleeps 120 ms',
      '4 answers {count: 1}',
      '5 ✗ crashes after the call',
    ]);
    expect(rows.filter(({ clockMoved }) => clockMoved).map(({ number, atMs }) => [number, atMs])).toEqual([[3, 120]]);
  });

  it('know what made them happen', () => {
    expect(layOut(lostUpdateTrace()).rows.map(({ cause }) => cause?.row)).toEqual([undefined, undefined, 0, 1, 2, 3]);
  });
});

describe('the conflict', () => {
  it('is the one that sentences speak of', () => {
    const trace = lostUpdateTrace();
    const { conflict } = explain(trace, { headline: 'lost', hintId: 'lost-update' });
    const roles = (options: Parameters<typeof layOut>[1]) =>
      layOut(trace, options).rows.map(({ conflict: part }) => part?.role);
    expect(roles({})).toEqual([undefined, undefined, undefined, 'first', 'second', 'damage']);
    expect(conflict && roles({ conflict })).toEqual(roles({}));
  });

  it('can be given by the caller', () => {
    const { rows } = layOut(lostUpdateTrace(), { conflict: { first: 1, second: 2 } });
    expect(rows.slice(0, 2).map(({ conflict }) => conflict?.role)).toEqual(['first', 'second']);
  });

  it('leaves what others do, and what comes later, quiet', () => {
    const { trace } = new TraceWriter()
      .start('bump#1')
      .start('bump#2')
      .start('bump#3')
      .get('bump#1', null)
      .get('bump#2', null)
      .get('bump#3', null)
      .put('bump#1', null, counter(1))
      .put('bump#2', counter(1), counter(1))
      .get('bump#1', counter(1));
    const quiet = layOut(trace).rows.filter((row) => row.quiet);
    expect(quiet.map(({ number }) => number)).toEqual([3, 6, 9]);
  });
});

describe('any run', () => {
  it('has the numbers that sentences name, and every text on one line', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { rows, lanes } = layOut(trace);
        const numbers = trace.map(numberingOf(trace)).filter((number) => number !== null);
        expect(rows.map(({ number }) => number)).toEqual([...new Set(numbers)]);
        const texts = [
          ...lanes.map(({ name }) => name),
          ...rows.flatMap((row) => [row.label, row.shortLabel, row.shared?.item ?? '', row.shared?.value ?? '']),
          ...rows.flatMap(({ notes }) => notes.map(({ text }) => text)),
        ];
        for (const text of texts) {
          expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
          expect([...text].length).toBeLessThanOrEqual(48);
        }
      }),
    );
  });

  it('has every row in a lane, and every cause before its effect', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { rows, lanes } = layOut(trace);
        rows.forEach((row, index) => {
          expect(lanes[row.lane]).toBeDefined();
          expect(row.cause?.row ?? -1).toBeLessThan(index);
          if (row.shared !== undefined) expect(lanes[row.shared.lane]?.kind).toBe('table');
        });
      }),
    );
  });
});
