/**
 * The checks of lab 0: what must be true of one finished run.
 *
 * Each judges what `three-at-once` saw, or what a counter found in the trace, and returns null or a sentence that has numbers
 * in it. The grader decides which runs there are.
 */

import { list, count as numberOf } from '../../words/phrases.ts';
import { atLeast, check, countingCheck, type Failing, type LabCheck } from '../kit/check.ts';
import { CLIENT_ATTEMPTS } from '../kit/client-attempts.ts';
import { strikesOf } from '../kit/counters/faults.ts';
import { mostInFlight } from '../kit/counters/in-flight.ts';
import { type Answer, type Bumps, type CounterRun, tableInTrouble, threeAtOnce } from './scenario.ts';
import { COUNTER } from './situations.ts';

export const overlapped = countingCheck(threeAtOnce, mostInFlight(), {
  id: 'overlapped',
  task: 1,
  title: 'two at once got their numbers',
  kind: 'reach',
  points: 0,
  failures: ['no-overlap', 'nobody-answered'],
  judge: ({ observation, count }) => {
    const answers = observation.counters.flatMap((run) => run.answers);
    const numbered = answers.filter((answer) => 'count' in answer).length;
    if (count >= 2 && numbered >= 2) return null;
    const headline =
      'In no order did 2 invocations that were in flight together both answer with a number, so nothing was put to the test.';
    // Only one run is seen here. What keeps invocations apart refuses some of them, or lets each answer in its turn.
    const keptApart = numbered >= 2 || answers.some((answer) => 'error' in answer && isRefusedByLambda(answer.error));
    return { headline, hintId: keptApart ? 'no-overlap' : 'nobody-answered' };
  },
});

export const everyBumpCounts = check(threeAtOnce, {
  id: 'every-bump-counts',
  task: 1,
  title: 'every bump counts',
  kind: 'at-rest',
  points: 3,
  provokedBy: overlapped,
  failures: ['lost-update', 'counted-twice', 'other-counter'],
  judge: ({ observation }) => first(observation, miscounted),
});

export const everyBumpAnswered = check(threeAtOnce, {
  id: 'every-bump-answered',
  task: 1,
  title: 'every visitor gets a number',
  kind: 'at-rest',
  points: 2,
  guard: true,
  failures: ['gave-up', 'timed-out', 'no-count', 'function-error'],
  judge: ({ observation }) => {
    const answers = answersIn(observation);
    const refused = answers.filter((answer) => 'error' in answer);
    const [one] = refused;
    if (one === undefined) return null;
    return {
      headline: `${refused.length} of ${answers.length} visitors got no number. Visitor ${one.visitor}: ${one.error}`,
      hintId: failureIn(one.error),
      about: { names: observation.counters.map(({ counter }) => counter) },
    };
  },
});

export const numberOfOnesOwn = check(threeAtOnce, {
  id: 'number-of-ones-own',
  task: 1,
  title: 'every visitor gets a number of their own',
  kind: 'at-rest',
  points: 1,
  provokedBy: overlapped,
  failures: ['same-number', 'wrong-number'],
  judge: ({ observation }) => first(observation, misnumbered),
});

export const tableRefused = countingCheck(tableInTrouble, strikesOf('throttled'), {
  id: 'table-refused',
  task: 1,
  title: 'the table refused as many calls as a client attempts',
  kind: 'reach',
  points: 0,
  failures: ['never-refused'],
  judge: atLeast(CLIENT_ATTEMPTS, {
    headline: `In no order were ${CLIENT_ATTEMPTS} calls refused by the table.`,
    hintId: 'never-refused',
  }),
});

export const noNumberForNothing = check(tableInTrouble, {
  id: 'no-number-for-nothing',
  task: 1,
  title: 'no visitor gets a number for a bump that was not made',
  kind: 'at-rest',
  points: 1,
  guard: true,
  provokedBy: tableRefused,
  failures: ['number-for-nothing', 'counted-twice'],
  judge: ({ observation: { counter, after, answers } }) => {
    const about = { names: [counter] };
    const numbered = answers.filter((answer) => 'count' in answer);
    if (after < numbered.length) {
      const got = list(numbered.map(({ count }) => String(count)));
      const visitors = `${numberOf(numbered.length, 'visitor')} got ${numbered.length === 1 ? 'the number' : 'the numbers'} ${got}`;
      return { headline: `${visitors}, but the counter says ${after}.`, hintId: 'number-for-nothing', about };
    }
    // A visitor who got an error may have been counted: the error can come after the write.
    if (after <= answers.length) return null;
    const headline = `${numberOf(answers.length, 'visitor')} clicked, and the counter says ${after}.`;
    return { headline, hintId: 'counted-twice', about };
  },
});

export const checks: readonly LabCheck[] = [
  everyBumpCounts,
  everyBumpAnswered,
  numberOfOnesOwn,
  noNumberForNothing,
  overlapped,
  tableRefused,
];

/** What the counter says, compared with what its visitors were told. */
function miscounted({
  counter,
  before,
  after,
  answers,
}: CounterRun): Failing<'lost-update' | 'counted-twice' | 'other-counter'> | null {
  const answered = answers.filter((answer) => 'count' in answer).length;
  const counted = after - before;
  if (counted === answered) return null;
  const about = { names: [counter] };
  const says = before === 0 ? `says ${after}` : `went from ${before} to ${after}`;
  if (answers.length === 0) {
    const headline = `No visitor clicked on ${nameOf(counter)}, but it ${says}.`;
    return { headline, hintId: 'other-counter', about };
  }
  const said = `${bumps(answered)} answered, but ${nameOf(counter)} ${says}`;
  // With one visitor there was no race, so the bump went to another item, or nowhere.
  const hintId = answers.length === 1 ? 'other-counter' : 'lost-update';
  if (counted < answered) return { headline: `${said}: ${lost(answered - counted)}.`, hintId, about };
  return { headline: `${said}: a visitor was counted twice.`, hintId: 'counted-twice', about };
}

/** The numbers that visitors got, compared with those between the counter's values before and after. */
function misnumbered({ counter, before, answers }: CounterRun): Failing<'same-number' | 'wrong-number'> | null {
  const numbers = answers.filter((answer) => 'count' in answer);
  const about = { names: [counter] };
  const visitorOf = new Map<number, number>();
  for (const { visitor, count } of numbers) {
    const other = visitorOf.get(count);
    if (other !== undefined) {
      const headline = `Visitors ${other} and ${visitor} both got the number ${count}.`;
      return { headline, hintId: 'same-number', about };
    }
    visitorOf.set(count, visitor);
  }
  const most = before + answers.length;
  const wrong = numbers.find(({ count }) => !Number.isInteger(count) || count <= before || count > most);
  if (wrong === undefined) return null;
  const due = `${answers.length === 1 ? `the number ${most} was due` : `the numbers ${before + 1} to ${most} were due`}`;
  return {
    headline: `Visitor ${wrong.visitor} got the number ${wrong.count}, and ${due}.`,
    hintId: 'wrong-number',
    about,
  };
}

function first<Failure extends string>(
  { earlier, counters }: Bumps,
  judge: (counter: CounterRun) => Failing<Failure> | null,
): Failing<Failure> | null {
  for (const counter of [...earlier, ...counters]) {
    const violation = judge(counter);
    if (violation !== null) return violation;
  }
  return null;
}

function answersIn({ earlier, counters }: Bumps): readonly Answer[] {
  return [...earlier, ...counters].flatMap(({ answers }) => answers);
}

function isRefusedByLambda(error: string): boolean {
  return error.startsWith('TooManyRequestsException');
}

function failureIn(error: string): 'gave-up' | 'timed-out' | 'no-count' | 'function-error' {
  if (/^(ConditionalCheckFailed|TransactionCanceled|TransactionConflict)Exception/.test(error)) return 'gave-up';
  if (error.startsWith('Sandbox.Timedout')) return 'timed-out';
  if (error.startsWith('no count')) return 'no-count';
  return 'function-error';
}

/** The story has one counter, which no headline names. */
function nameOf(counter: string): string {
  return counter === COUNTER ? 'the counter' : `the counter «${counter}»`;
}

function bumps(count: number): string {
  return count === 1 ? '1 bump was' : `${count} bumps were`;
}

function lost(count: number): string {
  return count === 1 ? '1 bump is lost' : `${count} bumps are lost`;
}
