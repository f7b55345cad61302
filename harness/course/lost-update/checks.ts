/**
 * The checks of lab 0: what must be true of one finished run.
 *
 * Each judges what `three-at-once` saw, or the trace, and answers with null or with a sentence that has numbers in it.
 * How many runs there are, and which, is not decided here.
 */

import type { Trace } from '../../simulator/trace.ts';
import type { Check, Observation, Violation } from '../lab.ts';
import type { Answer, Bumps } from './scenario.ts';

const everyBumpCounts: Check = {
  id: 'every-bump-counts',
  task: 1,
  title: 'every bump counts',
  kind: 'at-rest',
  scenario: 'three-at-once',
  points: 3,
  provokedBy: 'overlapped',
  judge: ({ observation }) => {
    const { answers, counter } = bumpsOf(observation);
    const answered = answers.filter((answer) => !('error' in answer)).length;
    if (counter === answered) return null;
    const said = `${bumps(answered)} answered, but the counter says ${counter}`;
    if (counter < answered) return { headline: `${said}: ${lost(answered - counter)}.`, hintId: 'lost-update' };
    return { headline: `${said}: somebody was counted twice.`, hintId: 'counted-twice' };
  },
};

const everyBumpAnswered: Check = {
  id: 'every-bump-answered',
  task: 1,
  title: 'every visitor gets a number',
  kind: 'at-rest',
  scenario: 'three-at-once',
  points: 2,
  judge: ({ observation }) => {
    const { answers } = bumpsOf(observation);
    const failed = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
    const first = failed[0];
    if (first === undefined) return null;
    return {
      headline: `${failed.length} of ${answers.length} visitors got no number. Visitor ${first.visitor}: ${first.error}`,
      hintId: hintFor(first.error),
    };
  },
};

const overlapped: Check = {
  id: 'overlapped',
  task: 1,
  title: 'invocations overlapped',
  kind: 'reach',
  scenario: 'three-at-once',
  points: 0,
  sees: 'invocations',
  judge: ({ trace }): Violation | null =>
    mostInFlight(trace) >= 2
      ? null
      : {
          headline: 'In no order were 2 invocations in flight together, so nothing was put to the test.',
          hintId: 'no-overlap',
        },
};

export const checks: readonly Check[] = [everyBumpCounts, everyBumpAnswered, overlapped];

/** The greatest number of invocations that had started and not yet ended at one moment. */
export function mostInFlight(trace: Trace): number {
  let inFlight = 0;
  let most = 0;
  for (const { event } of trace) {
    if (event.kind === 'invocation-started') inFlight += 1;
    if (event.kind === 'invocation-ended') inFlight -= 1;
    most = Math.max(most, inFlight);
  }
  return most;
}

function hintFor(error: string): string {
  if (error.startsWith('ConditionalCheckFailedException')) return 'gave-up';
  if (error.startsWith('Sandbox.Timedout')) return 'timed-out';
  if (error.startsWith('no count')) return 'no-count';
  return 'function-error';
}

function bumpsOf(observation: Observation): Bumps {
  return { answers: observation.answers as readonly Answer[], counter: observation.counter as number };
}

function bumps(count: number): string {
  return count === 1 ? '1 bump was' : `${count} bumps were`;
}

function lost(count: number): string {
  return count === 1 ? '1 bump is lost' : `${count} bumps are lost`;
}
