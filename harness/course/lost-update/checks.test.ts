import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import { checks, mostInFlight } from './checks.ts';
import type { Answer } from './scenario.ts';

const check = (id: string) => {
  const found = checks.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
};

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

const judge = (id: string, counter: number, ...answers: readonly Answer[]) =>
  check(id).judge({ observation: { answers, counter }, trace: [] });

const three: readonly Answer[] = [1, 2, 3].map((visitor) => ({ visitor, count: visitor }));
const conflict = 'ConditionalCheckFailedException: The conditional request failed';

describe('every-bump-counts', () => {
  it('holds when the counter equals the answered bumps', () => {
    expect(judge('every-bump-counts', 3, ...three)).toBeNull();
  });
  it('leaves bumps that were refused to the other check', () => {
    expect(judge('every-bump-counts', 1, { visitor: 1, count: 1 }, { visitor: 2, error: conflict })).toBeNull();
  });
  it('says how many bumps are lost', () => {
    expect(judge('every-bump-counts', 2, ...three)).toEqual({
      headline: '3 bumps were answered, but the counter says 2: 1 bump is lost.',
      hintId: 'lost-update',
    });
    expect(judge('every-bump-counts', 1, ...three)?.headline).toContain('2 bumps are lost');
  });
  it('says when somebody was counted twice', () => {
    expect(judge('every-bump-counts', 4, ...three)?.hintId).toBe('counted-twice');
  });
});

describe('every-bump-answered', () => {
  it('holds when every visitor got a number', () => {
    expect(judge('every-bump-answered', 0, ...three)).toBeNull();
  });
  it.each([
    [conflict, 'gave-up'],
    ['Sandbox.Timedout: RequestId: r Error: Task timed out after 10.00 seconds', 'timed-out'],
    ['no count: the function answered {}', 'no-count'],
    ['TypeError: x is not a function', 'function-error'],
  ])('chooses the hint by the kind of error: %s', (error, hintId) => {
    expect(judge('every-bump-answered', 2, { visitor: 1, count: 1 }, { visitor: 2, error })).toEqual({
      headline: `1 of 2 visitors got no number. Visitor 2: ${error}`,
      hintId,
    });
  });
});

describe('overlapped', () => {
  it('is shown by two invocations that are in flight together', () => {
    const run = trace(started('bump#1'), started('bump#2'), ended('bump#1'), ended('bump#2'));
    expect(mostInFlight(run)).toBe(2);
    expect(check('overlapped').judge({ observation: {}, trace: run })).toBeNull();
  });
  it('is not shown by one invocation after the other', () => {
    const run = trace(started('bump#1'), ended('bump#1'), started('bump#2'), ended('bump#2'));
    expect(check('overlapped').judge({ observation: {}, trace: run })?.hintId).toBe('no-overlap');
  });
});
