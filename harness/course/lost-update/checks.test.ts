import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import type { LabCheck } from '../kit/check.ts';
import {
  everyBumpAnswered,
  everyBumpCounts,
  noNumberForNothing,
  numberOfOnesOwn,
  overlapped,
  tableRefused,
} from './checks.ts';
import type { Answer, Bumps } from './scenario.ts';

const trace = (...events: readonly TraceEvent[]): Trace =>
  events.map((event, seq) => ({ seq, atMs: 0, cause: null, step: seq, actor: 'scenario', event }));

const started = (invocation: string): TraceEvent => ({
  kind: 'invocation-started',
  invocation,
  functionName: 'bump',
  environment: `bump/${invocation}`,
  cold: true,
  requestId: 'r',
  payload: {},
});

const ended = (invocation: string): TraceEvent => ({
  kind: 'invocation-ended',
  invocation,
  functionName: 'bump',
  environment: `bump/${invocation}`,
  outcome: { kind: 'returned', payload: {} },
});

const run = (after: number, answers: readonly Answer[], before = 0): Bumps => ({
  earlier: [],
  counters: [{ counter: 'notify-me', before, after, answers }],
});

const judge = (check: LabCheck<Bumps>, counter: number, ...answers: readonly Answer[]) =>
  check.judge({ observation: run(counter, answers), trace: [] });

const three: readonly Answer[] = [1, 2, 3].map((visitor) => ({ visitor, count: visitor }));
const conflict = 'ConditionalCheckFailedException: The conditional request failed';

describe('every-bump-counts', () => {
  it('holds when the counter equals the answered bumps', () => {
    expect(judge(everyBumpCounts, 3, ...three)).toBeNull();
  });
  it('leaves refused bumps to the other check', () => {
    expect(judge(everyBumpCounts, 1, { visitor: 1, count: 1 }, { visitor: 2, error: conflict })).toBeNull();
  });
  it('says how many bumps are lost', () => {
    expect(judge(everyBumpCounts, 2, ...three)).toEqual({
      headline: '3 bumps were answered, but the counter says 2: 1 bump is lost.',
      hintId: 'lost-update',
      about: { names: ['notify-me'] },
    });
    expect(judge(everyBumpCounts, 1, ...three)?.headline).toContain('2 bumps are lost');
  });
  it('says when a visitor was counted twice', () => {
    expect(judge(everyBumpCounts, 4, ...three)?.hintId).toBe('counted-twice');
  });
});

describe('a counter that had bumps before', () => {
  it('is judged by what was added', () => {
    const at = (before: number, after: number) =>
      everyBumpCounts.judge({ observation: run(after, three, before), trace: [] })?.headline;
    expect(at(41, 44)).toBeUndefined();
    expect(at(41, 3)).toBe('3 bumps were answered, but the counter went from 41 to 3: 41 bumps are lost.');
    expect(at(1, 3)).toBe('3 bumps were answered, but the counter went from 1 to 3: 1 bump is lost.');
  });

  it('may not change when it has no visitor', () => {
    const neighbour = { counter: 'other', before: 2, after: 5, answers: [] };
    const observation: Bumps = { earlier: [], counters: [...run(3, three).counters, neighbour] };
    expect(everyBumpCounts.judge({ observation, trace: [] })).toEqual({
      headline: 'No visitor clicked on the counter «other», but it went from 2 to 5.',
      hintId: 'other-counter',
      about: { names: ['other'] },
    });
  });
});

describe('a counter with one visitor', () => {
  it('was not bumped because another item was: there is no race to look for', () => {
    expect(judge(everyBumpCounts, 0, { visitor: 1, count: 1 })?.hintId).toBe('other-counter');
  });
});

describe('clicks from before', () => {
  it('are judged like the others', () => {
    const observation: Bumps = { ...run(3, three, 1), earlier: run(1, three.slice(0, 2)).counters };
    expect(everyBumpCounts.judge({ observation, trace: [] })?.headline).toBe(
      '2 bumps were answered, but the counter says 1: 1 bump is lost.',
    );
  });
});

describe('number-of-ones-own', () => {
  const told = (before: number, ...counts: readonly number[]) => {
    const answers = counts.map((count, index) => ({ visitor: index + 1, count }));
    return numberOfOnesOwn.judge({ observation: run(before + counts.length, answers, before), trace: [] });
  };

  it('holds in any order of the numbers', () => {
    expect(told(0, 2, 3, 1)).toBeNull();
    expect(told(41, 42, 43)).toBeNull();
  });
  it('names two visitors with one number', () => {
    expect(told(0, 3, 1, 3)?.headline).toBe('Visitors 1 and 3 both got the number 3.');
  });
  it('names a number that is no place in the row', () => {
    expect(told(41, 42, 1)?.headline).toBe('Visitor 2 got the number 1, and the numbers 42 to 43 were due.');
    expect(told(0, 0.5)?.headline).toBe('Visitor 1 got the number 0.5, and the number 1 was due.');
  });
});

describe('no-number-for-nothing', () => {
  const judged = (answer: Answer, after: number) => {
    const answers = [{ visitor: 1, count: 1 }, answer];
    return noNumberForNothing.judge({ observation: { counter: 'notify-me', before: 0, after, answers }, trace: [] });
  };

  it('holds for a number that was counted, and for an error', () => {
    expect(judged({ visitor: 2, count: 2 }, 2)).toBeNull();
    expect(judged({ visitor: 2, error: 'ThrottlingException: later' }, 1)).toBeNull();
    expect(judged({ visitor: 2, error: 'ThrottlingException: later' }, 2)).toBeNull();
  });
  it('says which number was for nothing', () => {
    expect(judged({ visitor: 2, count: 2 }, 1)).toEqual({
      headline: '2 visitors got the numbers 1 and 2, but the counter says 1.',
      hintId: 'number-for-nothing',
      about: { names: ['notify-me'] },
    });
  });
  it('says when one visitor was counted twice', () => {
    expect(judged({ visitor: 2, count: 3 }, 3)?.hintId).toBe('counted-twice');
  });
  it('is put to the test only by as many refusals as a client attempts', () => {
    const refused = (many: number) =>
      tableRefused.judge({
        observation: { counter: 'notify-me', before: 0, after: 2, answers: three.slice(0, 2) },
        trace: trace(...Array.from({ length: many }, (): TraceEvent => ({ kind: 'fault', fault: 'throttled' }))),
      });
    expect(refused(4)).toBeNull();
    expect(refused(3)?.hintId).toBe('never-refused');
  });
});

describe('every-bump-answered', () => {
  it('holds when every visitor got a number', () => {
    expect(judge(everyBumpAnswered, 0, ...three)).toBeNull();
  });
  it.each([
    [conflict, 'gave-up'],
    ['TransactionCanceledException: Transaction cancelled', 'gave-up'],
    ['Sandbox.Timedout: RequestId: r Error: Task timed out after 10.00 seconds', 'timed-out'],
    ['no count: the function answered {}', 'no-count'],
    ['TypeError: x is not a function', 'function-error'],
  ])('chooses the hint by the kind of error: %s', (error, hintId) => {
    expect(judge(everyBumpAnswered, 2, { visitor: 1, count: 1 }, { visitor: 2, error })).toEqual({
      headline: `1 of 2 visitors got no number. Visitor 2: ${error}`,
      hintId,
      about: { names: ['notify-me'] },
    });
  });
});

describe('overlapped', () => {
  const numbers = [1, 2].map((visitor) => ({ visitor, count: visitor }));
  const overlap = (events: Trace, answers: readonly Answer[] = numbers) =>
    overlapped.judge({ observation: run(0, answers), trace: events });
  const atOnce = trace(started('bump#1'), started('bump#2'), ended('bump#1'), ended('bump#2'));

  it('is shown by two invocations that are in flight together and get their numbers', () => {
    expect(overlap(atOnce)).toBeNull();
  });
  it('is not shown where fewer than two visitors get a number: nothing could be lost', () => {
    expect(overlap(atOnce, [{ visitor: 1, error: 'no' }, ...numbers.slice(1)])?.hintId).toBe('nobody-answered');
  });
  it('is not shown by two invocations in sequence', () => {
    const inSequence = trace(started('bump#1'), ended('bump#1'), started('bump#2'), ended('bump#2'));
    expect(overlap(inSequence)?.hintId).toBe('no-overlap');
  });
  it('is not shown where Lambda refuses all but one', () => {
    const refused = { visitor: 2, error: 'TooManyRequestsException: Rate Exceeded.' };
    expect(overlap(trace(started('bump#1'), ended('bump#1')), [...numbers.slice(0, 1), refused])?.hintId).toBe(
      'no-overlap',
    );
  });
});
