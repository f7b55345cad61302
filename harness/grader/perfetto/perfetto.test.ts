import { describe, expect, it } from 'vitest';
import { lostUpdateTrace, TraceWriter } from '../fixtures/trace-writer.ts';
import { type ChromeEvent, type ChromeTrace, chromeTraceOf } from './trace-events.ts';

const TOKEN = 'lost-update@1.three-at-once.00000000.0';
const chrome = (writer: TraceWriter) => chromeTraceOf(writer.trace, TOKEN);

/** The name of an event's thread. */
const threadOf = ({ traceEvents }: ChromeTrace, { pid, tid }: ChromeEvent) =>
  traceEvents.find((event) => event.name === 'thread_name' && event.pid === pid && event.tid === tid)?.args?.name;
/** Slices as «thread: name». */
const slices = (trace: ChromeTrace) =>
  trace.traceEvents.filter(({ ph }) => ph === 'X').map((event) => `${threadOf(trace, event)}: ${event.name}`);
const around = (trace: ChromeTrace, { pid, tid, ts = 0 }: ChromeEvent) =>
  trace.traceEvents
    .filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid)
    .filter((event) => (event.ts ?? 0) <= ts && ts < (event.ts ?? 0) + (event.dur ?? 0))
    .at(-1);
/** Arrows as «thread: name → thread: name». */
const arrows = (trace: ChromeTrace) =>
  trace.traceEvents
    .filter(({ ph }) => ph === 's')
    .map((start) => {
      const ends = [start, ...trace.traceEvents.filter(({ ph, id }) => ph === 'f' && id === start.id)];
      return ends.map((end) => `${threadOf(trace, end)}: ${around(trace, end)?.name}`).join(' → ');
    });

/** Asserts the rules of the Trace Event Format for the phases in use, and Perfetto's rules for nesting. */
function expectValid(trace: ChromeTrace): void {
  expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  expect(trace.displayTimeUnit).toBe('ms');
  const threads = new Map<string, ChromeEvent[]>();
  for (const event of trace.traceEvents) {
    expect(event).toMatchObject({ name: expect.any(String), pid: expect.any(Number), tid: expect.any(Number) });
    if (event.ph === 'M') {
      const key = event.name.endsWith('sort_index') ? 'sort_index' : 'name';
      expect(['process_name', 'process_sort_index', 'thread_name', 'thread_sort_index']).toContain(event.name);
      expect(event.args).toHaveProperty(key);
      continue;
    }
    expect(Number.isInteger(event.ts) && (event.ts ?? -1) >= 0).toBe(true);
    expect(event.cat).toMatch(/./);
    expect(threadOf(trace, event)).toMatch(/./);
    if (event.ph === 'X') {
      expect(Number.isInteger(event.dur) && (event.dur ?? 0) > 0).toBe(true);
      const thread = `${event.pid}/${event.tid}`;
      threads.set(thread, [...(threads.get(thread) ?? []), event]);
    }
    if (event.ph === 'i') expect(event.s).toBe('t');
    if (event.ph === 's' || event.ph === 'f') {
      const ends = trace.traceEvents.filter(({ id }) => id === event.id);
      expect(ends.map(({ ph }) => ph)).toEqual(['s', 'f']);
      expect(around(trace, event)).toBeDefined();
    }
    if (event.ph === 'f') expect(event.bp).toBe('e');
  }
  for (const own of threads.values()) expectNested(own);
  const times = trace.traceEvents.flatMap(({ ts }) => ts ?? []);
  expect(times).toEqual([...times].sort((a, b) => a - b));
}

function expectNested(own: readonly ChromeEvent[]): void {
  const ends = ({ ts = 0, dur = 0 }: ChromeEvent) => ts + dur;
  for (const [index, a] of own.entries()) {
    for (const b of own.slice(index + 1)) {
      expect(ends(a) <= (b.ts ?? 0) || ends(b) <= ends(a)).toBe(true);
    }
  }
}

describe('a trace in the Trace Event Format', () => {
  it('keeps to the format', () => {
    expectValid(chromeTraceOf(lostUpdateTrace(), TOKEN));
    expectValid(chromeTraceOf([], TOKEN));
  });

  it('has a lane for every actor, and for each part of AWS that was called', () => {
    const trace = chromeTraceOf(lostUpdateTrace(), TOKEN);
    const names = trace.traceEvents.filter(({ name }) => name === 'thread_name').map(({ args }) => args?.name);
    expect(names).toContain('scenario');
    expect(names.indexOf('bump#1')).toBeLessThan(names.indexOf('bump#2'));
    expect(names.slice(-3)).toEqual(['DynamoDB', 'Lambda', 'table Counters']);
  });

  it('shows a call inside its invocation, and where it takes effect', () => {
    const trace = chrome(new TraceWriter().sendInvokes('bump#1').start('bump#1').get('bump#1', null).end('bump#1'));
    expectValid(trace);
    expect(slices(trace)).toEqual([
      'scenario: Invoke',
      'Lambda: Invoke of scenario',
      'bump#1: bump#1',
      'bump#1: GetItem',
      'DynamoDB: GetItem of bump#1',
    ]);
    expect(arrows(trace)).toEqual([
      'scenario: Invoke → Lambda: Invoke of scenario',
      'Lambda: Invoke of scenario → bump#1: bump#1',
      'bump#1: GetItem → DynamoDB: GetItem of bump#1',
    ]);
  });

  it('gives concurrent calls tracks of their own', () => {
    const trace = chrome(
      new TraceWriter().sendInvokes('bump#1', 'bump#2').start('bump#2').start('bump#1').end('bump#1').end('bump#2'),
    );
    expectValid(trace);
    expect(slices(trace).filter((slice) => slice.endsWith(': Invoke'))).toEqual([
      'scenario: Invoke',
      'scenario (2): Invoke',
    ]);
  });

  it('shows what never ended up to the end of the run', () => {
    const trace = chrome(new TraceWriter().sendInvokes('bump#1').start('bump#1'));
    expectValid(trace);
    const invoke = trace.traceEvents.find(({ name }) => name === 'Invoke');
    expect(invoke?.args).not.toHaveProperty('end');
    expect(invoke?.dur).toBeGreaterThan(20);
  });

  it('follows a message from station to station', () => {
    const writer = new TraceWriter();
    const message = { queue: 'https://sqs.us-east-1.amazonaws.com/1/Orders', messageId: 'm-1' };
    writer.note('scenario', { kind: 'message-sent', ...message, body: 'o-17', visibleAtMs: 0 });
    writer.note('poller', {
      kind: 'message-received',
      ...message,
      receiveCount: 1,
      by: 'poller',
      visibleAgainAtMs: 30_000,
    });
    writer.note('poller', { kind: 'message-deleted', ...message, by: 'poller' });
    const trace = chrome(writer);
    expectValid(trace);
    expect(arrows(trace)).toEqual([
      'queue Orders: sent → queue Orders: received',
      'queue Orders: received → queue Orders: deleted',
    ]);
  });

  it('keeps virtual time, and separates events of one instant', () => {
    const trace = chrome(new TraceWriter().start('bump#1').sleep('bump#1', 200).get('bump#1', null).end('bump#1'));
    expectValid(trace);
    const sleep = trace.traceEvents.find(({ name }) => name === 'sleep 200 ms');
    expect((sleep?.ts ?? 0) + (sleep?.dur ?? 0)).toBeGreaterThanOrEqual(200_000);
    const times = trace.traceEvents.filter(({ ph }) => ph === 'X').map(({ ts }) => ts);
    expect(new Set(times).size).toBe(times.length);
  });

  it('marks faults, notes and logs where they happened', () => {
    const trace = chrome(new TraceWriter().start('bump#1').get('bump#1', null).fault('bump#1', 'crash-after'));
    expectValid(trace);
    const fault = trace.traceEvents.find(({ ph, name }) => ph === 'i' && name === 'fault: crash-after');
    expect(fault === undefined ? '' : threadOf(trace, fault)).toBe('bump#1');
  });
});
