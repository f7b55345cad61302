/**
 * The checks: what must be true of one finished run.
 *
 * Each judges what its scenario saw, or what a counter found in the trace, and returns null or a sentence that has numbers in
 * it. The grader decides which runs there are.
 */

import { check, countingCheck, type LabCheck } from '../kit/check.ts';
import { mostInFlight } from '../kit/counters/in-flight.ts';
import { type Answer, twoBuyers } from './scenario.ts';

/** The danger, without which the other checks would test nothing. It is measured on the scenario and has no points. */
export const buyersOverlapped = countingCheck(twoBuyers, mostInFlight('sell'), {
  id: 'buyers-overlapped',
  task: 1,
  title: 'two buyers were served at once, and a seat was sold',
  kind: 'reach',
  points: 0,
  failures: ['no-overlap'],
  // A function that does nothing sells no seat twice, and has earned nothing.
  judge: ({ observation: { answers }, count }) =>
    count >= 2 && soldIn(answers) > 0
      ? null
      : { headline: 'In no order were 2 buyers served at once and a seat sold.', hintId: 'no-overlap' },
});

export const neverOversold = check(twoBuyers, {
  id: 'never-oversold',
  task: 1,
  title: 'no seat is sold twice',
  kind: 'invariant',
  points: 3,
  provokedBy: buyersOverlapped,
  failures: ['oversold'],
  judge: ({ observation: { seats, answers } }) => {
    const yes = soldIn(answers);
    if (yes <= seats) return null;
    return { headline: `${yes} buyers were told yes, and there was ${seats} seat.`, hintId: 'oversold' };
  },
});

export const everySeatSold = check(twoBuyers, {
  id: 'every-seat-sold',
  task: 1,
  title: 'a seat that is wanted is sold',
  kind: 'at-rest',
  points: 1,
  guard: true,
  failures: ['unsold'],
  judge: ({ observation: { seats, answers } }) => {
    const yes = soldIn(answers);
    if (yes >= Math.min(seats, answers.length)) return null;
    const [failed] = answers.flatMap((answer) => ('error' in answer ? [answer] : []));
    const why = failed === undefined ? '' : ` Buyer ${failed.buyer}: ${failed.error}`;
    return {
      headline: `${answers.length} buyers asked for ${seats} seat, and ${yes} got one.${why}`,
      hintId: 'unsold',
    };
  },
});

export const checks: readonly LabCheck[] = [neverOversold, everySeatSold, buyersOverlapped];

function soldIn(answers: readonly Answer[]): number {
  return answers.filter((answer) => 'sold' in answer && answer.sold).length;
}
