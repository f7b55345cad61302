/**
 * The checks of lab 0: what must be true of one finished run.
 *
 * Each judges what `three-at-once` saw, or what a counter found in the trace, and returns null or a sentence that has numbers
 * in it. The grader decides which runs there are.
 */

import { check, countingCheck, type LabCheck } from '../kit/check.ts';
import { mostInFlight } from '../kit/counters/in-flight.ts';
import { COUNTER, threeAtOnce } from './scenario.ts';

/** All bumps are of one counter, which no headline names. */
const ABOUT = { names: [COUNTER] } as const;

export const overlapped = countingCheck(threeAtOnce, mostInFlight(), {
  id: 'overlapped',
  task: 1,
  title: 'two at once got their numbers',
  kind: 'reach',
  points: 0,
  failures: ['no-overlap', 'nobody-answered'],
  judge: ({ observation: { answers }, count }) => {
    if (count < 2)
      return {
        headline: 'In no order were 2 invocations in flight together, so nothing was put to the test.',
        hintId: 'no-overlap',
      };
    if (answers.filter((answer) => 'count' in answer).length >= 2) return null;
    return {
      headline: 'In no order did 2 visitors get a number, so nothing was put to the test.',
      hintId: 'nobody-answered',
    };
  },
});

export const everyBumpCounts = check(threeAtOnce, {
  id: 'every-bump-counts',
  task: 1,
  title: 'every bump counts',
  kind: 'at-rest',
  points: 3,
  provokedBy: overlapped,
  failures: ['lost-update', 'counted-twice'],
  judge: ({ observation: { answers, counter } }) => {
    const answered = answers.filter((answer) => !('error' in answer)).length;
    if (counter === answered) return null;
    const said = `${bumps(answered)} answered, but the counter says ${counter}`;
    if (counter < answered)
      return { headline: `${said}: ${lost(answered - counter)}.`, hintId: 'lost-update', about: ABOUT };
    return { headline: `${said}: somebody was counted twice.`, hintId: 'counted-twice', about: ABOUT };
  },
});

export const everyBumpAnswered = check(threeAtOnce, {
  id: 'every-bump-answered',
  task: 1,
  title: 'every visitor gets a number',
  kind: 'at-rest',
  points: 2,
  guard: true,
  failures: ['gave-up', 'timed-out', 'no-count', 'function-error'],
  judge: ({ observation: { answers } }) => {
    const failed = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
    const first = failed[0];
    if (first === undefined) return null;
    return {
      headline: `${failed.length} of ${answers.length} visitors got no number. Visitor ${first.visitor}: ${first.error}`,
      hintId: failureIn(first.error),
      about: ABOUT,
    };
  },
});

export const checks: readonly LabCheck[] = [everyBumpCounts, everyBumpAnswered, overlapped];

function failureIn(error: string): 'gave-up' | 'timed-out' | 'no-count' | 'function-error' {
  if (error.startsWith('ConditionalCheckFailedException')) return 'gave-up';
  if (error.startsWith('Sandbox.Timedout')) return 'timed-out';
  if (error.startsWith('no count')) return 'no-count';
  return 'function-error';
}

function bumps(count: number): string {
  return count === 1 ? '1 bump was' : `${count} bumps were`;
}

function lost(count: number): string {
  return count === 1 ? '1 bump is lost' : `${count} bumps are lost`;
}
