import { describe, expect, it } from 'vitest';
import type { Trace, TraceEvent } from '../../simulator/trace.ts';
import type { LabCheck } from '../kit/check.ts';
import { everyBumpAnswered, everyBumpCounts, overlapped } from './checks.ts';
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

const judge = (check: LabCheck<Bumps>, counter: number, ...answers: readonly Answer[]) =>
  check.judge({ observation: { answers, counter }, trace: [] });

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

describe('every-bump-answered', () => {
  it('holds when every visitor got a number', () => {
    expect(judge(everyBumpAnswered, 0, ...three)).toBeNull();
  });
  it.each([
    [conflict, 'gave-up'],
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
  const overlap = (run: Trace, answers: readonly Answer[] = numbers) =>
    overlapped.judge({ observation: { answers, counter: 0 }, trace: run });
  const atOnce = trace(started('bump#1'), started('bump#2'), ended('bump#1'), ended('bump#2'));

  it('is shown by two invocations that are in flight together and get their numbers', () => {
    expect(overlap(atOnce)).toBeNull();
  });
  it('is not shown where fewer than two visitors get a number: nothing could be lost', () => {
    expect(overlap(atOnce, [{ visitor: 1, error: 'no' }, ...numbers.slice(1)])?.hintId).toBe('nobody-answered');
  });
  it('is not shown by two invocations in sequence', () => {
    const run = trace(started('bump#1'), ended('bump#1'), started('bump#2'), ended('bump#2'));
    expect(overlap(run)?.hintId).toBe('no-overlap');
  });
});
