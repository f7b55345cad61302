/** Lanes that share a column. */

import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../harness/grader/draw/rows.ts';
import { counter, TraceWriter } from '../../../harness/grader/fixtures/trace-writer.ts';
import { introduced, oneEach, shared } from './columns.ts';

const writer = new TraceWriter().start('bump#1').start('bump#2').put('bump#1', null, counter(1)).end('bump#1');
const rows = rowsOf(writer.start('bump#3').put('bump#3', counter(1), counter(2)).put('bump#2', null, counter(1)).trace);

describe('lanes in columns', () => {
  it('have one each if there is room', () => {
    expect(oneEach(rows)).toEqual([['bump#1'], ['bump#2'], ['bump#3'], ['table Counters']]);
  });

  it('share one when they come one after the other', () => {
    expect(shared(rows)).toEqual([['bump#1', 'bump#3'], ['bump#2'], ['table Counters']]);
  });

  it('share none with an invocation of another function', () => {
    const two = rowsOf(
      new TraceWriter().start('publish#1').end('publish#1').start('apply#1').end('apply#1').start('apply#2').trace,
    );
    expect(shared(two)).toEqual([['publish#1'], ['apply#1', 'apply#2']]);
  });

  it('name an actor where it begins, if its column has another’s name', () => {
    const texts = introduced(rows, shared(rows)).map(({ actor, text }) => `${actor}: ${text}`);
    expect(texts).toContain('bump#3: bump#3 starts');
    expect(texts).toContain('bump#3: put');
    expect(texts).toContain('bump#1: starts');
  });
});
